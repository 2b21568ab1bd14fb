/**
 * What instances run at launch as shell's grammar takes it, character by character where it was: without
 * the list marks of cloud-config, the keys of systemd's units and the comments of PowerShell.
 */
export function shellTextOf(text: string): string {
  return withoutComments(withoutUnitKeys(withoutListMarks(text)));
}

/** `ExecStart=-/usr/bin/docker run …`: https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html */
function withoutUnitKeys(text: string): string {
  if (!text.includes("Exec")) return text;
  return text.replace(/^[ \t]*Exec(?:Start(?:Pre|Post)?|Stop|Reload)=[-@:+!]*/gm, (key) =>
    " ".repeat(key.length),
  );
}

/** Items of cloud-config's lists start with a dash, and may be lists in brackets themselves. */
function withoutListMarks(text: string): string {
  if (!/^\s*#cloud-config\b/m.test(text)) return text;
  return text.replace(/^(\s*)- (.*)$/gm, (_, indentation: string, item: string) => {
    const isList = /^\[.*\]\s*$/.test(item);
    const command = isList ? item.replace(/[[\],]/g, " ") : item;
    return `${indentation}  ${command}`;
  });
}

/** Comments of PowerShell between `<#` and `#>`, as blanks. */
function withoutComments(text: string): string {
  return text.includes("<#")
    ? text.replace(/<#[^]*?#>/g, (comment) => comment.replace(/[^\n]/g, " "))
    : text;
}
