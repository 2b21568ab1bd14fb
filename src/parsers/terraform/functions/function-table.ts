import type { TerraformFunction } from "./terraform-function.js";

/** Functions of one family by their names. */
export type FunctionTable = Readonly<Record<string, TerraformFunction>>;
