// Builds `dist/`: the command line as one CommonJS file, which starts faster than modules do, with
// what is rarely needed beside it.
import { rmSync } from "node:fs";
import { build } from "esbuild";

rmSync("dist", { recursive: true, force: true });

const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  legalComments: "linked",
  logLevel: "warning",
};

await Promise.all([
  build({
    ...shared,
    entryPoints: ["src/cli/imdslint.ts"],
    outfile: "dist/imdslint.cjs",
    format: "cjs",
    banner: { js: "#!/usr/bin/env node" },
  }),
  build({
    ...shared,
    entryPoints: { "tolerant-yaml": "src/parsers/yaml/tolerant.ts" },
    outdir: "dist",
    outExtension: { ".js": ".cjs" },
    format: "cjs",
  }),
]);
