import type { Script } from "../../model/script.js";
import { entryValue, type Evaluated, type Piece } from "../../values/evaluated.js";
import { known } from "../../values/value.js";
import type { Resource } from "../resource.js";
import type { SourceOf } from "../composed-text.js";
import { scriptsIn } from "./script.js";

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
        partsOf(config, section, ["command", "test"]).map(oneCommand),
      ),
      ...partsOf(config, "files", ["content"]),
    ])
    .flatMap((value) => scriptsIn(value, name, sourceOf));
}

/** Those of the entries of a section that have one of the keys; `configSets` has no sections. */
function partsOf(config: Evaluated, section: string, keys: readonly string[]) {
  const all = config.state === "map" ? entryValue(config, section) : undefined;
  return valuesOf(all).flatMap((entry) =>
    entry.state === "map" ? keys.flatMap((key) => entryValue(entry, key) ?? []) : [],
  );
}

function valuesOf(map: Evaluated | undefined): readonly Evaluated[] {
  return map?.state === "map" ? [...map.entries.values()].map(({ value }) => value) : [];
}

/** A command may be a list of its words. What `sh -c` runs is a command by itself. */
function oneCommand(command: Evaluated): Evaluated {
  if (command.state !== "list") return command;
  const { origin } = command;
  const pieces = command.items.flatMap((word, index): readonly Piece[] => {
    const previous = command.items[index - 1];
    if (previous === undefined) return [{ isWritten: false, value: word }];
    const isScript = previous.state === "known" && /^-\w*c$/.test(String(previous.value));
    const separator = known(isScript ? "\n" : " ", origin);
    return [
      { isWritten: false, value: separator },
      { isWritten: false, value: word },
    ];
  });
  const expression = "the words of a command";
  const reason = { kind: "decided-at-deployment", expression } as const;
  return { state: "unknown", reason, origin, composition: { kind: "pieces", pieces } };
}
