import { enableCompileCache } from "./compile-cache.js";
import { main } from "./main.js";

enableCompileCache();

// In a file of its own, which is loaded only now, so that the compile cache already serves it.
void main(process.argv.slice(2));
