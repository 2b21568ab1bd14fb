import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { arch, getuid, pid, version } from "node:process";
import type { Script } from "node:vm";

const DAYS_KEPT = 30;
const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Code that V8 has compiled, kept on disk between runs, since compiling the bundles takes longer than
 * linting a file. Node's own cache (22.1 and later) keeps the functions that a script calls as it is
 * loaded, this one also those that were first called later. Nothing here ever fails: without the
 * cache, a run is only slower.
 * https://nodejs.org/docs/latest-v20.x/api/vm.html#scriptcreatecacheddata
 */
export class CodeCache {
  readonly #base: string;
  readonly #directory: string;
  readonly #fresh = new Map<string, Script>();
  #bundlesRead = 0;

  /**
   * Takes the absolute directory that caches of all builds are in, and what tells this build from
   * all others: V8 only looks at how long a source is.
   */
  constructor(base: string, build: string) {
    this.#base = base;
    this.#directory = `${base}/${build}-${version}-${arch}`;
  }

  /** What V8 made of the bundle of that name in an earlier run. Only the user's own files count, since it is code. */
  read(name: string): Buffer | undefined {
    this.#bundlesRead += 1;
    let file: number | undefined;
    try {
      file = openSync(`${this.#directory}/${name}`, "r");
      if (getuid !== undefined && fstatSync(file).uid !== getuid()) return undefined;
      return readFileSync(file);
    } catch {
      return undefined;
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  /** Remembers a script that was compiled in this run, to keep it in the end. */
  add(name: string, script: Script): void {
    this.#fresh.set(name, script);
  }

  /** Keeps what this run has compiled, for as long as the bundle does not change. */
  save(): void {
    // A run that only printed its version has called too few functions to be the one that counts.
    if (this.#fresh.size === 0 || this.#bundlesRead === 1) return;
    try {
      if (mkdirSync(this.#directory, { recursive: true, mode: 0o700 }) !== undefined) {
        this.#removeOld();
      }
      for (const [name, script] of this.#fresh) this.#write(name, script.createCachedData());
    } catch {
      // No home directory, or one that cannot be written to.
    }
  }

  /** V8 runs a damaged file as it is, so that no other run may ever see half of one. */
  #write(name: string, data: Buffer): void {
    const path = `${this.#directory}/${name}`;
    const unfinished = `${path}.${String(pid)}`;
    writeFileSync(unfinished, data, { mode: 0o600, flush: true });
    renameSync(unfinished, path);
  }

  /** Removes what other builds have left long ago; one still in use is made again. */
  #removeOld(): void {
    for (const name of readdirSync(this.#base)) {
      const path = `${this.#base}/${name}`;
      const isOld = Date.now() - statSync(path).mtimeMs > DAYS_KEPT * MILLISECONDS_PER_DAY;
      if (isOld) rmSync(path, { recursive: true });
    }
  }
}
