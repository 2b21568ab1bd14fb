import { join } from "node:path/posix";
import {
  judgeLaunches,
  type RecordedCall,
  type RecordedCalls,
  rootModuleOf,
} from "../../test/parsers/terraform/module-verdicts.js";
import { readTypeConstraint } from "../../src/parsers/terraform/type-constraint.js";
import type { Declaration } from "../../src/parsers/terraform/module.js";
import { unknownInput } from "./expression.js";
import type { Recording } from "./record-module.js";
import type { InputHints } from "./question.js";
import { NeededModules, RealModule } from "./real-module.js";
import { Repository } from "./repository.js";

const hasUnknownCount = new RegExp(`count = var\\.${unknownInput}$`, "m");

const values = ['{ http_tokens = "required" }', '{ http_tokens = "optional" }', "{}", "null"];
const complete = (tokens: string) =>
  `{ http_endpoint = "enabled", http_tokens = "${tokens}", http_put_response_hop_limit = 1, instance_metadata_tags = "disabled" }`;

/** Calls every range of releases of a module in the usual ways, installed, and keeps what comes of it. */
export function recordCalls({ module, directories }: Recording, clones: string): RecordedCalls {
  const repository = new Repository(join(clones, module.repository));
  const needed = new NeededModules(clones);
  const calls: RecordedCall[] = [];
  for (const { directory, ranges } of directories) {
    for (const { to, reduced } of ranges) {
      // Nobody can compare addresses where it is not known how many there are.
      const texts = [...reduced.values()];
      if (texts.length === 0 || texts.some((text) => hasUnknownCount.test(text))) continue;
      const files = repository.terraformFiles(to.commit);
      const real = RealModule.load(directory, files, (source, version) =>
        needed.find(source, version),
      );
      if (real === undefined) continue;
      const required = requiredInputs(reduced.get("") ?? "");
      for (const plain of argumentsFor(real, module)) {
        const own = withRequired(plain, required);
        if (own === undefined) continue;
        const call = { directory, version: to.version, arguments: own };
        const verdicts = judgeLaunches({
          ...real.installedAs("m"),
          "/root/main.tf": rootModuleOf(module.address, call),
        });
        calls.push({ ...call, verdicts });
      }
    }
  }
  return { module: module.address, calls };
}

/** The inputs without default that launches hang on. */
function requiredInputs(reduced: string): readonly string[] {
  const variables = reduced.matchAll(/^variable "([^"]*)" \{(\}|\n[^]*?^\})/gm);
  return [...variables].flatMap(([, name = "", body = ""]) =>
    /^ {2}default = /m.test(body) || name === unknownInput ? [] : [name],
  );
}

/** The arguments with what Terraform insists on; undefined where that is more than a type. */
function withRequired(own: string, required: readonly string[]): string | undefined {
  const missing = required.filter((name) => !own.startsWith(`${name} = `));
  if (missing.length === 0) return own;
  if (missing.join() !== "instance_type") return undefined;
  return [own, 'instance_type = "t3.micro"'].filter((line) => line !== "").join("\n  ");
}

/** Nothing at all, then each input that speaks of options by itself. */
function argumentsFor({ module }: RealModule, { groups = {} }: InputHints): readonly string[] {
  const calls = [""];
  for (const [name, declaration] of module.variables) {
    if (/metadata_options$/.test(name)) {
      const all = [...values, complete("required"), complete("optional")];
      calls.push(...all.map((value) => `${name} = ${value}`));
    }
    if (/http_(?:tokens_required|endpoint_enabled)$/.test(name)) {
      calls.push(`${name} = true`, `${name} = false`);
    }
    const kind = groups[name];
    if (kind === "list") {
      const groupsOf = ["{}", '{ metadata_http_tokens = "required" }'];
      calls.push(...groupsOf.map((group) => `${name} = [${group}]`));
    }
    if (kind === "map")
      calls.push(...groupsFor(declaration).map((group) => `${name} = { a = ${group} }`));
    if (/^(?:create|enabled)$/.test(name)) calls.push(`${name} = false`);
    if (/^(?:create_lc|create_lt|create_spot_instance|ignore_ami_changes)$/.test(name)) {
      calls.push(`${name} = true`);
    }
  }
  return calls;
}

/** A group without anything, then with options, all with what its type insists on. */
function groupsFor(declaration: Declaration): readonly string[] {
  const type = declaration.arguments.get("type");
  const constraint = type === undefined ? undefined : readTypeConstraint(type.value);
  const element = constraint?.kind === "map" ? constraint.element : undefined;
  const runner = element?.kind === "object" ? element.attributes.get("runner_config") : undefined;
  if (runner?.type.kind === "object") {
    const required = [...runner.type.attributes].flatMap(([name, { isOptional }]) =>
      isOptional ? [] : [`${name} = null`],
    );
    return ["", ...values.map((value) => `runner_metadata_options = ${value}`)].map((own) => {
      const attributes = [...required, own].filter((text) => text !== "").join(", ");
      return `{ runner_config = { ${attributes} }, matcherConfig = { labelMatchers = [["x"]] } }`;
    });
  }
  return [
    "{}",
    ...values.map((value) => `{ metadata_options = ${value} }`),
    '{ create_launch_template = true, metadata_http_tokens = "required" }',
    "{ create_launch_template = true }",
    "{ create_launch_template = false }",
  ];
}
