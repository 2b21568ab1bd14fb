import type {
  CodeFlow,
  Fix as SarifFix,
  Location as SarifLocation,
  Result,
  Suppression as SarifSuppression,
} from "sarif";
import type { Finding } from "../../findings/finding.js";
import type { Fix } from "../../findings/fix.js";
import type { SuppressedFinding } from "../../findings/suppression.js";
import type { Report } from "../../findings/report.js";
import { severities } from "../../findings/severity.js";
import { oneBasedRange } from "../positions.js";
import type { ReporterContext } from "../reporter.js";
import { enumerate, otherAddresses, sentenceOf } from "../wording.js";
import { lineHashes } from "./line-hash.js";
import type { SarifPlaces } from "./locations.js";
import { messageText, sentences } from "./message-text.js";

/** How many of the resources that one place makes wrong are named in the message. */
const MOST_ADDRESSES = 5;
/** GitHub keeps this many locations of a result, and steps of a code flow. */
const MOST_RELATED_LOCATIONS = 100;
const MOST_FLOW_STEPS = 1_000;

/** Worst first, then by place, so that a consumer's limit cuts off what matters least. */
export function sortBySeverity(findings: readonly Finding[]): readonly Finding[] {
  const rank = (finding: Finding | SuppressedFinding) => {
    const { kind, severity } = finding;
    if ("suppression" in finding) return severities.length + 1;
    return kind === "open" ? severities.length : severities.indexOf(severity);
  };
  // The report is in order of places, and sorting keeps it within a severity.
  return [...findings].sort((left, right) => rank(left) - rank(right));
}

/** Writes findings as results. One for each report, since it keeps the hashes of its files' lines. */
export class SarifResults {
  readonly #files: Report["files"];
  readonly #places: SarifPlaces;
  readonly #ruleIndexes: ReadonlyMap<string, number>;
  readonly #hashes = new Map<string, readonly string[]>();

  constructor(files: Report["files"], places: SarifPlaces, rules: ReporterContext["rules"]) {
    this.#files = files;
    this.#places = places;
    this.#ruleIndexes = new Map(rules.map(({ id }, index) => [id, index]));
  }

  /**
   * One finding as a result; an open one as SARIF's `open`, which has no level. Where suppressed ones
   * are among the results, each says whether it is one.
   */
  result(
    finding: Finding | SuppressedFinding,
    { includeSuppressed }: { readonly includeSuppressed: boolean },
  ): Result {
    const { ruleId, kind, severity, chain } = finding;
    const ruleIndex = this.#ruleIndexes.get(ruleId);
    const relatedLocations = this.#relatedLocations(finding);
    return {
      ruleId,
      ...(ruleIndex === undefined ? {} : { ruleIndex }),
      kind,
      level: kind === "open" ? "none" : severity,
      message: { text: messageOf(finding) },
      locations: [this.#primaryLocation(finding)],
      ...(relatedLocations.length === 0 ? {} : { relatedLocations }),
      ...(chain.length > 1 ? { codeFlows: [this.#codeFlow(finding)] } : {}),
      ...(finding.fix === undefined ? {} : { fixes: [this.#fix(finding.fix)] }),
      partialFingerprints: this.#fingerprints(finding),
      ...(includeSuppressed ? { suppressions: this.#suppressions(finding) } : {}),
    };
  }

  /** https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317733 */
  #suppressions(finding: Finding | SuppressedFinding): SarifSuppression[] {
    if (!("suppression" in finding)) return [];
    const { kind, reason, location, source } = finding.suppression;
    return [
      {
        kind,
        status: "accepted",
        ...(reason === undefined ? {} : { justification: messageText(reason) }),
        ...(location === undefined ? {} : { location: this.#places.location(location) }),
        properties: { source },
      },
    ];
  }

  #primaryLocation({ location, resource }: Finding): SarifLocation {
    const { address, construct } = resource;
    const constructs =
      construct === undefined ? [] : [{ fullyQualifiedName: construct, kind: "object" }];
    return {
      ...this.#places.location(location),
      logicalLocations: [{ fullyQualifiedName: address, kind: "resource" }, ...constructs],
    };
  }

  /** The chain up to the primary location, what else takes part, and every other resource. */
  #relatedLocations({ chain, related, resource, resources }: Finding): SarifLocation[] {
    const others = resources.filter(({ address }) => address !== resource.address);
    return [
      ...chain.slice(0, -1),
      ...related,
      ...others.map(({ address, location }) => ({ message: `also ${address}`, location })),
    ]
      .slice(0, MOST_RELATED_LOCATIONS)
      .map(({ message, location }, id) => ({ id, ...this.#places.location(location, message) }));
  }

  /** From the place of use to the deciding place, as GitHub's "Show paths" walks it. */
  #codeFlow({ chain }: Finding): CodeFlow {
    const locations = chain.slice(-MOST_FLOW_STEPS).map(({ message, location }) => ({
      location: this.#places.location(location, message),
    }));
    return { threadFlows: [{ locations }] };
  }

  /** One change of each file, with the text that is replaced. */
  #fix({ title, edits }: Fix): SarifFix {
    const paths = [...new Set(edits.map(({ location }) => location.path))];
    return {
      description: { text: sentences(title) },
      artifactChanges: paths.map((path) => ({
        artifactLocation: this.#places.artifact(path),
        replacements: edits
          .filter(({ location }) => location.path === path)
          .map(({ location, newText }) => ({
            deletedRegion: this.#places.whole(location),
            insertedContent: { text: newText },
          })),
      })),
    };
  }

  /** GitHub's own, by which it knows an alert again, and ours, which survives more edits. */
  #fingerprints({ location, fingerprint }: Finding): Record<string, string> {
    const { start } = oneBasedRange(this.#files, location);
    const primaryLocationLineHash = this.#lineHashes(location.path)[start.line - 1];
    return {
      ...(primaryLocationLineHash === undefined ? {} : { primaryLocationLineHash }),
      "imdslint/v1": fingerprint,
    };
  }

  #lineHashes(path: string): readonly string[] {
    const known = this.#hashes.get(path);
    if (known !== undefined) return known;
    const file = this.#files.get(path);
    // GitHub reads the file as it is, with a mark that no text of ours has.
    const mark = file?.hasByteOrderMark === true ? "\ufeff" : "";
    const hashes = file === undefined ? [] : lineHashes(mark + file.text);
    this.#hashes.set(path, hashes);
    return hashes;
  }
}

function messageOf(finding: Finding): string {
  const { advice } = finding;
  const others = otherAddresses(finding);
  return sentences(
    sentenceOf(finding),
    ...(advice === undefined ? [] : [advice.charAt(0).toUpperCase() + advice.slice(1)]),
    ...(others.length === 0 ? [] : [`Also: ${enumerate(others, MOST_ADDRESSES)}`]),
  );
}
