import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: "test/property-seed.ts",
    globalSetup: "test/build-command-line.ts",
    testTimeout: 30_000,
    pool: "threads",
    // Loading the sources anew for every file took as long as the tests; no test changes a module's state.
    isolate: false,
    maxWorkers: "100%",
  },
});
