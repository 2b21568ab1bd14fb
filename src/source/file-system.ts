/** The text of a file. */
export interface ReadText {
  readonly text: string;
  /** Whether a byte order mark stood before the text, for whoever wants the very bytes. */
  readonly hasByteOrderMark?: boolean;
}

/** What reading a file gives: its text, or why there is none. */
export type ReadResult =
  | ReadText
  | { readonly error: "absent" | "unreadable" | "too-large" }
  /** `guess`: what it says if it is in another encoding. */
  | { readonly error: "not-text"; readonly guess?: string };

/** An entry of a directory listing. Links are reported as what they lead to. */
export interface DirectoryEntry {
  readonly name: string;
  readonly kind: "file" | "directory" | "other";
  /** Of a link: the absolute path of what it leads to in the end. */
  readonly leadsTo?: string;
}

/**
 * The only way the core reaches files, so that the command line, an editor and
 * a browser run the same code. Paths are absolute, with forward slashes. No
 * method throws; `list` of something that is not a directory gives nothing.
 */
export interface FileSystem {
  /** Text decoded from UTF-8, without a byte order mark. */
  read(path: string): ReadResult;
  list(directory: string): readonly DirectoryEntry[];
}
