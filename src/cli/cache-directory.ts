import { homedir } from "node:os";
import { env, platform } from "node:process";

/**
 * The absolute directory where this user's programs keep what they can make again, with our own in
 * it; undefined if there is none or Node's variables say that compiled code is not to be kept.
 * https://nodejs.org/docs/latest-v24.x/api/cli.html#node_compile_cachedir
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheDirectory(): string | undefined {
  if (isSet(env["NODE_DISABLE_COMPILE_CACHE"])) return undefined;
  const configured = env["NODE_COMPILE_CACHE"];
  const base = isSet(configured) ? configured : userCacheDirectory();
  return base === undefined ? undefined : `${base}/imdslint`;
}

/** A variable without a value is as good as none. */
function isSet(variable: string | undefined): variable is string {
  return variable !== undefined && variable !== "";
}

function userCacheDirectory(): string | undefined {
  if (platform === "win32") return env["LOCALAPPDATA"];
  const configured = env["XDG_CACHE_HOME"];
  if (configured?.startsWith("/") === true) return configured;
  try {
    return `${homedir()}/${platform === "darwin" ? "Library/Caches" : ".cache"}`;
  } catch {
    return undefined;
  }
}
