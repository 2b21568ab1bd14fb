import type { InputError } from "../../findings/input-error.js";
import { describeReadFailure } from "../../findings/read-failure.js";
import type { DirectoryEntry, FileSystem, ReadResult, ReadText } from "../../source/file-system.js";
import { SourceFile } from "../../source/source-file.js";
import { parseHcl } from "../hcl/parse-hcl.js";
import type { Body } from "../hcl/syntax-tree.js";
import {
  type ParsedTerraformJson,
  parseTerraformJson,
  parseVariableValuesJson,
} from "./json-syntax/parse-terraform-json.js";
import { isTerraformFile } from "./module-files.js";

/** A file in HCL's native or Terraform's JSON syntax. Of a broken one, what could be read. */
export interface HclFile {
  readonly file: SourceFile;
  readonly body: Body;
  readonly errors: readonly InputError[];
}

/** A file that could not be read at all. */
export interface UnreadableFile {
  readonly error: InputError;
}

/** Makes a source file of a path and a text. */
type OpenFile = (path: string, read: ReadText) => SourceFile;

/** Reads and parses files, each at most once. */
export class HclFiles {
  readonly #fileSystem: FileSystem;
  readonly #open: OpenFile;
  readonly #inputs = new Map<string, ReadResult>();
  readonly #parsed = new Map<string, HclFile | UnreadableFile>();
  readonly #listings = new Map<string, readonly DirectoryEntry[]>();

  /** Takes where the files are, and what makes a source file of a path and a text. */
  constructor(fileSystem: FileSystem, open: OpenFile = openFile) {
    this.#fileSystem = fileSystem;
    this.#open = open;
  }

  /** What lies directly in a directory. */
  list(directory: string): readonly DirectoryEntry[] {
    return remember(this.#listings, directory, () => this.#fileSystem.list(directory));
  }

  /** The text of a file. */
  read(path: string): ReadResult {
    return remember(this.#inputs, path, () => this.#fileSystem.read(path));
  }

  /** The syntax tree of a file; JSON is told by its name. Never throws. */
  parse(path: string): HclFile | UnreadableFile {
    return remember(this.#parsed, path, () => {
      const input = this.read(path);
      return "error" in input
        ? { error: describeReadFailure(input.error, path) }
        : parseFile(this.#open(path, input), parserFor(path));
    });
  }
}

function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}

function openFile(path: string, read: ReadText): SourceFile {
  return SourceFile.of(path, read);
}

function parseFile(file: SourceFile, parse: Parser): HclFile {
  const { path } = file;
  const { body, errors } = parse(file.text);
  return {
    file,
    body,
    errors: errors.map(({ code, message, range }) => ({
      code,
      message,
      path,
      location: file.location(range),
    })),
  };
}

type Parser = (text: string) => ParsedTerraformJson;

/** By the name under which the file was found, whatever a link's target is called. */
function parserFor(path: string): Parser {
  if (!path.endsWith(".json")) return parseHcl;
  return isTerraformFile(path) ? parseTerraformJson : parseVariableValuesJson;
}
