import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { parse, parseDocument } from "yaml";
import { expect, test } from "vitest";
import { ciSystems } from "./ci-systems.js";
import { runImdslint } from "./cli/run-imdslint.js";

const root = new URL("../", import.meta.url).pathname;
const guide = readFileSync(`${root}docs/ci.md`, "utf8");

const snippets = [...guide.matchAll(/^```(\w+)\n([^]*?)^```/gm)].map(
  ([, language = "", text = ""]) => ({ language, text }),
);

/** The arguments of each call of imdslint in the guide, with what CI systems and hooks put in. */
const calls = [...guide.matchAll(/^.*?npx imdslint\b([^'|\n]*)/gm)].map(([, parameters = ""]) =>
  parameters
    .replace(/\$SHOWFILE|spacelift\.plan\.json/, "plan.json")
    .replace("$(Build.ArtifactStagingDirectory)", "staging")
    .replace("{staged_files}", "web.tf")
    .trim()
    .split(/ +/)
    .filter((parameter) => parameter !== ""),
);

test.each(snippets.filter(({ language }) => language === "yaml"))(
  "the guide's YAML can be read: $text",
  ({ text }) => {
    const { errors, warnings } = parseDocument(text);
    expect([...errors, ...warnings]).toEqual([]);
  },
);

test.each(snippets.filter(({ language }) => language === "json"))(
  "the guide's JSON can be read: $text",
  ({ text }) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  },
);

test.each(Object.entries(ciSystems))("the guide has what is taken by %s", (word, isTaken) => {
  const [snippet, ...others] = snippets.filter(({ text }) => text.includes(word));
  expect(others).toEqual([]);
  isTaken(parse(snippet?.text ?? ""));
  expect(isTaken.errors ?? []).toEqual([]);
});

test("no snippet of the guide is left unchecked", () => {
  const unchecked = snippets
    .filter(({ language }) => language === "yaml" || language === "json")
    .filter(({ text }) => Object.keys(ciSystems).every((word) => !text.includes(word)));
  // GitHub's and GitLab's own schemas are asked about these.
  expect(unchecked.map(({ text }) => text.split("\n")[0])).toEqual(["name: imdslint", "imdslint:"]);
});

test("the guide has a call for most systems", () => {
  expect(calls.length).toBeGreaterThan(6);
});

test.each(calls.map((parameters) => ({ parameters })))(
  "the guide's call does what it is there for: $parameters",
  ({ parameters }) => {
    const directory = mkdtempSync(`${tmpdir()}/imdslint-guide-`);
    try {
      writeFileSync(`${directory}/web.tf`, 'resource "aws_instance" "web" {\n  ami = "ami-1"\n}\n');
      writeFileSync(`${directory}/plan.json`, plan);
      const { stdout, stderr, status } = runImdslint(directory, parameters);
      const reports = parameters.flatMap(
        (parameter) => /^\w[\w-]*=(.+)$/.exec(parameter)?.[1] ?? [],
      );
      const written = reports.map((path) => readFileSync(`${directory}/${path}`, "utf8"));
      expect({ status, stderr }).toEqual({
        status: parameters.includes("--exit-zero") ? 0 : 1,
        stderr: "",
      });
      for (const text of [...written, stdout]) {
        // Markdown within JSON escapes the underline.
        expect(text.replaceAll("\\", "")).toContain("aws_instance.web");
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
);

/** `terraform show -json` of one instance without metadata options. */
const plan = JSON.stringify({
  format_version: "1.2",
  terraform_version: "1.11.4",
  planned_values: {
    root_module: {
      resources: [
        {
          address: "aws_instance.web",
          mode: "managed",
          type: "aws_instance",
          name: "web",
          provider_name: "registry.terraform.io/hashicorp/aws",
          schema_version: 1,
          values: { ami: "ami-1", instance_type: "t3.micro", metadata_options: [] },
        },
      ],
    },
  },
  resource_changes: [
    {
      address: "aws_instance.web",
      mode: "managed",
      type: "aws_instance",
      name: "web",
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: {
        actions: ["create"],
        before: null,
        after: { ami: "ami-1", instance_type: "t3.micro", metadata_options: [] },
        after_unknown: {},
      },
    },
  ],
  configuration: {
    provider_config: {},
    root_module: {
      resources: [
        {
          address: "aws_instance.web",
          mode: "managed",
          type: "aws_instance",
          name: "web",
          provider_config_key: "aws",
          expressions: { ami: { constant_value: "ami-1" } },
          schema_version: 1,
        },
      ],
    },
  },
});
