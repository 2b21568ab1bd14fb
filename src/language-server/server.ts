import {
  type CodeActionParams,
  type CompletionParams,
  type Connection,
  createConnection,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  type HoverParams,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
  type WorkspaceDiagnosticReport,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { DiskFileSystem } from "../node/disk-file-system.js";
import { OverlayFileSystem } from "../source/overlay-file-system.js";
import { type ClientCapabilities, readCapabilities } from "./client-capabilities.js";
import { codeActionsFor, FIX_ALL } from "./code-actions.js";
import { completionsAt } from "./completion.js";
import { isConfiguration } from "./folder-settings.js";
import { hoverAt } from "./hover.js";
import { readSettings, type Settings } from "./settings.js";
import { pathOf, uriOf } from "./uris.js";
import { isJudged, type WorkspaceContext } from "./workspace.js";
import { Workspaces } from "./workspaces.js";

/** After how many milliseconds without a change diagnostics are brought up to date. */
const DEBOUNCE = 150;

/** What the server is started with. */
export type ServerOptions = Pick<WorkspaceContext, "loaders" | "openFolder"> & {
  readonly version: string;
};

/**
 * Serves a client on standard input and output until it says goodbye, or goes. Diagnostics are pulled by
 * clients that can, and pushed to others, never both.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
 */
export function startLanguageServer(options: ServerOptions): void {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  new LanguageServer(connection, options).listen();
}

class LanguageServer {
  readonly #connection: Connection;
  readonly #version: string;
  readonly #documents = new TextDocuments(TextDocument);
  /** What is open, by path. */
  readonly #texts = new Map<string, string>();
  readonly #disk = new DiskFileSystem();
  readonly #workspaces: Workspaces;
  #client: ClientCapabilities = readCapabilities({});
  #settings: Settings = readSettings(undefined);
  #timer: NodeJS.Timeout | undefined;
  #isEnding = false;

  constructor(connection: Connection, { loaders, openFolder, version }: ServerOptions) {
    this.#connection = connection;
    this.#version = version;
    this.#workspaces = new Workspaces({
      fileSystem: new OverlayFileSystem(this.#disk, this.#texts),
      settings: () => this.#settings,
      loaders,
      openFolder,
    });
  }

  listen(): void {
    const connection = this.#connection;
    connection.onInitialize((parameters) => this.#initialize(parameters));
    connection.onInitialized(() => this.#start());
    connection.onShutdown(() => {
      this.#isEnding = true;
      clearTimeout(this.#timer);
    });
    connection.onDidChangeConfiguration(({ settings }) => this.#configure(settings));
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const { uri } of changes) this.#forget(uri);
    });
    this.#documents.onDidChangeContent(({ document }) => {
      this.#change(document);
    });
    this.#documents.onDidClose(({ document }) => {
      this.#close(document);
    });
    connection.onCodeAction((parameters) => this.#codeActions(parameters));
    connection.onHover((parameters) => this.#hover(parameters));
    connection.onCompletion((parameters) => this.#complete(parameters));
    connection.languages.diagnostics.on(({ textDocument, previousResultId }) =>
      this.#pull(textDocument.uri, previousResultId),
    );
    connection.languages.diagnostics.onWorkspace(({ previousResultIds }) =>
      this.#pullAll(new Map(previousResultIds.map(({ uri, value }) => [uri, value]))),
    );
    this.#documents.listen(connection);
    connection.listen();
  }

  #initialize({
    capabilities,
    workspaceFolders,
    initializationOptions,
    ...parameters
  }: InitializeParams): InitializeResult {
    this.#client = readCapabilities(capabilities);
    this.#settings = readSettings(initializationOptions);
    // Clients that know no folders name one root.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const { rootUri } = parameters;
    const uris =
      workspaceFolders?.map(({ uri }) => uri) ?? (typeof rootUri === "string" ? [rootUri] : []);
    for (const uri of uris) this.#workspaces.add(pathOf(uri));
    return {
      serverInfo: { name: "imdslint", version: this.#version },
      capabilities: {
        positionEncoding: "utf-16",
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        completionProvider: { triggerCharacters: [" ", '"'] },
        codeActionProvider: { codeActionKinds: ["quickfix", FIX_ALL] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...(this.#client.canPull
          ? {
              diagnosticProvider: {
                identifier: "imdslint",
                interFileDependencies: true,
                workspaceDiagnostics: true,
              },
            }
          : {}),
      },
    };
  }

  async #start(): Promise<void> {
    const connection = this.#connection;
    if (this.#client.hasFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) this.#workspaces.remove(pathOf(uri));
        for (const { uri } of added) void this.#scan(pathOf(uri));
      });
    }
    if (this.#client.canWatch) {
      const globPattern = "**/{*.{yaml,yml,json,template,tf,tofu,tfvars,hcl},.imdslintignore}";
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern }],
      });
    }
    await this.#configure(undefined);
    for (const { directory } of this.#workspaces.all) await this.#scan(directory);
  }

  /** Asks the client for its settings where it can be asked, else takes what it sent. */
  async #configure(sent: unknown): Promise<void> {
    if (this.#client.canBeAsked) {
      this.#settings = readSettings(
        await this.#connection.workspace.getConfiguration({ section: "imdslint" }),
      );
    } else if (typeof sent === "object" && sent !== null && "imdslint" in sent) {
      this.#settings = readSettings(sent.imdslint);
    }
    this.#show(this.#workspaces.all.flatMap((workspace) => workspace.reconsider()));
  }

  /** Judges a whole folder, open files first, and says how far it is. */
  async #scan(directory: string | undefined): Promise<void> {
    const workspace = this.#workspaces.add(directory);
    if (workspace === undefined) return;
    this.#flush();
    const progress = this.#client.hasProgress
      ? await this.#connection.window.createWorkDoneProgress()
      : undefined;
    progress?.begin("imdslint", 0, "Looking at templates and modules", true);
    const isCancelled = () => this.#isEnding || progress?.token.isCancellationRequested === true;
    await workspace.scan(isCancelled, (changed, share) => {
      progress?.report(Math.round(share * 100));
      this.#show(changed);
    });
    progress?.done();
  }

  #change(document: TextDocument): void {
    const path = pathOf(document.uri);
    if (path === undefined || !isJudged(path)) return;
    this.#texts.set(path, document.getText());
    this.#touch(path);
  }

  #close(document: TextDocument): void {
    const path = pathOf(document.uri);
    if (path === undefined || !this.#texts.delete(path)) return;
    this.#disk.forget(path);
    this.#touch(path);
  }

  #forget(uri: string): void {
    const path = pathOf(uri);
    if (path === undefined) return;
    this.#disk.forget(path);
    if (isConfiguration(path)) {
      this.#show(this.#workspaces.all.flatMap((workspace) => workspace.reopen()));
    } else if (isJudged(path)) {
      this.#touch(path);
    }
  }

  #touch(path: string): void {
    this.#workspaces.holding(path).touch(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#flush();
    }, DEBOUNCE);
  }

  /** Judges what was touched and tells the client, leaving out what it is about to be answered. */
  #flush(answered?: string): void {
    const changed = this.#workspaces.all.flatMap((workspace) => workspace.flush());
    this.#show(changed.filter((path) => path !== answered));
  }

  #show(changed: readonly string[]): void {
    if (changed.length === 0 || this.#isEnding) return;
    if (this.#client.canPull) {
      if (this.#client.canRefresh) void this.#connection.languages.diagnostics.refresh();
      return;
    }
    for (const path of changed) {
      const uri = this.#uriOf(path);
      const { items } = this.#workspaces.holding(path).diagnostics(path);
      const version = this.#documents.get(uri)?.version;
      void this.#connection.sendDiagnostics({
        uri,
        diagnostics: [...items],
        ...(version === undefined ? {} : { version }),
      });
    }
  }

  /** The URI of a file as the client writes it, where it is open. */
  #uriOf(path: string): string {
    const open = this.#documents.keys().find((uri) => pathOf(uri) === path);
    return open ?? uriOf(path);
  }

  #pull(uri: string, previous: string | undefined): DocumentDiagnosticReport {
    const path = pathOf(uri);
    if (path === undefined || !isJudged(path)) return { kind: "full", items: [] };
    this.#flush(path);
    const { items, version } = this.#workspaces.holding(path).diagnostics(path);
    const resultId = String(version);
    return resultId === previous
      ? { kind: "unchanged", resultId }
      : { kind: "full", resultId, items: [...items] };
  }

  #pullAll(previous: ReadonlyMap<string, string>): WorkspaceDiagnosticReport {
    const items = this.#workspaces.all.flatMap((workspace) =>
      workspace.paths.map((path) => {
        const uri = this.#uriOf(path);
        const version = this.#documents.get(uri)?.version ?? null;
        return { uri, version, ...this.#pull(uri, previous.get(uri)) };
      }),
    );
    return { items };
  }

  #codeActions({ textDocument, range, context }: CodeActionParams) {
    const path = pathOf(textDocument.uri);
    if (path === undefined || !isJudged(path)) return [];
    const findings = this.#workspaces.holding(path).fixableFindingsIn(path);
    const { diagnostics, only } = context;
    const request = { path, range, diagnostics, ...(only === undefined ? {} : { only }) };
    return [...codeActionsFor(findings, request)];
  }

  #hover({ textDocument, position }: HoverParams) {
    const path = pathOf(textDocument.uri);
    if (path === undefined || !isJudged(path)) return null;
    this.#flush();
    const findings = this.#workspaces.holding(path).findingsIn(path);
    return hoverAt(findings, position, this.#settings.rules) ?? null;
  }

  #complete({ textDocument, position }: CompletionParams) {
    const path = pathOf(textDocument.uri);
    const document = this.#documents.get(textDocument.uri);
    if (path === undefined || document === undefined) return [];
    return [...completionsAt(path, document.getText().split(/\r?\n/), position)];
  }
}
