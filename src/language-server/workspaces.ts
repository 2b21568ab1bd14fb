import { dirname } from "pathe";
import { gitTopLevel } from "../node/git-top-level.js";
import { Workspace, type WorkspaceContext } from "./workspace.js";

/** The folders that the client has open, and those of files that it opens besides. */
export class Workspaces {
  readonly #context: WorkspaceContext;
  readonly #byDirectory = new Map<string, Workspace>();

  constructor(context: WorkspaceContext) {
    this.#context = context;
  }

  get all(): readonly Workspace[] {
    return [...this.#byDirectory.values()];
  }

  /** The workspace of a folder, new if need be; undefined for what is no folder on this machine. */
  add(directory: string | undefined): Workspace | undefined {
    if (directory === undefined) return undefined;
    const path = directory.length > 1 ? directory.replace(/\/$/, "") : directory;
    let workspace = this.#byDirectory.get(path);
    if (workspace === undefined) {
      workspace = new Workspace(path, this.#context);
      this.#byDirectory.set(path, workspace);
    }
    return workspace;
  }

  /** Forgets a folder, and gives what it was. */
  remove(directory: string | undefined): Workspace | undefined {
    const path = directory?.replace(/(?<=.)\/$/, "") ?? "";
    const workspace = this.#byDirectory.get(path);
    this.#byDirectory.delete(path);
    return workspace;
  }

  /** The innermost folder that holds a file, else that of its repository or its own. */
  holding(path: string): Workspace {
    const [nearest] = this.all
      .filter((workspace) => workspace.holds(path))
      .sort((left, right) => right.directory.length - left.directory.length);
    if (nearest !== undefined) return nearest;
    const directory = dirname(path);
    const own = gitTopLevel(directory) ?? directory;
    return this.add(own) ?? new Workspace(own, this.#context);
  }
}
