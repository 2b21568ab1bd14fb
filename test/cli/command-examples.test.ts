import { describe, expect, test } from "vitest";
import { commandExamples } from "../../src/cli/command-examples.js";
import { parseArguments } from "../../src/cli/options.js";
import { rules } from "../../src/rules/index.js";

describe("the examples of the help", () => {
  test.each(
    Object.entries(commandExamples).flatMap(([command, examples]) =>
      examples.map(({ line }) => [command, line] as const),
    ),
  )("%s %s is understood", (command, line) => {
    const words = line.split(" ").filter((word) => word !== "");
    const redirection = words.indexOf(">");
    const own = redirection === -1 ? words : words.slice(0, redirection);
    const request = parseArguments(command === "lint" ? own : [command, ...own], "1.0.0");
    expect(request).toMatchObject({ command });
  });

  test("explain rules that are there", () => {
    const [{ line } = { line: "" }] = commandExamples.explain;
    expect(rules.map(({ id }) => id)).toContain(line);
  });
});
