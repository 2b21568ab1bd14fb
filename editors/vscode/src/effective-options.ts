import { dirname } from "node:path";
import { EventEmitter, type TextDocumentContentProvider, Uri, window, workspace } from "vscode";
import { runEffective } from "./run-effective.js";

/** A read-only document with what `imdslint effective` prints for a file, as the editor holds it. */
export class EffectiveOptions implements TextDocumentContentProvider {
  static readonly scheme = "imdslint-effective";
  readonly #changes = new EventEmitter<Uri>();
  readonly #server: string;
  readonly onDidChange = this.#changes.event;

  /** Takes the path of the bundled command line. */
  constructor(server: string) {
    this.#server = server;
  }

  /** Shows the options beside the active editor, or a message if that holds no file. */
  async show(): Promise<void> {
    const document = window.activeTextEditor?.document;
    if (document?.uri.scheme !== "file") {
      void window.showInformationMessage(
        "Open a CloudFormation template or a Terraform file first.",
      );
      return;
    }
    const path = `${document.uri.path} (effective metadata options)`;
    const uri = Uri.from({ scheme: EffectiveOptions.scheme, path, query: document.uri.toString() });
    this.#changes.fire(uri);
    await window.showTextDocument(await workspace.openTextDocument(uri), {
      preview: true,
      viewColumn: -2,
    });
  }

  /** Gives the text of such a document. */
  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const document = await workspace.openTextDocument(Uri.parse(uri.query));
    const { fsPath } = document.uri;
    const folder = workspace.getWorkspaceFolder(document.uri)?.uri.fsPath ?? dirname(fsPath);
    return await runEffective(this.#server, fsPath, document.getText(), folder);
  }
}
