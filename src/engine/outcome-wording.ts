import type { OptionOutcome } from "./describe-launches.js";

/** What an option comes to, as a word; `?` where nothing narrows it. */
export function valueOf({ value, possible }: OptionOutcome): string {
  if (value !== undefined) return String(value);
  return possible === undefined ? "?" : possible.map(String).join(" or ");
}

/** Where that comes from, as a clause. `service` is who says what is not set: `EC2`. */
export function sourceOf({ chain, reason, when }: OptionOutcome, service: string): string {
  const decides = chain.at(-1);
  const isDefault = decides?.step === "service-default";
  const message = `${decides?.message ?? ""}${isDefault ? `, so ${service}'s default counts` : ""}`;
  return `${when === undefined ? "" : `when ${when}: `}${reason ?? message}`;
}
