import { describe, expect, test } from "vitest";
import { lintTexts } from "../lint-files.js";

const called = `
variable "tokens" {
  default = "optional"
}
resource "aws_instance" "web" {
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = var.tokens
  }
}
`;

describe("a called module is judged through its caller, however the path is written", () => {
  test.each(["./web", "./web/", "./other/../web", ".//web", "../root/web/"])("%s", (source) => {
    const { findings, coverage } = lintTexts({
      "/tree/root/main.tf": `module "web" {\n  source = "${source}"\n  tokens = "required"\n}\n`,
      "/tree/root/web/main.tf": called,
    });
    expect(findings).toEqual([]);
    expect(coverage).toMatchObject({ terraformModules: 2, skipped: [] });
  });
});
