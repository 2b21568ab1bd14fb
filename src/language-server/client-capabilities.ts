import { type ClientCapabilities as SentCapabilities, MarkupKind } from "vscode-languageserver";

/** What the client can do, as far as the server goes by it. */
export interface ClientCapabilities {
  /** It asks for diagnostics, which are then not pushed. */
  readonly canPull: boolean;
  /** It can be told to ask again. */
  readonly canRefresh: boolean;
  readonly canBeAsked: boolean;
  readonly canWatch: boolean;
  /** It tells of changed settings only who has asked for that. */
  readonly tellsOfSettings: boolean;
  readonly hasFolders: boolean;
  readonly hasProgress: boolean;
  /** How it wants to show a hover. */
  readonly hoverKind: MarkupKind;
  /** It can be told to ask for inlay hints again. */
  readonly canRefreshHints: boolean;
  /** It takes edits together with the version of the document they are for. */
  readonly hasVersionedEdits: boolean;
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
    tellsOfSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    hasFolders: workspace?.workspaceFolders === true,
    hasProgress: window?.workDoneProgress === true,
    hoverKind:
      textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === false
        ? MarkupKind.PlainText
        : MarkupKind.Markdown,
    canRefreshHints: workspace?.inlayHint?.refreshSupport === true,
    hasVersionedEdits: workspace?.workspaceEdit?.documentChanges === true,
  };
}
