/**
 * Recorded calls of which we know less than the program, each with the reason. Every one is used by
 * some case, and no other call may be left unknown.
 */
export const limits: readonly { readonly call: RegExp; readonly because: string }[] = [
  {
    call: /^base64gunzip\("H4sIAAAAAAAAA8tIzcnJBwCGphA2"\)$/,
    because: "without its trailer, packed data looks like data of several parts",
  },
  {
    call: /^(?:file|templatefile)\("files\/latin1/,
    because: "files that are not text are not read",
  },
  { call: /^text..code.*(?:ISO-8859-15|Shift_JIS|nope|utf8)/, because: "rare encodings" },
  {
    call: /^yamlencode\(\{"(?:x{129}|a\\nb)"/,
    because: "keys that YAML writes behind a question mark",
  },
  {
    call: /^(?:json|yaml)decode\("(?:a: )?(?:12345678901234567|0\.1234567890123456789|1e400)/,
    because: "numbers have 64 bits with us and 512 with Terraform",
  },
  {
    call: /^flatten\(\[\[?\{"\$unknown":"string"\}/,
    because: "an unknown's type is unknown: it may be a list to be flattened",
  },
  {
    call: /^(?:setunion|toset)\(.*\{"\$unknown":"string"\}/,
    because: "a set with an unknown element is unknown as a whole, since its length is",
  },
  { call: /^urldecode\("%FF"\)$/, because: "the result is no text" },
];
