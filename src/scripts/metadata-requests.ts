import type { TextRange } from "../source/text-range.js";
import { codeRequests } from "./code-requests.js";
import type { MetadataRequest } from "./metadata-request.js";
import { type MetadataAddress, metadataAddressIn, TOKEN_HEADER } from "./metadata-address.js";
import { readShell } from "./shell-commands.js";
import { shellTextOf } from "./shell-text.js";
import type { ShellCommand, Word } from "./shell-script.js";
import { filesWrittenBy, withoutProse } from "./here-document-text.js";
import { runOf } from "./program-of.js";
import { Variables } from "./shell-variables.js";

/** Programs that fetch what an address names. */
const FETCHERS = new Set("curl wget http https xh GET lwp-request fetch aria2c".split(" "));

/** Scripts within scripts are read this far. */
const DEEPEST = 5;

/**
 * The requests to the instance metadata service that a script makes, in the order of places. Shell is
 * read by its grammar; of PowerShell, Python and other languages the usual calls are known. Undefined parts
 * of the text are `HOLE`s. Ranges are in the text. Never throws.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
export function metadataRequestsIn(text: string): readonly MetadataRequest[] {
  return requestsIn(text, 0);
}

function requestsIn(text: string, depth: number): readonly MetadataRequest[] {
  const script = shellTextOf(text);
  const shell = readShell(script);
  const variables = new Variables(shell);
  const commands = withoutProse(shell.commands, script);
  const fallbacks = fallbackRanges(script, variables);
  const found = commands.flatMap((command, index) => {
    const requests = [
      ...requestsOf(command, script, variables, depth),
      ...requestsWritten(command, commands[index + 1], script, depth),
    ];
    const [request] = requests;
    if (request?.kind !== "without-token" || requests.length > 1) return requests;
    const isFallback =
      fallbacks.some(
        ({ start, end }) => start <= request.range.start && request.range.end <= end,
      ) ||
      (command.before === "||" && usesToken(commands[index - 1], variables));
    return [isFallback ? { ...request, kind: "fallback" as const } : request];
  });
  const asked = withoutWider(found);
  const others = codeRequests(script).filter((request) =>
    asked.every(({ range }) => !overlaps(range, request.range)),
  );
  return [...asked, ...others].sort((left, right) => left.range.start - right.range.start);
}

/** A connection of the shell's own, as `exec 3<>/dev/tcp/169.254.169.254/80`. */
const CONNECTION = /^\/dev\/tcp\/(?:169\.254\.169\.254|instance-data[^/]*)\/(?:80|http)$/;

/** What is written to such a connection; opening it alone only tells whether somebody is there. */
const WRITTEN_REQUEST = /\bGET \/+(?:latest|\d{4}-\d{2}-\d{2}|1\.0)\/+(?!api\/token)/;

function requestsOf(
  { words, redirections, range: place }: ShellCommand,
  script: string,
  variables: Variables,
  depth: number,
): readonly MetadataRequest[] {
  const isConnected = redirections.some(({ target }) => CONNECTION.test(variables.expand(target)));
  if (isConnected && WRITTEN_REQUEST.test(script)) {
    return [{ kind: TOKEN_HEADER.test(script) ? "open" : "without-token", range: place }];
  }
  const run = runOf(
    words,
    (text) => variables.expand(text),
    (name) => FETCHERS.has(name),
  );
  if (run === undefined) return [];
  if (run.kind === "script") {
    if (depth >= DEEPEST) return [];
    const { range } = run.word;
    const inner = variables.expand(run.word.text);
    const start = startOf(inner, range, script);
    return requestsIn(inner, depth + 1).map((request) => ({
      ...request,
      range: start === undefined ? range : shift(request.range, start),
    }));
  }
  const { name, parameters } = run;
  const body = variables.functionBody(name);
  const request = FETCHERS.has(name)
    ? requestBy(parameters, variables)
    : body === undefined
      ? undefined
      : requestThrough(body, parameters, variables);
  return request === undefined ? [] : [request];
}

/** Files that are run: scripts, what starts with the system or by the clock, units. */
const RUN_FILE =
  /\.(?:sh|bash|service)$|\/(?:s?bin|init\.d|cron[.\w]*|profile\.d)\/|\/rc\.local$|\/crontab$/;

/** `echo "curl …" > /usr/local/bin/id.sh`. */
function requestsWritten(
  command: ShellCommand,
  next: ShellCommand | undefined,
  script: string,
  depth: number,
): readonly MetadataRequest[] {
  const [program, ...words] = command.words;
  if (depth >= DEEPEST || !/^(?:echo|printf)$/.test(program?.text ?? "")) return [];
  const own = filesWrittenBy(command);
  const files = own.length === 0 && next?.before === "|" ? filesWrittenBy(next) : own;
  if (!files.some((file) => RUN_FILE.test(file))) return [];
  return words
    .filter(({ text }) => /\s/.test(text) && metadataAddressIn(text) !== undefined)
    .flatMap(({ text, range }) => {
      const start = startOf(text, range, script);
      return requestsIn(text.replaceAll("\\n", " \n"), depth + 1).map((request) => ({
        ...request,
        range: start === undefined ? range : shift(request.range, start),
      }));
    });
}

/** Where a script starts in the word that holds it; undefined where escapes or variables make it another text. */
function startOf(inner: string, { start, end }: TextRange, script: string): number | undefined {
  const within = script.slice(start, end).indexOf(inner);
  return within === -1 || inner === "" ? undefined : start + within;
}

function shift({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}

function requestBy(parameters: readonly Word[], variables: Variables): MetadataRequest | undefined {
  const found = addressAmong(parameters, variables);
  if (found === undefined) return undefined;
  const { word, address } = found;
  const { range } = word;
  const texts = parameters.map(({ text }) => variables.expand(text));
  const all = texts.join(" ");
  if (/metadata-flavor|\bmetadata:\s*true/i.test(all)) return undefined;
  if (address.isToken) return tokenRequest(all, address, range);
  if (TOKEN_HEADER.test(all)) return { kind: "with-token", range };
  // A method of its own is no request for metadata.
  if (/(?:^|\s)(?:-\w*X\s*|--request[= ]|--method[= ])(?:PUT|POST|DELETE)\b/.test(all))
    return undefined;
  const isOpen =
    texts.some((text) => text !== variables.expand(word.text) && variables.isOpen(text)) ||
    // Options and headers of a file.
    /(?:^|\s)(?:-\w*K\b|--config\b|(?:-H|--header)[ =]?@)/.test(all);
  return { kind: isOpen ? "open" : "without-token", range };
}

/** A function of the script that is given an address asks as its body does. */
function requestThrough(
  body: string,
  parameters: readonly Word[],
  variables: Variables,
): MetadataRequest | undefined {
  const found = addressAmong(parameters, variables);
  if (found === undefined || found.address.isToken) return undefined;
  if (!/\b(?:curl|wget)\b/.test(body)) return undefined;
  const { range } = found.word;
  return { kind: TOKEN_HEADER.test(body) ? "with-token" : "without-token", range };
}

function addressAmong(
  parameters: readonly Word[],
  variables: Variables,
): { readonly word: Word; readonly address: MetadataAddress } | undefined {
  for (const word of parameters) {
    const address = metadataAddressIn(variables.expand(word.text));
    if (address !== undefined) return { word, address };
  }
  return undefined;
}

/** Tokens are given for 1 second to 6 hours, and only by the path without a version. */
function tokenRequest(
  parameters: string,
  address: MetadataAddress,
  range: TextRange,
): MetadataRequest {
  if (address.isVersioned) return { kind: "token", range, flaw: "versioned" };
  const seconds = /x-aws-ec2-metadata-token-ttl-seconds["']?\s*[:=]\s*["']?([^\s"']+)/i.exec(
    parameters,
  );
  if (seconds === null) {
    const isOpen = /[$\uFFFC]/.test(parameters);
    return { kind: "token", range, ...(isOpen ? {} : { flaw: "no-lifetime" as const }) };
  }
  const [, lifetime = ""] = seconds;
  const isNumber = /^\d+$/.test(lifetime);
  const isInRange = Number(lifetime) >= 1 && Number(lifetime) <= 21_600;
  return { kind: "token", range, ...(isNumber && !isInRange ? { flaw: "lifetime" as const } : {}) };
}

function usesToken(command: ShellCommand | undefined, variables: Variables): boolean {
  const text = command?.words.map((word) => variables.expand(word.text)).join(" ") ?? "";
  return TOKEN_HEADER.test(text) || /\/api\/token/.test(text);
}

/** The stretches from an `if` on a token to its `fi`, in which requests without one are a way out. */
function fallbackRanges(text: string, variables: Variables): readonly TextRange[] {
  const ranges: TextRange[] = [];
  for (const name of variables.tokens) {
    const pattern = new RegExp(`\\bif\\b[^\\n;]*\\$\\{?${name}\\b[^]*?\\bfi\\b`, "g");
    for (const match of text.matchAll(pattern)) {
      ranges.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  return ranges;
}

/** What a script within a script and its substitutions both find is one request, at the closest place. */
function withoutWider(requests: readonly MetadataRequest[]): readonly MetadataRequest[] {
  return requests.filter(({ range }, index) =>
    requests.every((other, at) => {
      const { start, end } = other.range;
      if (at === index || start < range.start || range.end < end) return true;
      return start === range.start && end === range.end && index < at;
    }),
  );
}

function overlaps(one: TextRange, other: TextRange): boolean {
  return one.start < other.end && other.start < one.end;
}
