/** A public module over all its releases. */
export interface CatalogueModule {
  /** Where its source is kept on GitHub: `owner/name`. */
  readonly repository: string;
  /** Who owned it before: its address and its repository had this name in front. */
  readonly formerOwner?: string;
  /** The releases in ascending order, separated by blanks. Further below they go by their position. */
  readonly versions: string;
  /** The first ten digits of each release's commit, separated by blanks. */
  readonly commits: string;
  /** What can be called in it, by path from its top, which is `""`. */
  readonly directories: Readonly<Record<string, CatalogueDirectory>>;
}

/** A directory that can be called as a module. */
export interface CatalogueDirectory {
  readonly ranges: readonly CatalogueRange[];
  /** Which releases have an input, by its name: `0-17 20-22`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Which releases insist on an input. */
  readonly required: Readonly<Record<string, string>>;
}

/** Consecutive releases that launch the same from the same inputs. */
export interface CatalogueRange {
  readonly from: number;
  readonly to: number;
  /** The commit of the release that was evaluated with all kinds of inputs; the others behave alike. */
  readonly commit: string;
  /**
   * A module of our own, in Terraform's language, that launches the same from the same inputs, by
   * directory. Empty where that could not be found out.
   */
  readonly files: Readonly<Record<string, string>>;
}

/** Public modules by their address in the registry: `terraform-aws-modules/eks/aws`. */
export type ModuleCatalogue = Readonly<Record<string, CatalogueModule>>;

/** Fetches the catalogue, which few runs need. */
export type LoadModuleCatalogue = () => ModuleCatalogue;
