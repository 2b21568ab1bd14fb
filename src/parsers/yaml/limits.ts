/**
 * How deep collections may nest in a tree; the outermost counts as one. Deeper
 * ones are reported as `too-deep` and left empty, so whoever walks a tree may
 * recurse. Real templates stay below 30.
 */
export const MAX_DEPTH = 200;

/** What `too-deep` errors at collections say. */
export const TOO_DEEP_MESSAGE = `collections may be nested ${String(MAX_DEPTH)} deep`;

/**
 * How many nodes all aliases of one document may stand for, so that walking a
 * tree stays cheap although aliases of aliases grow exponentially ("billion laughs").
 */
export const MAX_ALIASED_NODES = 100_000;

/**
 * How many characters of a text that is not well formed are read again at most,
 * attempt by attempt: about a second's work.
 */
export const MAX_READ_AGAIN = 20_000_000;
