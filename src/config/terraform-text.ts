/**
 * The text by which `terraform plan -var` is given a value: a string as it is, anything else as an
 * expression. That JSON is one but for two escapes, and for what starts a template.
 * https://developer.hashicorp.com/terraform/language/values/variables#variables-on-the-command-line
 * https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function terraformText(value: unknown): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value)
    .replace(/\\(.)/gs, (escape, character: string) => unicodeEscapes[character] ?? escape)
    .replaceAll("${", "\\u0024{")
    .replaceAll("%{", "\\u0025{");
}

/** Escapes of JSON that HCL has not. */
const unicodeEscapes: Readonly<Record<string, string>> = { b: "\\u0008", f: "\\u000c" };
