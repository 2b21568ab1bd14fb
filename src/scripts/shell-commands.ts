import type { TextRange } from "../source/text-range.js";
import type {
  Redirection,
  ShellCommand,
  ShellFunction,
  ShellScript,
  Word,
} from "./shell-script.js";
import { DEEPEST, WordReader } from "./shell-words.js";

/** Words that stand where a command may and are none, with those that only other shells reserve. */
const RESERVED = new Set(
  "if then elif else fi while until do done time ! { } in esac coproc".split(" "),
);

/** https://www.gnu.org/software/bash/manual/html_node/Redirections.html */
const REDIRECTION = /(?:\d+|\{\w+\})?(?:<<<|<<-?|<>|<&|>>|>&|>\||&>>|&>|[<>](?!\())/y;

/**
 * The simple commands and functions of a shell script. Reads quotes, continuations, comments, substitutions and
 * here-documents, whose lines are commands too, since scripts write scripts. Tolerant: of what is no shell
 * it makes commands as well. Ranges are in the text. Never throws, in linear time.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */
export function readShell(text: string): ShellScript {
  const reader = new CommandReader(text);
  reader.readAll();
  const commands = [...reader.commands].sort((left, right) => left.range.start - right.range.start);
  const functions = [...reader.functions].sort((left, right) => left.body.start - right.body.start);
  return { commands, functions };
}

/** What ends a list of commands. */
type End = "" | ")" | "`" | "}" | "case";

/** A here-document whose lines start at the next line ending. */
interface HereDocument {
  readonly marker: string;
  readonly isIndented: boolean;
  readonly of: { words: readonly Word[]; redirections: readonly Redirection[] };
}

class CommandReader extends WordReader {
  readonly commands: ShellCommand[] = [];
  readonly functions: ShellFunction[] = [];
  #hereDocuments: HereDocument[] = [];

  constructor(text: string, depth = 0) {
    super(text);
    this.depth = depth;
  }

  readAll(): void {
    this.#readList("");
  }

  protected override readSubstituted(closing: ")" | "`"): void {
    this.#readList(closing);
  }

  /** Reads commands up to what ends them, which is left behind. */
  #readList(end: End): void {
    let before: ShellCommand["before"] = "other";
    while (!this.isAtEnd) {
      this.skipBlanks();
      if (this.#skipsEnd(end)) return;
      const separator = this.#skipSeparator(before);
      if (separator !== undefined) {
        before = separator;
        continue;
      }
      const start = this.position;
      before = this.#readCommand(before);
      // What closes something that nobody has opened.
      if (this.position === start) this.skip(1);
    }
  }

  #skipsEnd(end: End): boolean {
    if (end === "case") {
      const terminator = /(?:;;&|;;|;&)|esac(?![^\s;&|)])/y;
      terminator.lastIndex = this.position;
      const [found = ""] = terminator.exec(this.text) ?? [];
      // Whoever reads the cases sees that there are no more.
      if (found.startsWith(";")) this.skip(found.length);
      return found !== "";
    }
    const isEnd = end !== "" && this.peek() === end && (end !== "}" || this.#isWordOf(1));
    if (isEnd) this.skip(1);
    return isEnd;
  }

  /** Whether a word ends so many characters from here. */
  #isWordOf(length: number): boolean {
    return /^(?:[\s;&|()<>`]|)$/.test(this.peek(length));
  }

  /** Skips what stands between commands; gives what the next one stands behind. */
  #skipSeparator(before: ShellCommand["before"]): ShellCommand["before"] | undefined {
    const ending = this.lineEnding();
    if (ending > 0) {
      this.skip(ending);
      this.#readHereDocuments();
      // A command may start on the line after its operator.
      return before;
    }
    if (this.peek() === "#") {
      this.skipLine();
      return before;
    }
    for (const operator of ["||", "&&"] as const) {
      if (!this.isAt(operator)) continue;
      this.skip(2);
      return operator;
    }
    if (this.peek() === "|") {
      this.skip(this.peek(1) === "&" ? 2 : 1);
      return "|";
    }
    if (/[;)]/.test(this.peek()) || (this.peek() === "&" && this.peek(1) !== ">")) {
      this.skip(1);
      return "other";
    }
    return undefined;
  }

  /** Reads one command, compound or not; gives what the next one stands behind. */
  #readCommand(before: ShellCommand["before"]): ShellCommand["before"] {
    if (this.isAt("((") && this.#skipArithmetic()) return "other";
    if (this.peek() === "(") {
      this.#readGroup(")");
      return "other";
    }
    const start = this.position;
    const reserved = this.#reservedWord();
    switch (reserved) {
      case undefined:
        this.#readSimple(before);
        return "other";
      case "case":
        this.#readCase();
        return "other";
      case "for":
      case "select":
        this.#readLoopHead();
        return "other";
      case "[[":
        this.#readTest();
        return "other";
      case "function":
        this.#readFunction();
        return "other";
      case "{":
        this.position = start;
        this.#readGroup("}");
        return "other";
      case "time":
        this.skipBlanks();
        if (/^-p\s/.test(this.text.slice(this.position, this.position + 3))) this.skip(2);
        return before;
      default:
        return before;
    }
  }

  /** Skips a reserved word, and gives it. */
  #reservedWord(): string | undefined {
    const word = /(?:[a-z]+|\[\[|[!{}])(?=[\s;&|()<>`]|$)/y;
    word.lastIndex = this.position;
    const [found] = word.exec(this.text) ?? [];
    if (found === undefined) return undefined;
    const isReserved = RESERVED.has(found) || /^(?:case|for|select|function|\[\[)$/.test(found);
    if (!isReserved) return undefined;
    // Where none of its own stands, `in` and the like are what a text of another kind says.
    this.skip(found.length);
    return found;
  }

  #readGroup(end: ")" | "}"): TextRange {
    this.skip(1);
    const start = this.position;
    if (this.depth < DEEPEST) {
      this.depth += 1;
      this.#readList(end);
      this.depth -= 1;
    }
    return { start, end: Math.max(start, this.position - 1) };
  }

  #skipArithmetic(): boolean {
    const closing = this.closingOfArithmetic(this.position + 2);
    if (closing === undefined) return false;
    this.skip(2);
    this.readExpansionsUntil(closing);
    this.skip(2);
    return true;
  }

  #readSimple(before: ShellCommand["before"]): void {
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    while (!this.isAtEnd) {
      this.skipBlanks();
      if (words.length > 0 && this.peek() === "#") break;
      const redirection = this.#readRedirection({ words, redirections });
      if (redirection !== undefined) {
        redirections.push(redirection);
        continue;
      }
      const [name] = words;
      if (words.length === 1 && name !== undefined && this.#declares(name)) return;
      const word = this.readWord();
      if (word === undefined) break;
      words.push(word);
    }
    const [first] = words;
    const last = words.at(-1);
    if (first === undefined || last === undefined) return;
    const range = { start: first.range.start, end: last.range.end };
    this.commands.push({ words, redirections, range, before });
  }

  #readRedirection(of: HereDocument["of"]): Redirection | undefined {
    REDIRECTION.lastIndex = this.position;
    const [operator] = REDIRECTION.exec(this.text) ?? [];
    if (operator === undefined) return undefined;
    this.skip(operator.length);
    this.skipBlanks();
    const from = this.position;
    const target = this.readWord()?.text ?? "";
    if (/<<-?$/.test(operator)) {
      // Quotes or not, whatever stands there as a whole is the marker.
      const written = this.text.slice(from, this.position);
      const marker = /["'\\]/.test(written) ? target : written;
      this.#hereDocuments.push({ marker, isIndented: operator.endsWith("-"), of });
    }
    return { operator, target };
  }

  /** `name() { … }`. */
  #declares({ text: name }: Word): boolean {
    const parentheses = /\([ \t]*\)/y;
    parentheses.lastIndex = this.position;
    const [found] = parentheses.exec(this.text) ?? [];
    if (found === undefined) return false;
    this.skip(found.length);
    this.#readBody(name);
    return true;
  }

  /** `function name { … }`, with parentheses behind the name or without. */
  #readFunction(): void {
    this.skipBlanks();
    const name = this.readWord()?.text ?? "";
    this.skipBlanks();
    if (this.peek() === "(") {
      const closing = /\([ \t]*\)/y;
      closing.lastIndex = this.position;
      this.skip(closing.exec(this.text)?.[0].length ?? 0);
    }
    this.#readBody(name);
  }

  #readBody(name: string): void {
    const blank = /(?:\s|#[^\n]*\n)*/y;
    blank.lastIndex = this.position;
    const [skipped = ""] = blank.exec(this.text) ?? [];
    const opening = this.text.charAt(this.position + skipped.length);
    if (opening !== "{" && opening !== "(") return;
    this.skip(skipped.length);
    const body = this.#readGroup(opening === "{" ? "}" : ")");
    this.functions.push({ name, body });
  }

  /** `for name in words` and `for ((…; …; …))`: none of it is a command, but what is substituted in it. */
  #readLoopHead(): void {
    this.skipBlanks();
    if (this.isAt("((") && this.#skipArithmetic()) return;
    this.#skipWords();
  }

  /** The words up to the end of the line or a separator. */
  #skipWords(): void {
    do this.skipBlanks();
    while (this.peek() !== "#" && this.readWord() !== undefined);
  }

  /** `[[ … ]]`, in which `&&`, `<` and parentheses are no operators of commands. */
  #readTest(): void {
    while (!this.isAtEnd) {
      if (
        /[\s;&|()<>]/.test(this.peek()) &&
        !/^[<>]\(/.test(this.text.slice(this.position, this.position + 2))
      ) {
        this.skip(1);
        continue;
      }
      const word = this.readWord();
      if (word === undefined) this.skip(1);
      if (word?.text === "]]") return;
    }
  }

  #readCase(): void {
    this.skipBlanks();
    this.readWord();
    this.#skipLayout();
    if (!/^in\b/.test(this.text.slice(this.position, this.position + 3))) return;
    this.skip(2);
    while (!this.isAtEnd) {
      this.#skipLayout();
      if (/^esac(?![^\s;&|)])/.test(this.text.slice(this.position, this.position + 5))) {
        this.skip(4);
        return;
      }
      this.#skipPatterns();
      if (this.depth >= DEEPEST) return;
      this.depth += 1;
      this.#readList("case");
      this.depth -= 1;
    }
  }

  /** `(one | two)`, its first parenthesis optional. */
  #skipPatterns(): void {
    if (this.peek() === "(") this.skip(1);
    while (!this.isAtEnd && this.peek() !== ")" && this.lineEnding() === 0) {
      if (this.readWord() === undefined) this.skip(1);
    }
    if (this.peek() === ")") this.skip(1);
  }

  /** Blanks, line endings and comments. */
  #skipLayout(): void {
    for (;;) {
      this.skipBlanks();
      if (this.lineEnding() > 0) {
        this.skip(this.lineEnding());
        this.#readHereDocuments();
      } else if (this.peek() === "#") this.skipLine();
      else return;
    }
  }

  #readHereDocuments(): void {
    const documents = this.#hereDocuments;
    this.#hereDocuments = [];
    for (const document of documents) this.#readHereDocument(document);
  }

  #readHereDocument({ marker, isIndented, of }: HereDocument): void {
    const start = this.position;
    const { end, next } = this.#endOfHereDocument(marker, isIndented);
    this.position = next;
    if (this.depth >= DEEPEST) return;
    const inner = new CommandReader(this.text.slice(start, end), this.depth + 1);
    inner.readAll();
    for (const command of inner.commands) {
      this.commands.push({ hereDocumentOf: of, ...shifted(command, start) });
    }
    for (const { name, body } of inner.functions) {
      this.functions.push({ name, body: moved(body, start) });
    }
  }

  /** The line that is the marker and nothing else. */
  #endOfHereDocument(marker: string, isIndented: boolean) {
    for (let at = this.position; at < this.text.length;) {
      const newline = this.text.indexOf("\n", at);
      const stop = newline === -1 ? this.text.length : newline;
      const line = this.text.slice(at, stop).replace(/\r$/, "");
      if ((isIndented ? line.replace(/^\t+/, "") : line) === marker) {
        return { end: at, next: stop };
      }
      if (newline === -1) break;
      at = stop + 1;
    }
    return { end: this.text.length, next: this.text.length };
  }
}

function shifted(command: ShellCommand, by: number): ShellCommand {
  const words = command.words.map((word) => ({ ...word, range: moved(word.range, by) }));
  return { ...command, words, range: moved(command.range, by) };
}

function moved({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}
