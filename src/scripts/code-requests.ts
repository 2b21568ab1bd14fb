import type { TextRange } from "../source/text-range.js";
import { type MetadataAddress, metadataAddressIn, TOKEN_HEADER } from "./metadata-address.js";
import type { MetadataRequest } from "./metadata-request.js";

/** Calls that fetch an address: of PowerShell, .NET, Python, Ruby, JavaScript, Go, Perl and PHP. */
const CALLS = new RegExp(
  [
    String.raw`\b(?:Invoke-RestMethod|Invoke-WebRequest|Start-BitsTransfer|irm|iwr)\b`,
    String.raw`\b(?:DownloadString|DownloadFile|DownloadData|OpenRead|WebRequest\]::Create)\b`,
    String.raw`\b(?:requests\.(?:get|request)|httpx\.get|urlopen|urllib\.request\.Request|urllib2\.Request)\b`,
    String.raw`\b(?:Net::HTTP\.(?:get|get_response|start)|URI\.open|open-uri)\b`,
    String.raw`\b(?:http\.(?:get|Get|request)|axios\.get)\b|\brequire\(["']http["']\)\.(?:get|request)\b`,
    String.raw`\bfetch(?=\(\s*[^\s)])|->get(?=\()|\bfile_get_contents(?=\()|\.request(?=\(\s*["']GET["'])`,
  ].join("|"),
  "g",
);

/** Perl's functions of a module that a script has to name. */
const PERL_CALLS = /\b(?:get|getstore|getprint)(?=\()/g;

/** Variables that name others are followed this far. */
const DEEPEST = 3;

/** Of one variable; the first ones make it what it is. */
const MOST_ASSIGNMENTS = 5;

/** In characters; a statement is shorter, and what never ends would be read again and again. */
const LONGEST = 2000;

/**
 * The requests of languages that are not shell: a call that fetches, with an address of the service in the
 * same statement. A token in the statement, or in a variable of headers that it names, makes it IMDSv2.
 */
export function codeRequests(text: string): readonly MetadataRequest[] {
  const requests: MetadataRequest[] = [];
  const assignments = new Assignments(text);
  const calls = [...text.matchAll(CALLS)];
  if (text.includes("LWP::Simple")) calls.push(...text.matchAll(PERL_CALLS));
  for (const match of calls) {
    const statement = statementAt(text, match.index);
    if (isComment(text, match.index)) continue;
    const code = text.slice(statement.start, statement.end);
    const named = assignments.withValues(code);
    const address = metadataAddressIn(named) ?? addressOfParts(named);
    if (address === undefined || address.isToken) continue;
    const range = { start: match.index, end: match.index + match[0].length };
    if (TOKEN_HEADER.test(named)) requests.push({ kind: "with-token", range });
    else if (/headers?\b/i.test(code.replace(match[0], ""))) requests.push({ kind: "open", range });
    else if (/\bPUT\b/i.test(code)) continue;
    else requests.push({ kind: "without-token", range });
  }
  return requests;
}

/** A host and a path that stand apart: `http.get({ host: "169.254.169.254", path: "/latest/meta-data/" })`. */
function addressOfParts(code: string): MetadataAddress | undefined {
  if (!/["'](?:http:\/\/)?(?:169\.254\.169\.254|\[?fd00:ec2::254\]?)(?::80)?["']/i.test(code))
    return undefined;
  const [, path = ""] = /["'](\/+(?:latest|\d{4}-\d{2}-\d{2})\/[^"']*)/.exec(code) ?? [];
  return path === "" ? undefined : metadataAddressIn(`169.254.169.254${path}`);
}

/** The logical line: PowerShell goes on after a backtick, others within brackets. */
function statementAt(text: string, offset: number): TextRange {
  const start = Math.max(text.lastIndexOf("\n", offset) + 1, offset - LONGEST);
  const stop = Math.min(text.length, offset + LONGEST);
  let depth = 0;
  let position = offset;
  for (; position < stop; position += 1) {
    const character = text.charAt(position);
    if (/[([{]/.test(character)) depth += 1;
    else if (/[)\]}]/.test(character)) depth -= 1;
    else if (character === "\n") {
      const isContinued = /`\s*$/.test(text.slice(Math.max(start, position - 20), position));
      if (depth <= 0 && !isContinued) break;
    }
  }
  return { start, end: position };
}

/** `#` and `//` before it on the line, as words of their own. */
function isComment(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", offset) + 1, offset);
  return /^\s*(?:#|\/\/|::|REM\b)|\s(?:#|\/\/)\s/i.test(line);
}

/** What is assigned to the variables of a text; found once for each of them. */
class Assignments {
  readonly #text: string;
  readonly #byName = new Map<string, readonly string[]>();

  constructor(text: string) {
    this.#text = text;
  }

  /** A statement with what is assigned to the variables that it names, and added to them. */
  withValues(code: string, depth = 0): string {
    if (depth >= DEEPEST) return code;
    // `@name` hands on the parameters that `$name` holds.
    const names = (code.match(/[$@]?[A-Za-z_]\w*/g) ?? []).map((name) => name.replace("@", "$"));
    const values = [...new Set(names)]
      .flatMap((name) => this.#assignedTo(name))
      .filter((value) => !code.includes(value));
    return [code, ...values.map((value) => this.withValues(value, depth + 1))].join(" ");
  }

  /** `name = …`, `name.Headers.Add(…)`, `name.add_header(…)`, `name["…"] = …`. */
  #assignedTo(name: string): readonly string[] {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const escaped = name.replace("$", "\\$");
    const added = String.raw`(?:\.\w+)*\.(?:Add|Set|add_header|putheader|update)\(`;
    const pattern = new RegExp(
      String.raw`(?:^|[\n;])[ \t]*${escaped}[ \t]*(?:=(?!=)|${added}|\[)`,
      "gi",
    );
    const found: string[] = [];
    for (const { index, 0: matched } of this.#text.matchAll(pattern)) {
      const statement = statementAt(this.#text, index + matched.length - 1);
      found.push(this.#text.slice(index + matched.length, statement.end));
      if (found.length >= MOST_ASSIGNMENTS) break;
    }
    this.#byName.set(name, found);
    return found;
  }
}
