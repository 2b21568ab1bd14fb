import type { TextRange } from "../source/text-range.js";

/** How a script asks the metadata service for something. */
export interface MetadataRequest {
  /**
   * `without-token`: an IMDSv1 request. `with-token`: one of IMDSv2. `open`: what is unknown may bring a
   * token. `fallback`: an IMDSv1 request that is made only where there is no token. `token`: the request
   * for a token itself.
   */
  readonly kind: "without-token" | "with-token" | "open" | "fallback" | "token";
  /** The address, or the call that has it. */
  readonly range: TextRange;
  /** What is wrong with a request for a token. */
  readonly flaw?: "versioned" | "lifetime" | "no-lifetime";
}
