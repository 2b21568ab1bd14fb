/** Without one of these words, no comment and no metadata in a text can be a suppression. */
const ownWord = "imdslint";
const foreignWords = [
  "checkov",
  "bridgecrew",
  "cortex:skip",
  "trivy:",
  "tfsec:",
  "kics-scan",
  "rules_to_suppress",
  "ignore_checks",
  "SuppressedRules",
];

/** Whether a text has a word without which nothing in it can be a suppression: cheap, and often wrong. */
export function maySuppress(
  text: string,
  { foreign = true }: { readonly foreign?: boolean },
): boolean {
  return text.includes(ownWord) || (foreign && foreignWords.some((word) => text.includes(word)));
}
