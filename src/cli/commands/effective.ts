import { existsSync } from "node:fs";
import { resolve } from "pathe";
import {
  type DescribedLaunch,
  type DescribedLaunches,
  describeLaunches,
  type OptionOutcome,
} from "../../engine/describe-launches.js";
import { sourceOf, valueOf } from "../../engine/outcome-wording.js";
import { relativePath } from "../../reporters/paths.js";
import { toJsonText } from "../../reporters/visible-text.js";
import { nearestName } from "../../rules/nearest-name.js";
import type { Location } from "../../source/text-range.js";
import type { CommandLineOptions } from "../command-line-options.js";
import { type CommandResult, usageError } from "../command-result.js";
import { describeErrors } from "../describe-errors.js";
import { inColumns } from "../in-columns.js";
import { prepareRun } from "../prepare-run.js";
import type { TableFormat } from "../request.js";

/**
 * `imdslint effective [address]`: what instances get from each launch specification, and where each
 * option comes from. Whatever of the arguments is no file or directory is an address.
 */
export async function runEffective(
  options: CommandLineOptions,
  format: TableFormat,
  workingDirectory: string,
): Promise<CommandResult> {
  const isPath = (text: string) => text === "-" || existsSync(resolve(workingDirectory, text));
  const paths = options.paths.filter(isPath);
  const addresses = options.paths.filter((text) => !isPath(text));
  const prepared = await prepareRun({ ...options, paths }, workingDirectory);
  if ("exitCode" in prepared) return prepared;
  const described = describeLaunches(prepared.request);
  const errors = [...prepared.errors, ...described.errors];
  const unknown = addresses.find((address) => !described.launches.some(isMeant([address])));
  if (unknown !== undefined) return usageError(unknownAddress(unknown, described));

  const launches =
    addresses.length === 0 ? described.launches : described.launches.filter(isMeant(addresses));
  const table = new EffectiveTable(described, workingDirectory);
  const complaint =
    errors.length === 0 ? "" : `${describeErrors(errors, described.files, workingDirectory)}\n`;
  const output = format === "json" ? table.toJson(launches) : table.toText(launches);
  return { output, complaint, exitCode: errors.length === 0 ? 0 : 2 };
}

/** An address without instance keys means all instances. */
function isMeant(addresses: readonly string[]): (launch: DescribedLaunch) => boolean {
  return ({ address }) =>
    addresses.includes(address) || addresses.includes(withoutInstanceKeys(address));
}

function withoutInstanceKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, "");
}

function unknownAddress(address: string, { launches }: DescribedLaunches): string {
  const nearest = nearestName(
    address,
    launches.map((launch) => launch.address),
  );
  const hint =
    nearest === undefined ? "imdslint effective prints them all" : `did you mean ${nearest}?`;
  return `There is no file and no launch specification ${address}; ${hint}`;
}

class EffectiveTable {
  readonly #described: DescribedLaunches;
  readonly #workingDirectory: string;

  constructor(described: DescribedLaunches, workingDirectory: string) {
    this.#described = described;
    this.#workingDirectory = workingDirectory;
  }

  toText(launches: readonly DescribedLaunch[]): string {
    if (launches.length === 0) return "There is nothing that launches instances.\n";
    return `${launches.map((launch) => this.#describe(launch)).join("\n\n")}\n`;
  }

  /** Lines and columns count from one, columns in UTF-16 code units. */
  toJson(launches: readonly DescribedLaunch[]): string {
    return toJsonText({
      launches: launches.map(({ address, type, location, parameterSet, exposure, options }) => ({
        address,
        type,
        location: this.#position(location),
        ...(parameterSet === undefined ? {} : { parameterSet }),
        exposure,
        options: options.map(({ name, outcomes }) => ({
          name,
          outcomes: outcomes.map(({ chain, ...outcome }) => ({
            ...outcome,
            chain: chain.map((step) => ({ ...step, location: this.#position(step.location) })),
          })),
        })),
      })),
    });
  }

  #describe({ address, type, location, parameterSet, options, service }: DescribedLaunch): string {
    const deployed = parameterSet === undefined ? "" : `, deployed with ${parameterSet}`;
    const rows = options.flatMap(({ name, outcomes }) =>
      outcomes.map((outcome, index) => [
        index === 0 ? name : "",
        valueOf(outcome),
        this.#sourceOf(outcome, service),
      ]),
    );
    return [`${address} (${type}${deployed}), ${this.#place(location)}`, ...inColumns(rows)].join(
      "\n",
    );
  }

  #sourceOf(outcome: OptionOutcome, service: string): string {
    const decides = outcome.chain.at(-1);
    const place = decides === undefined ? "" : `, ${this.#place(decides.location)}`;
    return `${sourceOf(outcome, service)}${place}`;
  }

  #place(location: Location): string {
    const { path, line, column } = this.#position(location);
    return `${path}:${line}:${column}`;
  }

  #position({ path, range }: Location) {
    const { line = 0, column = 0 } = this.#described.files.get(path)?.position(range.start) ?? {};
    return { path: relativePath(this.#workingDirectory, path), line: line + 1, column: column + 1 };
  }
}
