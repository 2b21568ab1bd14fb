import { enableCompileCache } from "./compile-cache.js";

enableCompileCache();

// Loaded only now, so that the compile cache already serves it.
void import("./main.js").then(({ main }) => main(process.argv.slice(2)));
