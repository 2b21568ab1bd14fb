import { spawn } from "node:child_process";
import { env, execPath } from "node:process";

/**
 * Runs `imdslint effective` on a text that is or will be in a file, in a directory.
 * Gives what it prints, or what it says is wrong.
 */
export async function runEffective(
  server: string,
  path: string,
  text: string,
  directory: string,
): Promise<string> {
  const parameters = [server, "effective", "--stdin", "--stdin-filename", path];
  // The editor's own executable is Electron, which is Node when told so.
  const environment = { ...env, ELECTRON_RUN_AS_NODE: "1", NO_COLOR: "1" };
  const child = spawn(execPath, parameters, { cwd: directory, env: environment });
  const printed: string[] = [];
  const complaints: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (part: string) => printed.push(part));
  child.stderr.setEncoding("utf8").on("data", (part: string) => complaints.push(part));
  // A command that ends early closes its input; its exit says why.
  child.stdin.on("error", () => undefined);
  child.stdin.end(text);
  await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const result = printed.join("");
  if (result.trim() !== "") return result;
  return complaints.join("") || "Nothing here launches instances.\n";
}
