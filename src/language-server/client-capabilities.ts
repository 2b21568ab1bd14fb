import type { ClientCapabilities as SentCapabilities } from "vscode-languageserver";

/** What the client can do, as far as the server goes by it. */
export interface ClientCapabilities {
  /** It asks for diagnostics, which are then not pushed. */
  readonly canPull: boolean;
  /** It can be told to ask again. */
  readonly canRefresh: boolean;
  readonly canBeAsked: boolean;
  readonly canWatch: boolean;
  readonly hasFolders: boolean;
  readonly hasProgress: boolean;
}

/** Reads what a client says of itself; whatever it does not mention it cannot do. */
export function readCapabilities({
  textDocument,
  workspace,
  window,
}: SentCapabilities): ClientCapabilities {
  return {
    canPull: textDocument?.diagnostic !== undefined,
    canRefresh: workspace?.diagnostics?.refreshSupport === true,
    canBeAsked: workspace?.configuration === true,
    canWatch: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    hasFolders: workspace?.workspaceFolders === true,
    hasProgress: window?.workDoneProgress === true,
  };
}
