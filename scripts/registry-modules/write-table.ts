import type {
  RecordedCall,
  RecordedCalls,
  Verdict,
} from "../../test/parsers/terraform/module-verdicts.js";
import type { RecordedRange, Recording } from "./record-module.js";

/** A module with the calls of it that were recorded. */
export interface RecordedModuleCalls {
  readonly recording: Recording;
  readonly calls: RecordedCalls;
}

const words: Readonly<Record<Verdict, string>> = {
  fail: "answers IMDSv1",
  pass: "requires IMDSv2",
  open: "only the deployment decides",
  rejected: "only the deployment decides",
};

/** The page of the documentation that says what each release does when nobody sets options. */
export function writeTable(modules: readonly RecordedModuleCalls[]): string {
  const parts = modules.map(({ recording, calls }) => {
    const { module, directories } = recording;
    const rows = directories.flatMap(({ directory, ranges }) =>
      ranges.map((range) => {
        const own = calls.calls.filter(
          (call) => call.directory === directory && call.version === range.to.version,
        );
        const versions = [...new Set([range.from.version, range.to.version])].join(" to ");
        const name = directory === "" ? "" : `\`//${directory}\``;
        return `| ${name} | ${versions} | \`${range.explored.commit.slice(0, 10)}\` | ${verdict(range, own)} |`;
      }),
    );
    return [
      `## ${module.address}`,
      "",
      `From [${module.repository}](https://github.com/${module.repository}).`,
      "",
      "| Submodule | Versions | Commit | Without options |",
      "| --- | --- | --- | --- |",
      ...rows,
    ].join("\n");
  });
  const introduction = [
    "What each release of these modules launches is known to imdslint, so that calls of them are judged",
    "although they are not installed. The last column says what comes of a call that sets no options; of a",
    "module that makes groups, with one group that sets none. Releases that are newer are not known: calls",
    "that can only mean those are listed as not looked at. What a module makes that takes no options, such as",
    "a compute environment of Batch without a launch template, is judged only where the module is installed.",
  ].join("\n");
  const title = "# Public modules known by heart";
  const note = "<!-- Written by scripts/record-registry-modules.ts. -->";
  return `${[title, note, introduction, ...parts].join("\n\n")}\n`;
}

function verdict({ reduced }: RecordedRange, calls: readonly RecordedCall[]): string {
  if (reduced.size === 0) return "not known; counted as not installed";
  if ([...reduced.values()].every((text) => text === ""))
    return "launches nothing that takes options";
  const plain = calls.filter(({ arguments: own }) => isPlain(own));
  const byWords = new Map<string, Set<string>>();
  for (const { verdicts } of plain) {
    for (const [address, found] of Object.entries(verdicts)) {
      const addresses = byWords.get(words[found]) ?? new Set<string>();
      byWords.set(words[found], addresses.add(address.replace(/^module\.m\./, "")));
    }
  }
  const clauses = [...byWords].map(
    ([text, addresses]) => `${text}: ${[...addresses].map((one) => `\`${one}\``).join(", ")}`,
  );
  if (clauses.length > 0) return clauses.join("; ");
  return calls.length === 0 ? "how many is not known" : "launches nothing by itself";
}

/** A call without arguments, or with one group that has none. */
function isPlain(own: string): boolean {
  return (
    own === "" ||
    own === 'instance_type = "t3.micro"' ||
    /^\w+ = (?:\[\{\}\]|\{ a = \{(?: create_launch_template = true )?\} \})$/.test(own) ||
    isPlainRunner(own)
  );
}

function isPlainRunner(own: string): boolean {
  return own.includes("runner_config = {") && !own.includes("metadata_options");
}
