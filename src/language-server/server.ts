import {
  type CodeActionParams,
  type CompletionParams,
  type Connection,
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  type InlayHintParams,
  ProposedFeatures,
  type TextDocumentPositionParams,
  TextDocuments,
  TextDocumentSyncKind,
  WatchKind,
  type WorkDoneProgressServerReporter,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { DiskFileSystem } from "../node/disk-file-system.js";
import { OverlayFileSystem } from "../source/overlay-file-system.js";
import { SourceFile } from "../source/source-file.js";
import type { TextEdit } from "../source/text-range.js";
import { type ClientCapabilities, readCapabilities } from "./client-capabilities.js";
import { codeActionsFor, FIX_ALL } from "./code-actions.js";
import { completionsAt } from "./completion.js";
import { definitionsAt } from "./definitions.js";
import { DiagnosticsDelivery } from "./diagnostics-delivery.js";
import { isConfiguration } from "./folder-settings.js";
import { hoverAt } from "./hover.js";
import { inlayHintsIn } from "./inlay-hints.js";
import { type Files, locationOf, offsetOf } from "./ranges.js";
import { readSettings, type Settings } from "./settings.js";
import { pathOf } from "./uris.js";
import { isJudged, type WorkspaceContext } from "./workspace.js";
import { Workspaces } from "./workspaces.js";

/** What the server wants to be told of when it changes on disk. */
const WATCHED =
  "**/{*.{yaml,yml,json,template,tf,tofu,tfvars,hcl,toml,tpl,tftpl,sh,ps1,py},.imdslintignore,.gitignore}";

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
  readonly #fileSystem = new OverlayFileSystem(this.#disk, this.#texts);
  readonly #workspaces: Workspaces;
  readonly #delivery: DiagnosticsDelivery;
  #client: ClientCapabilities = readCapabilities({});
  #settings: Settings = readSettings(undefined);
  #timer: NodeJS.Timeout | undefined;
  #isEnding = false;

  constructor(connection: Connection, { loaders, openFolder, version }: ServerOptions) {
    this.#connection = connection;
    this.#version = version;
    this.#workspaces = new Workspaces({
      fileSystem: this.#fileSystem,
      settings: () => this.#settings,
      loaders,
      openFolder,
    });
    this.#delivery = new DiagnosticsDelivery({
      connection,
      output: process.stdout,
      workspaces: this.#workspaces,
      client: () => this.#client,
      hasHints: () => this.#settings.inlayHints,
      open: () => this.#documents.all(),
      flush: (answered) => {
        this.#flush(answered);
      },
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
      for (const { uri, type } of changes) this.#forget(uri, type === FileChangeType.Deleted);
    });
    this.#documents.onDidChangeContent(({ document }) => {
      this.#change(document);
    });
    this.#documents.onDidClose(({ document }) => {
      this.#closeDocument(document);
    });
    connection.onCodeAction((parameters) => this.#codeActions(parameters));
    connection.onHover((parameters) => this.#hover(parameters));
    connection.onDefinition((parameters) => this.#define(parameters));
    connection.languages.inlayHint.on((parameters) => this.#hint(parameters));
    connection.onCompletion((parameters) => this.#complete(parameters));
    connection.languages.diagnostics.on(({ textDocument, previousResultId }) =>
      this.#delivery.pull(textDocument.uri, previousResultId),
    );
    connection.languages.diagnostics.onWorkspace(({ previousResultIds }) =>
      this.#delivery.pullAll(new Map(previousResultIds.map(({ uri, value }) => [uri, value]))),
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
        definitionProvider: true,
        inlayHintProvider: true,
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
        for (const { uri } of removed) this.#close(pathOf(uri));
        for (const { uri } of added) void this.#scan(pathOf(uri));
      });
    }
    if (this.#client.canWatch) {
      // Who deletes a directory is told of nothing that was in it.
      const watchers = [{ globPattern: WATCHED }, { globPattern: "**", kind: WatchKind.Delete }];
      await connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers })
        .catch(() => undefined);
    }
    if (this.#client.tellsOfSettings) {
      const section = "imdslint";
      await connection.client
        .register(DidChangeConfigurationNotification.type, { section })
        .catch(() => undefined);
    }
    await this.#configure(undefined);
    for (const { directory } of this.#workspaces.all) await this.#scan(directory);
  }

  /** Asks the client for its settings where it can be asked, else takes what it sent. */
  async #configure(sent: unknown): Promise<void> {
    if (this.#client.canBeAsked) {
      const asked = this.#connection.workspace.getConfiguration({ section: "imdslint" });
      const answer: unknown = await asked.catch(() => undefined);
      this.#settings = readSettings(answer);
    } else if (typeof sent === "object" && sent !== null && "imdslint" in sent) {
      this.#settings = readSettings(sent.imdslint);
    }
    this.#show(this.#workspaces.all.flatMap((workspace) => workspace.reconsider()));
    if (this.#client.canRefreshHints) {
      void this.#connection.languages.inlayHint.refresh().catch(() => undefined);
    }
  }

  /** Judges a whole folder, open files first, and says how far it is. */
  async #scan(directory: string | undefined): Promise<void> {
    const workspace = this.#workspaces.add(directory);
    if (workspace === undefined) return;
    this.#flush();
    const progress = await this.#beginProgress();
    const isCancelled = () => this.#isEnding || progress?.token.isCancellationRequested === true;
    await workspace.scan(isCancelled, (changed, share) => {
      progress?.report(Math.round(share * 100));
      this.#show(changed);
    });
    progress?.done();
  }

  /** Undefined where the client shows none, or does not want to after all. */
  async #beginProgress(): Promise<WorkDoneProgressServerReporter | undefined> {
    if (!this.#client.hasProgress) return undefined;
    const created = this.#connection.window.createWorkDoneProgress();
    const progress = await created.catch(() => undefined);
    progress?.begin("imdslint", 0, "Looking at templates and modules", true);
    return progress;
  }

  /** Forgets a folder that the client has closed; what is still open of it is judged by itself. */
  #close(directory: string | undefined): void {
    const workspace = this.#workspaces.remove(directory);
    if (workspace === undefined) return;
    for (const path of this.#texts.keys()) if (workspace.holds(path)) this.#touch(path);
    this.#show(workspace.paths);
  }

  #change(document: TextDocument): void {
    const path = pathOf(document.uri);
    if (path === undefined || !this.#workspaces.holding(path).takesPart(path)) return;
    this.#texts.set(path, document.getText());
    this.#touch(path);
  }

  #closeDocument(document: TextDocument): void {
    const path = pathOf(document.uri);
    if (path === undefined || !this.#texts.delete(path)) return;
    this.#disk.forget(path);
    this.#touch(path);
  }

  /** What a file says on disk is another by now, or it is gone. */
  #forget(uri: string, isGone: boolean): void {
    const path = pathOf(uri);
    if (path === undefined) return;
    this.#disk.forget(path);
    if (isConfiguration(path)) {
      for (const workspace of this.#workspaces.all) {
        workspace.reopen();
        void this.#scan(workspace.directory);
      }
    } else if (this.#workspaces.holding(path).takesPart(path)) {
      this.#touch(path);
    } else if (isGone) {
      // A directory is known by what was in it.
      this.#forgetBelow(path);
    }
    // What Terraform has installed counts for the whole module.
    const installed = /^(.*)\/\.terraform(?:\.lock\.hcl|\/modules\/modules\.json)$/.exec(path);
    if (installed?.[1] !== undefined) this.#forgetBelow(installed[1]);
  }

  #forgetBelow(directory: string): void {
    const touched = this.#workspaces.all.flatMap((workspace) => workspace.touchBelow(directory));
    for (const path of touched) this.#disk.forget(path);
    if (touched.length > 0) this.#flushSoon();
  }

  #touch(path: string): void {
    this.#workspaces.holding(path).touch(path);
    this.#flushSoon();
  }

  #flushSoon(): void {
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
    if (!this.#isEnding) this.#delivery.show(changed);
  }

  #codeActions({ textDocument, range, context }: CodeActionParams) {
    const at = this.#at(textDocument);
    if (at === undefined) return [];
    const { path, workspace } = at;
    // A cursor moves often, and most files have nothing to put right. What is open has been judged.
    if (this.#texts.has(path) && workspace.findingsIn(path).length === 0) return [];
    const workspaceEdit = (edits: readonly TextEdit[], files: Files) =>
      this.#delivery.workspaceEdit(edits, files);
    const source = { ...workspace.fixesIn(path), workspaceEdit };
    return [...codeActionsFor(source, { path, range, context })];
  }

  /** The workspace of a document, and where in it something is asked; undefined for what is not judged. */
  #at({ uri }: { readonly uri: string }) {
    const path = pathOf(uri);
    if (path === undefined || !isJudged(path)) return undefined;
    this.#flush();
    return { path, workspace: this.#workspaces.holding(path) };
  }

  #hover({ textDocument, position }: TextDocumentPositionParams) {
    const at = this.#at(textDocument);
    if (at === undefined) return null;
    const { path, workspace } = at;
    const hover = hoverAt({
      path,
      position,
      findings: workspace.findingsIn(path),
      described: workspace.launchesAround(path),
      rules: this.#settings.rules,
      kind: this.#client.hoverKind,
    });
    return hover ?? null;
  }

  #define({ textDocument, position }: TextDocumentPositionParams) {
    const at = this.#at(textDocument);
    if (at === undefined) return null;
    const { path, workspace } = at;
    const described = workspace.launchesAround(path);
    const file = described.files.get(path);
    if (file === undefined) return null;
    const request = { path, offset: offsetOf(file, position) };
    return definitionsAt(described, request, this.#fileSystem).map((target) =>
      locationOf(this.#filesOf(target.path), target),
    );
  }

  /** The text of a file that may be no part of what was looked at. */
  #filesOf(path: string): ReadonlyMap<string, SourceFile> {
    const read = this.#fileSystem.read(path);
    return new Map([[path, new SourceFile(path, "text" in read ? read.text : "")]]);
  }

  #hint({ textDocument, range }: InlayHintParams) {
    const at = this.#settings.inlayHints ? this.#at(textDocument) : undefined;
    if (at === undefined) return null;
    return [...inlayHintsIn(at.workspace.launchesAround(at.path), at.path, range)];
  }

  #complete({ textDocument, position }: CompletionParams) {
    const at = this.#at(textDocument);
    const document = this.#documents.get(textDocument.uri);
    if (at === undefined || document === undefined) return [];
    const file = new SourceFile(at.path, document.getText());
    const described = at.workspace.launchesAround(at.path);
    return [...completionsAt(file, offsetOf(file, position), described)];
  }
}
