import type { BuildResult } from "esbuild";

export function buildCommandLine(): Promise<readonly BuildResult[]>;
