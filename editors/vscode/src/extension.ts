import { commands, type ExtensionContext, window, workspace } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { EffectiveOptions } from "./effective-options.js";
import { documentSelector } from "./document-selector.js";
import { StatusItem } from "./status-item.js";

let client: LanguageClient | undefined;

/** Starts the language server that lies in the extension; called by the editor. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath("dist/server/imdslint.cjs");
  const server = { module, args: ["lsp"], transport: TransportKind.stdio };
  client = new LanguageClient("imdslint", "imdslint", server, {
    documentSelector: [...documentSelector],
    synchronize: { configurationSection: "imdslint" },
  });
  const { outputChannel } = client;
  const status = new StatusItem(client);
  const effective = new EffectiveOptions(module);
  context.subscriptions.push(
    status,
    workspace.registerTextDocumentContentProvider(EffectiveOptions.scheme, effective),
    commands.registerCommand("imdslint.restartServer", restartServer),
    commands.registerCommand("imdslint.showEffectiveOptions", () => effective.show()),
    commands.registerCommand("imdslint.showOutput", () => {
      outputChannel.show();
    }),
  );
  await client.start();
}

/** Ends the server; called by the editor. */
export async function deactivate(): Promise<void> {
  await client?.dispose();
}

async function restartServer(): Promise<void> {
  if (client === undefined) return;
  await client.restart();
  window.setStatusBarMessage("imdslint has been restarted", 3000);
}
