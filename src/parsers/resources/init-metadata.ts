import type { Script } from "../../model/script.js";
import { entryValue, type Evaluated } from "../../values/evaluated.js";
import { known } from "../../values/value.js";
import type { Resource } from "../resource.js";
import type { SourceOf } from "../composed-text.js";
import { joinedParts } from "./joined-parts.js";
import { scriptsIn } from "./script.js";

const wordsOfCommand = "the words of a command";

/**
 * What cfn-init runs on the instances of a resource, and the files that it writes there, by the metadata
 * of that resource; of an environment of Elastic Beanstalk, by its configuration files, whose commands for the
 * application stand in a section of their own.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html
 */
export function initScripts(
  { initMetadata, location }: Pick<Resource, "initMetadata" | "location">,
  sourceOf: SourceOf,
): readonly Script[] {
  const init = initMetadata?.();
  if (init === undefined) return [];
  const name = location.path.endsWith(".config") ? "configuration" : "cfn-init metadata";
  return valuesOf(init)
    .flatMap((config) => [
      ...["commands", "container_commands"].flatMap((section) =>
        entriesOf(config, section).flatMap((entry) =>
          partsOf(entry, ["command", "test"]).map((command) => withVariables(entry, command)),
        ),
      ),
      ...entriesOf(config, "files").flatMap((entry) => partsOf(entry, ["content"])),
    ])
    .flatMap((value) => scriptsIn(value, name, sourceOf));
}

/** The entries of a section; `configSets` has no sections. */
function entriesOf(config: Evaluated, section: string): readonly Evaluated[] {
  return valuesOf(config.state === "map" ? entryValue(config, section) : undefined);
}

function partsOf(entry: Evaluated, keys: readonly string[]): readonly Evaluated[] {
  return entry.state === "map" ? keys.flatMap((key) => entryValue(entry, key) ?? []) : [];
}

/**
 * A command as a script that first sets the variables of its environment.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html#aws-resource-init-commands
 */
function withVariables(entry: Evaluated, command: Evaluated): Evaluated {
  const [environment] = partsOf(entry, ["env"]);
  const written = oneCommand(command);
  if (environment?.state !== "map") return written;
  const { origin } = command;
  const variables = [...environment.entries].flatMap(([name, { value }]) => [
    known(`${name}="`, origin),
    value,
    known('"\n', origin),
  ]);
  return joinedParts([...variables, written], wordsOfCommand, origin);
}

function valuesOf(map: Evaluated | undefined): readonly Evaluated[] {
  return map?.state === "map" ? [...map.entries.values()].map(({ value }) => value) : [];
}

/** A command may be a list of its words. What `sh -c` runs is a command by itself. */
function oneCommand(command: Evaluated): Evaluated {
  if (command.state !== "list") return command;
  const { items, origin } = command;
  const parts = items.flatMap((word, index) => {
    const previous = items[index - 1];
    if (previous === undefined) return word;
    const isScript = previous.state === "known" && /^-\w*c$/.test(String(previous.value));
    return [known(isScript ? "\n" : " ", origin), word];
  });
  return joinedParts(parts, wordsOfCommand, origin);
}
