import type { Rule } from "../rules/define-rule.js";
import { rules } from "../rules/index.js";

/** What the client has set. */
export interface Settings {
  readonly rules: readonly Rule[];
  readonly showOpen: boolean;
  /** Whether what tokens come to is shown behind the name of everything that launches instances. */
  readonly inlayHints: boolean;
}

/** Settings as a client sends them, below `imdslint`; what is not of the right type counts as its default. */
export function readSettings(sent: unknown): Settings {
  const isOn = (name: string) => isRecord(sent) && sent[name] === true;
  return { rules, showOpen: isOn("showOpen"), inlayHints: isOn("inlayHints") };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
