/** How much of a text is looked at for the first member of a plan. */
const HEAD = 4096;

/** Whether a text looks like `terraform show -json` of a plan, at a glance. */
export function mayBePlan(text: string): boolean {
  return (
    /^\s*\{/.test(text.slice(0, HEAD)) &&
    text.includes('"format_version"') &&
    (text.includes('"planned_values"') || text.includes('"resource_changes"'))
  );
}

/** What a file that somebody named as a plan is instead, where that can be said. */
export function describeNoPlan(text: string): string | undefined {
  const head = text.slice(0, HEAD);
  if (/^\s*\{\s*"@level"/.test(head)) {
    return "this is the log of `terraform plan -json`; save the plan with `-out=FILE` and lint what `terraform show -json FILE` prints";
  }
  const isState =
    /^\s*\{\s*"(?:format_version|version)"/.test(head) && head.includes('"terraform_version"');
  if (isState) {
    return "this is a Terraform state, which does not say what is written; lint the source or a plan";
  }
  return undefined;
}
