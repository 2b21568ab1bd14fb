import { type ChildProcess, spawn } from "node:child_process";
import { execPath } from "node:process";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type InitializeParams,
  type InitializeResult,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

const imdslint = new URL("../../dist/imdslint.cjs", import.meta.url).pathname;

/** A client of the real process, which remembers what was pushed. */
export class Client {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly pushed = new Map<string, readonly Diagnostic[]>();
  /** The result of initializing, once `start` is done. */
  result: InitializeResult | undefined;
  #waiting: (() => void)[] = [];

  constructor() {
    // As vscode-languageclient starts a server.
    const parameters = ["lsp", "--stdio", `--clientProcessId=${String(process.pid)}`];
    this.process = spawn(execPath, [imdslint, ...parameters], { stdio: "pipe" });
    const { stdin, stdout } = this.process;
    if (stdin === null || stdout === null) throw new Error("the process has no streams");
    this.connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, (sent) => {
      this.pushed.set(sent.uri, sent.diagnostics);
      for (const check of [...this.#waiting]) check();
    });
    this.connection.listen();
  }

  /** Initializes for one folder. */
  async start(
    directory: string,
    capabilities: InitializeParams["capabilities"] = {},
    initializationOptions?: unknown,
  ): Promise<void> {
    const uri = pathToFileURL(directory).href;
    this.result = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      // The type wants it, although folders have taken its place.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      rootUri: null,
      capabilities,
      workspaceFolders: [{ uri, name: "folder" }],
      initializationOptions,
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  /** Opens a document with a text. */
  async open(uri: string, text: string, languageId = "yaml"): Promise<void> {
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Replaces the whole text, or a part. */
  async change(
    uri: string,
    version: number,
    ...contentChanges: readonly (
      | { text: string }
      | {
          range: {
            start: { line: number; character: number };
            end: { line: number; character: number };
          };
          text: string;
        }
    )[]
  ): Promise<void> {
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [...contentChanges],
    });
  }

  /** The diagnostics of a document once they are as wanted; fails after ten seconds. */
  async diagnosticsWhen(
    uri: string,
    isWanted: (diagnostics: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]> {
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`still ${JSON.stringify(this.pushed.get(uri))}`));
      }, 10_000);
      const check = () => {
        const diagnostics = this.pushed.get(uri);
        if (diagnostics === undefined || !isWanted(diagnostics)) return;
        clearTimeout(timer);
        this.#waiting = this.#waiting.filter((each) => each !== check);
        resolve(diagnostics);
      };
      this.#waiting.push(check);
      check();
    });
  }

  /** Says goodbye; gives the exit code. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.process.once("exit", resolve));
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    const code = await ended;
    this.connection.dispose();
    return code;
  }
}
