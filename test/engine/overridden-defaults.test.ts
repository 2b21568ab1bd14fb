import { expect, test } from "vitest";
import { lintTexts } from "../lint-files.js";

/** What `require-imdsv2` says of an instance beside other resources. */
function messages(instance: string, others: string): readonly string[] {
  const text = `${others}
resource "aws_instance" "web" {
  instance_type = "t3.micro"
${instance}
}
`;
  const { findings } = lintTexts({ "/p/main.tf": text });
  return findings.filter(({ ruleId }) => ruleId === "require-imdsv2").map(({ message }) => message);
}

const account = (tokens: string) =>
  `resource "aws_ec2_instance_metadata_defaults" "this" {\n  http_tokens = "${tokens}"\n}\n`;

const image = 'resource "aws_ami" "new" {\n  name = "new"\n  imds_support = "v2.0"\n}\n';

const optional = 'metadata_options {\n  http_endpoint = "enabled"\n  http_tokens = "optional"\n}';

test("tokens that are optional by what is written override a safe account default", () => {
  expect(messages(`ami = "ami-1"\n${optional}`, account("required"))).toEqual([
    expect.stringContaining(
      'which overrides the "required" of aws_ec2_instance_metadata_defaults.this',
    ),
  ]);
});

test("they override the image, too, unless the account has a default, which beats the image", () => {
  const ofImage = `ami = aws_ami.new.id\n${optional}`;
  const overridden = expect.stringContaining("which overrides the v2.0 of aws_ami.new") as string;
  expect(messages(ofImage, image)).toEqual([overridden]);
  expect(messages(ofImage, image + account("no-preference"))).toEqual([overridden]);
  expect(messages(ofImage, image + account("optional"))).toEqual([
    expect.not.stringContaining("overrides"),
  ]);
});

test("what says nothing overrides nothing", () => {
  const [byAccount] = messages("ami = aws_ami.new.id", image + account("optional"));
  expect(byAccount).not.toContain("overrides");
  expect(messages("ami = aws_ami.new.id", image)).toEqual([]);
});
