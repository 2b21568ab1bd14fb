import type { Writable } from "node:stream";
import type {
  Connection,
  DocumentDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
  WorkspaceDiagnosticReport,
  WorkspaceEdit,
} from "vscode-languageserver";
import type { TextEdit } from "../source/text-range.js";
import type { ClientCapabilities } from "./client-capabilities.js";
import { type Files, rangeOf } from "./ranges.js";
import { pathOf, uriOf } from "./uris.js";
import { isJudged } from "./workspace.js";
import { isConfiguration } from "./folder-settings.js";
import type { Workspaces } from "./workspaces.js";

/** What bringing diagnostics to the client needs. */
export interface DeliveryContext {
  readonly connection: Connection;
  /** Where messages go: who does not read is sent nothing more until it does. */
  readonly output: Writable;
  readonly workspaces: Workspaces;
  readonly client: () => ClientCapabilities;
  readonly hasHints: () => boolean;
  /** What is open: its URI as the client writes it, and its version. */
  readonly open: () => Iterable<{ readonly uri: string; readonly version: number }>;
  /** Judges what was touched, leaving unsaid what is found in the file that is about to be answered. */
  readonly flush: (answered: string) => void;
}

/** Brings diagnostics to the client: when it asks if it can ask, else as they change; never both. */
export class DiagnosticsDelivery {
  readonly #context: DeliveryContext;
  /** Distinguishes answers of this process from those of one before it, which counted from one, too. */
  readonly #run = `${process.pid}.${Date.now().toString(36)}`;
  /** Files whose diagnostics changed since they were sent. */
  readonly #unsent = new Set<string>();
  #isWaiting = false;

  constructor(context: DeliveryContext) {
    this.#context = context;
  }

  /** Tells the client of files whose diagnostics changed. */
  show(changed: readonly string[]): void {
    if (changed.length === 0) return;
    const { connection, client, hasHints } = this.#context;
    const { canPull, canRefresh, canRefreshHints } = client();
    if (canRefreshHints && hasHints()) void connection.languages.inlayHint.refresh().catch(ignore);
    if (canPull) {
      if (canRefresh) void connection.languages.diagnostics.refresh().catch(ignore);
      return;
    }
    for (const path of changed) this.#unsent.add(path);
    this.#push();
  }

  /** Sends what is unsent, of each file the newest, as long as the client reads. */
  #push(): void {
    const { connection, output, workspaces } = this.#context;
    for (const path of this.#unsent) {
      if (output.writableNeedDrain) {
        this.#waitForReader();
        return;
      }
      this.#unsent.delete(path);
      const { uri, version } = this.#openAs(path);
      const { items } = workspaces.holding(path).diagnostics(path);
      void connection.sendDiagnostics({
        uri,
        diagnostics: [...items],
        ...(version === undefined ? {} : { version }),
      });
    }
  }

  #waitForReader(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#context.output.once("drain", () => {
      this.#isWaiting = false;
      this.#push();
    });
  }

  /** The diagnostics of a file, or that they are still those of an answer before. */
  pull(uri: string, previous: string | undefined): DocumentDiagnosticReport {
    const path = pathOf(uri);
    if (path === undefined || !(isJudged(path) || isConfiguration(path))) {
      return { kind: "full", items: [] };
    }
    this.#context.flush(path);
    const { items, version } = this.#context.workspaces.holding(path).diagnostics(path);
    const resultId = `${this.#run}.${String(version)}`;
    return resultId === previous
      ? { kind: "unchanged", resultId }
      : { kind: "full", resultId, items: [...items] };
  }

  /** The diagnostics of all files, by what was answered before, by URI. */
  pullAll(previous: ReadonlyMap<string, string>): WorkspaceDiagnosticReport {
    const paths = this.#context.workspaces.all.flatMap((workspace) => workspace.paths);
    const items = [...new Set(paths)].map((path): WorkspaceDocumentDiagnosticReport => {
      const { uri, version } = this.#openAs(path);
      return { uri, version: version ?? null, ...this.pull(uri, previous.get(uri)) };
    });
    // Nothing is known any more of what was in a folder that has been removed.
    const known = new Set(items.map(({ uri }) => uri));
    const gone = [...previous.keys()].filter((uri) => !known.has(uri));
    return {
      items: [...items, ...gone.map((uri) => ({ uri, version: null, ...nothing }))],
    };
  }

  /** Edits as the client takes them: for the versions of documents that it has open, where it knows of those. */
  workspaceEdit(edits: readonly TextEdit[], files: Files): WorkspaceEdit {
    const paths = [...new Set(edits.map(({ location }) => location.path))];
    const documents = paths.map((path) => ({
      ...this.#openAs(path),
      edits: edits
        .filter(({ location }) => location.path === path)
        .map(({ location, newText }) => ({ range: rangeOf(files, location), newText })),
    }));
    return this.#context.client().hasVersionedEdits
      ? {
          documentChanges: documents.map(({ uri, version, edits: own }) => ({
            textDocument: { uri, version: version ?? null },
            edits: own,
          })),
        }
      : { changes: Object.fromEntries(documents.map(({ uri, edits: own }) => [uri, own])) };
  }

  /** The URI of a file, as the client writes it where it is open. */
  #openAs(path: string): { readonly uri: string; readonly version?: number } {
    for (const { uri, version } of this.#context.open()) {
      if (pathOf(uri) === path) return { uri, version };
    }
    return { uri: uriOf(path) };
  }
}

const nothing = { kind: "full" as const, items: [] };

/** A client that cannot do what it said it can is left alone. */
function ignore(): void {
  // There is nothing that anybody could do about it.
}
