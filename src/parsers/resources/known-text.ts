import { decodeBase64, decodeUtf8 } from "../../source/bytes.js";
import type { Evaluated } from "../../values/evaluated.js";

/** What is known of a text, which may be in Base64; unknown parts are left out. */
export function knownText(value: Evaluated): string {
  const text = textOf(value);
  const bytes = /^[A-Za-z0-9+/\s]{16,}={0,2}$/.test(text) ? decodeBase64(text) : undefined;
  return (bytes === undefined ? undefined : decodeUtf8(bytes)) ?? text;
}

function textOf(value: Evaluated): string {
  if (value.state === "known") return String(value.value);
  if (value.state !== "unknown") return "";
  const { composition } = value;
  if (composition?.kind === "base64") return textOf(composition.text);
  if (composition?.kind !== "pieces") return "";
  return composition.pieces.map((piece) => textOf(piece.value)).join("");
}
