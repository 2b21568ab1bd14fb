import { env, stderr } from "node:process";
import { isatty } from "node:tty";

/** Runs shorter than this show nothing, in milliseconds. */
const QUIET_START = 1000;

/** How often the line is written anew, in milliseconds. */
const INTERVAL = 100;

const CLEAR_LINE = "\r\u001b[K";

/**
 * Shows on a terminal how far a long run is, and leaves nothing behind. Other programs that show what
 * we print (CI systems, pre-commit) do not get any of it.
 */
export class Progress {
  readonly #isWanted: boolean;
  #next = Date.now() + QUIET_START;
  #isShown = false;

  /** Takes whether the command line admits it. */
  constructor(isAdmitted: boolean) {
    const isWatched =
      isatty(stderr.fd) && env["CI"] === undefined && env["PRE_COMMIT"] === undefined;
    this.#isWanted = isAdmitted && isWatched;
  }

  /** Says how many of all deployments were looked at. */
  show(done: number, total: number): void {
    if (!this.#isWanted || Date.now() < this.#next) return;
    this.#next = Date.now() + INTERVAL;
    this.#isShown = true;
    stderr.write(`${CLEAR_LINE}Looked at ${done} of ${total} templates and modules`);
  }

  /** Takes away what was shown. */
  clear(): void {
    if (this.#isShown) stderr.write(CLEAR_LINE);
  }
}
