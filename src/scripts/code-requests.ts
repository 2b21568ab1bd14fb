import type { TextRange } from "../source/text-range.js";
import { metadataAddressIn, TOKEN_HEADER } from "./metadata-address.js";
import type { MetadataRequest } from "./metadata-request.js";

/** Calls that fetch an address: of PowerShell, .NET, Python, Ruby, JavaScript and Go. */
const CALLS =
  /\b(?:Invoke-RestMethod|Invoke-WebRequest|irm|iwr|DownloadString|requests\.(?:get|request)|urlopen|urllib\.request\.Request|urllib2\.Request|Net::HTTP\.(?:get|get_response)|http\.(?:get|Get)|open-uri|axios\.get)\b/g;

/**
 * The requests of languages that are not shell: a call that fetches, with an address of the service in the
 * same statement. A token in the statement, or in a variable of headers that it names, makes it IMDSv2.
 */
export function codeRequests(text: string): readonly MetadataRequest[] {
  const requests: MetadataRequest[] = [];
  for (const match of text.matchAll(CALLS)) {
    const statement = statementAt(text, match.index);
    if (isComment(text, match.index)) continue;
    const code = text.slice(statement.start, statement.end);
    const named = withValues(code, text);
    const address = metadataAddressIn(named);
    if (address === undefined || address.isToken) continue;
    const range = { start: match.index, end: match.index + match[0].length };
    if (TOKEN_HEADER.test(named)) requests.push({ kind: "with-token", range });
    else if (/headers?\b/i.test(code.replace(match[0], ""))) requests.push({ kind: "open", range });
    else if (/\bPUT\b/i.test(code)) continue;
    else requests.push({ kind: "without-token", range });
  }
  return requests;
}

/** The logical line: PowerShell goes on after a backtick, others within brackets. */
function statementAt(text: string, offset: number): TextRange {
  const start = text.lastIndexOf("\n", offset) + 1;
  let depth = 0;
  let position = offset;
  for (; position < text.length; position += 1) {
    const character = text.charAt(position);
    if (/[([{]/.test(character)) depth += 1;
    else if (/[)\]}]/.test(character)) depth -= 1;
    else if (character === "\n") {
      const isContinued = /`\s*$/.test(text.slice(offset, position));
      if (depth <= 0 && !isContinued) break;
    }
  }
  return { start, end: position };
}

/** `#`, `//` and `<#` before it on the line. */
function isComment(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", offset) + 1, offset);
  return /^\s*(?:#|\/\/|<#|REM\b)/i.test(line);
}

/** A statement with what is assigned to the variables that it names, once. */
function withValues(code: string, text: string): string {
  const names = new Set(code.match(/\$?[A-Za-z_]\w*/g) ?? []);
  const values = [...names].flatMap((name) => {
    const escaped = name.replace("$", "\\$");
    const assigned = new RegExp(
      `(?:^|[\\n;])\\s*${escaped}\\s*(?:=|\\.Add\\()([^\\n]*(?:\\n[^\\n=]*)?)`,
      "i",
    ).exec(text)?.[1];
    return assigned === undefined ? [] : [assigned];
  });
  return [code, ...values].join(" ");
}
