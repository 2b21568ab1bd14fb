import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Diagnostic } from "vscode-languageserver-protocol";
import { codes, DemoFolder } from "./demo-folder.js";

let folder: DemoFolder;
beforeEach(() => {
  folder = new DemoFolder();
});
afterEach(() => {
  folder.remove();
});

const isEmpty = ({ length }: readonly Diagnostic[]) => length === 0;
const hasAny = ({ length }: readonly Diagnostic[]) => length > 0;
const hasCode = (code: string) => (found: readonly Diagnostic[]) => codes(found).includes(code);
const lacksCode = (code: string) => (found: readonly Diagnostic[]) => !codes(found).includes(code);

describe("folders", () => {
  const capabilities = { workspace: { workspaceFolders: true } };
  let second = "";
  beforeEach(() => {
    second = mkdtempSync(`${tmpdir()}/imdslint-second-`);
    writeFileSync(`${second}/other.tf`, 'resource "aws_instance" "other" {}\n');
  });
  afterEach(() => {
    rmSync(second, { recursive: true });
  });
  const change = async (event: { added: string[]; removed: string[] }) => {
    const named = (path: string) => ({ uri: pathToFileURL(path).href, name: path });
    await folder.client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
      event: { added: event.added.map(named), removed: event.removed.map(named) },
    });
  };

  test("that are added are looked at, and those that are removed are cleared", async () => {
    const { client, directory } = folder;
    const other = pathToFileURL(`${second}/other.tf`).href;
    await client.start(directory, capabilities);
    await client.diagnosticsWhen(folder.uri("web-fleet.yaml"), hasAny);
    expect(client.pushed.has(other)).toBe(false);
    await change({ added: [second], removed: [] });
    await client.diagnosticsWhen(other, hasCode("require-imdsv2"));
    await change({ added: [], removed: [second] });
    await client.diagnosticsWhen(other, isEmpty);
    expect(client.pushed.get(folder.uri("web-fleet.yaml"))).not.toEqual([]);
  });

  test("that are removed are cleared for who pulls, too", async () => {
    const { client, directory } = folder;
    await client.start(directory, { ...capabilities, textDocument: { diagnostic: {} } });
    const pullAll = async (previousResultIds: readonly { uri: string; value: string }[]) => {
      const { items } = await client.connection.sendRequest<{
        items: { uri: string; kind: string; resultId: string; items?: Diagnostic[] }[];
      }>("workspace/diagnostic", { previousResultIds });
      return items;
    };
    let first = await pullAll([]);
    while (first.length === 0) first = await pullAll([]);
    await change({ added: [second], removed: [directory] });
    const previous = first.map(({ uri, resultId }) => ({ uri, value: resultId }));
    const then = await pullAll(previous);
    expect(then.find(({ uri }) => uri === folder.uri("web-fleet.yaml"))).toMatchObject({
      kind: "full",
      items: [],
    });
  });
});

describe("files that change on disk", () => {
  test("count once they are there, and no longer once they are gone", async () => {
    const { client } = folder;
    await client.start(folder.directory);
    const added = folder.uri("terraform/added.tf");
    await folder.write("terraform/added.tf", 'resource "aws_instance" "added" {}\n');
    await client.diagnosticsWhen(added, hasCode("require-imdsv2"));
    rmSync(`${folder.directory}/terraform/added.tf`);
    await folder.tellOf("terraform/added.tf", 3);
    await client.diagnosticsWhen(added, isEmpty);
  });

  test("are cleared with the directory that held them", async () => {
    const { client } = folder;
    await client.start(folder.directory);
    await client.diagnosticsWhen(folder.uri("terraform/main.tf"), hasAny);
    rmSync(`${folder.directory}/terraform`, { recursive: true });
    await folder.tellOf("terraform", 3);
    await client.diagnosticsWhen(folder.uri("terraform/main.tf"), isEmpty);
  });

  test("give values to variables", async () => {
    const path = "terraform/root.tf";
    const text =
      'variable "tokens" {\n  type = string\n}\nresource "aws_instance" "root" {\n' +
      '  metadata_options {\n    http_endpoint = "enabled"\n    http_tokens   = var.tokens\n  }\n}\n';
    writeFileSync(`${folder.directory}/${path}`, text);
    const { client } = folder;
    await client.start(folder.directory);
    await client.diagnosticsWhen(folder.uri("terraform/main.tf"), hasAny);
    const values = "terraform/terraform.tfvars";
    await folder.write(values, 'tokens = "optional"\n');
    await client.diagnosticsWhen(folder.uri(values), hasCode("require-imdsv2"));
    await folder.write(values, 'tokens = "required"\n');
    await client.diagnosticsWhen(folder.uri(values), isEmpty);
  });

  test("give values to parameters, as configured", async () => {
    const template =
      "Parameters: { Tokens: { Type: String } }\nResources:\n  I:\n    Type: AWS::EC2::Instance\n" +
      "    Properties:\n      MetadataOptions: { HttpTokens: !Ref Tokens }\n";
    mkdirSync(`${folder.directory}/stacks`);
    writeFileSync(`${folder.directory}/stacks/template.yaml`, template);
    const values = (tokens: string) => `{ "Parameters": { "Tokens": "${tokens}" } }\n`;
    writeFileSync(`${folder.directory}/stacks/values.json`, values("required"));
    writeFileSync(
      `${folder.directory}/stacks/imdslint.config.yaml`,
      "parameterFiles: [values.json]\n",
    );
    const { client } = folder;
    await client.start(folder.directory);
    await client.diagnosticsWhen(folder.uri("web-fleet.yaml"), hasAny);
    expect(client.pushed.get(folder.uri("stacks/imdslint.config.yaml")) ?? []).toEqual([]);
    await folder.write("stacks/values.json", values("optional"));
    await client.diagnosticsWhen(folder.uri("stacks/values.json"), hasCode("require-imdsv2"));
  });
});

describe("what is left out", () => {
  test("by an ignore file vanishes, and comes back with it", async () => {
    const { client } = folder;
    const uri = folder.uri("web-fleet.yaml");
    await client.start(folder.directory);
    await client.diagnosticsWhen(uri, hasAny);
    await folder.write(".imdslintignore", "web-fleet.yaml\n");
    await client.diagnosticsWhen(uri, isEmpty);
    await folder.write(".imdslintignore", "\n");
    await client.diagnosticsWhen(uri, hasAny);
  });

  test("stays out when it is opened and edited", async () => {
    const { client } = folder;
    writeFileSync(`${folder.directory}/.imdslintignore`, "web-fleet.yaml\n");
    await client.start(folder.directory);
    const uri = folder.uri("web-fleet.yaml");
    await client.open(uri, folder.read("web-fleet.yaml"));
    await client.change(uri, 2, { text: `${folder.read("web-fleet.yaml")}# end\n` });
    const main = folder.uri("terraform/main.tf");
    const text = folder.read("terraform/main.tf");
    await client.open(main, text.replace('"optional"', '"required"'), "terraform");
    await client.diagnosticsWhen(main, lacksCode("require-imdsv2"));
    expect(client.pushed.get(uri) ?? []).toEqual([]);
  });

  test("by a configuration counts as soon as that says so", async () => {
    const { client } = folder;
    const uri = folder.uri("web-fleet.yaml");
    await client.start(folder.directory);
    await client.diagnosticsWhen(uri, hasAny);
    await folder.write("imdslint.config.yaml", 'ignore: ["*.yaml"]\n');
    await client.diagnosticsWhen(uri, isEmpty);
  });
});

test("a wrong configuration is said where it is written, until it is right", async () => {
  const { client } = folder;
  const uri = folder.uri("imdslint.config.yaml");
  await client.start(folder.directory);
  await folder.write("imdslint.config.yaml", "rules: { require-imdsv2: loud }\n");
  const [wrong] = await client.diagnosticsWhen(uri, hasAny);
  expect(wrong).toMatchObject({ source: "imdslint", range: { start: { line: 0, character: 25 } } });
  await folder.write("imdslint.config.yaml", "rules: { require-imdsv2: note }\n");
  await client.diagnosticsWhen(uri, isEmpty);
});

test("the first look is told of, also where the client changes its mind", async () => {
  const { client } = folder;
  const kinds: string[] = [];
  let isRefused = false;
  client.connection.onRequest("window/workDoneProgress/create", () => {
    if (isRefused) throw new Error("no progress here");
    return null;
  });
  client.connection.onNotification("$/progress", ({ value }: { value: { kind: string } }) => {
    kinds.push(value.kind);
  });
  await client.start(folder.directory, { window: { workDoneProgress: true } });
  await client.diagnosticsWhen(folder.uri("web-fleet.yaml"), hasAny);
  await client.diagnosticsWhen(folder.uri("terraform/main.tf"), hasAny);
  isRefused = true;
  await folder.write(".imdslintignore", "web-fleet.yaml\n");
  await client.diagnosticsWhen(folder.uri("web-fleet.yaml"), isEmpty);
  expect(kinds).toEqual(["begin", "report", "end"]);
});

test("settings are asked for, and counted again once the client says that they changed", async () => {
  const { client } = folder;
  const registered: string[] = [];
  let showOpen = false;
  client.connection.onRequest("workspace/configuration", () => [{ showOpen }]);
  client.connection.onRequest(
    "client/registerCapability",
    ({ registrations }: { registrations: { method: string }[] }) => {
      registered.push(...registrations.map(({ method }) => method));
      return null;
    },
  );
  await client.start(folder.directory, {
    workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
  });
  const uri = folder.uri("web-fleet.yaml");
  const found = await client.diagnosticsWhen(uri, hasAny);
  expect(registered).toContain("workspace/didChangeConfiguration");
  showOpen = true;
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await client.diagnosticsWhen(uri, ({ length }) => length > found.length);
});
