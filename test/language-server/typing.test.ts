import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Diagnostic } from "vscode-languageserver-protocol";
import { DemoFolder } from "./demo-folder.js";

const files: Readonly<Record<string, string>> = {
  "typed.yaml": `Parameters:
  Environment: { Type: String, Default: test }
Resources:
  First:
    Type: AWS::EC2::Instance
    Properties:
      MetadataOptions:
        HttpTokens: optional
  Second:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        UserData: !Base64 |
          #!/bin/sh
          echo "$(date): done"
        MetadataOptions: { HttpTokens: required, HttpEndpoint: 'enabled' }
        InstanceType: !Sub "t3.\${Environment}"
  # The last one.
  Third:
    Type: "AWS::EC2::Instance"
    Condition: Always
`,
  "typed.tf": `variable "tokens" {
  default = "optional"
}

resource "aws_instance" "first" {
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = var.tokens
  }
}

resource "aws_instance" "second" {
  user_data = <<-EOT
    #!/bin/sh
    echo "\${var.tokens}"
  EOT

  tags = { Name = "second", "a-b" = [for n in ["x"] : upper(n)] }

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }
}
`,
  "typed.json": `{
  "Resources": {
    "First": {
      "Type": "AWS::EC2::Instance",
      "Properties": { "MetadataOptions": { "HttpTokens": "optional" } }
    },
    "Second": {
      "Type": "AWS::EC2::Instance",
      "Properties": {
        "Tags": [{ "Key": "Name", "Value": "a\\"b" }],
        "MetadataOptions": { "HttpTokens": "required" }
      }
    }
  }
}
`,
};

/** Where in each file the first resource is finished, whose finding must not come and go afterwards. */
const finished: Readonly<Record<string, readonly [string, string]>> = {
  "typed.yaml": ["optional\n", "optional\n"],
  "typed.tf": ['resource "aws_instance" "second"', '"optional"'],
  "typed.json": ["    },\n", '"optional"'],
};

let folder: DemoFolder;
beforeEach(() => {
  folder = new DemoFolder();
});
afterEach(() => {
  folder.remove();
});

describe("a file that is typed key by key", () => {
  test.each(Object.keys(files))("%s: what is above, and in other files, stays", async (path) => {
    const text = files[path] ?? "";
    const [end, value] = finished[path] ?? ["", ""];
    const { client } = folder;
    await client.start(folder.directory, { textDocument: { diagnostic: {} } });
    const pull = async (uri: string) => {
      const { items } = await client.connection.sendRequest<{ items: Diagnostic[] }>(
        "textDocument/diagnostic",
        { textDocument: { uri } },
      );
      return items;
    };
    const others = [folder.uri("web-fleet.yaml"), folder.uri("terraform/main.tf")];
    const before = await Promise.all(others.map(pull));
    const uri = folder.uri(path);
    await client.open(uri, "", "plaintext");
    const firstEnd = text.indexOf(end) + end.length;
    const line = text.slice(0, text.indexOf(value)).split("\n").length - 1;
    const lost: string[] = [];
    for (let length = 1; length <= text.length; length += 1) {
      const at = text.slice(0, length - 1).split("\n");
      const position = { line: at.length - 1, character: at.at(-1)?.length ?? 0 };
      const change = { range: { start: position, end: position }, text: text[length - 1] ?? "" };
      await client.change(uri, length + 1, change);
      const found = await pull(uri);
      const isThere = found.some(
        ({ code, range }) => code === "require-imdsv2" && range.start.line === line,
      );
      if (length > firstEnd && !isThere) lost.push(text.slice(firstEnd, length));
      if (length % 20 === 0) expect(await Promise.all(others.map(pull))).toEqual(before);
    }
    expect(lost).toEqual([]);
    expect((await pull(uri)).filter(({ code }) => code === "syntax")).toEqual([]);
  });
});
