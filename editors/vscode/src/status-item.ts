import { type Disposable, languages, LanguageStatusSeverity } from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import { documentSelector } from "./document-selector.js";

/** Says in the status bar's list of languages whether the server runs. */
export class StatusItem implements Disposable {
  readonly #item = languages.createLanguageStatusItem("imdslint", [...documentSelector]);
  readonly #listener: Disposable;

  /** Follows the states of a client. */
  constructor(client: LanguageClient) {
    this.#item.name = "imdslint";
    this.#show(client.state);
    this.#listener = client.onDidChangeState(({ newState }) => {
      this.#show(newState);
    });
  }

  /** Takes the item away. */
  dispose(): void {
    this.#listener.dispose();
    this.#item.dispose();
  }

  #show(state: State): void {
    const isStopped = state === State.Stopped;
    this.#item.busy = state === State.Starting;
    this.#item.text = isStopped ? "imdslint has stopped" : "imdslint";
    this.#item.severity = isStopped
      ? LanguageStatusSeverity.Error
      : LanguageStatusSeverity.Information;
    this.#item.command = isStopped
      ? { command: "imdslint.restartServer", title: "Restart" }
      : { command: "imdslint.showOutput", title: "Show Output" };
  }
}
