/** Languages whose documents may be templates; the server decides by their content. */
const languages = [
  "cloudformation",
  "yaml",
  "json",
  "jsonc",
  "terraform",
  "terraform-vars",
  "opentofu",
];

/** Files that are Terraform or templates, whatever language the editor takes them for. */
const files = "**/*.{tf,tofu,tfvars,tf.json,tofu.json,template}";

/** What the server is told of: only files on the disk, since templates refer to others. */
export const documentSelector: readonly (
  { scheme: string; language: string } | { scheme: string; pattern: string }
)[] = [
  ...languages.map((language) => ({ scheme: "file", language })),
  { scheme: "file", pattern: files },
];
