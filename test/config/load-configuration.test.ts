import { describe, expect, test } from "vitest";
import type { Configuration } from "../../src/config/configuration.js";
import { loadFromTexts } from "./load-from-texts.js";

const path = "/tree/imdslint.config.yaml";

function load(text: string, others: Readonly<Record<string, string>> = {}): Configuration {
  const { configuration, errors } = loadFromTexts(path, { ...others, [path]: text });
  expect(errors).toEqual([]);
  if (configuration === undefined) throw new Error("there is no configuration");
  return configuration;
}

function severities(configuration: Configuration, file: string): Readonly<Record<string, unknown>> {
  const rules = [...configuration.rulesFor(file)];
  return Object.fromEntries(rules.map(([id, { severity }]) => [id, severity?.value]));
}

describe("a configuration", () => {
  test("reads YAML 1.2, in which off is a text, and takes merge keys and aliases", () => {
    const { settings } = load(`
rules: &rules
  require-imdsv2: off
overrides:
  - files: a.yaml
    rules: { <<: *rules, tokens-need-endpoint: "off" }
`);
    expect(settings.rules.get("require-imdsv2")?.severity?.value).toBe("off");
    const [override] = settings.overrides;
    expect([...(override?.rules.keys() ?? [])].sort()).toEqual([
      "require-imdsv2",
      "tokens-need-endpoint",
    ]);
  });

  test("may be empty, but one document only", () => {
    expect(load("").settings.rules.size).toBe(0);
    expect(loadFromTexts(path, { [path]: "failOn: note\n---\nfailOn: error\n" }).errors).toEqual([
      `${path}:3:1: a configuration is one document`,
    ]);
    expect(loadFromTexts(path, { [path]: "- failOn\n" }).errors).toEqual([
      `${path}:1:1: a configuration must be a mapping`,
    ]);
  });

  test("keeps what is set where", () => {
    const { settings } = load(
      'rules:\n  require-imdsv2:\n    severity: note\naccount: "1"\n'.replace(
        '"1"',
        '"000000000001"',
      ),
    );
    const { severity } = settings.rules.get("require-imdsv2") ?? {};
    expect(severity?.location).toEqual({ path, range: { start: 29, end: 37 } });
    expect(settings.account?.value).toBe("000000000001");
  });

  test("is none in a package.json that has no such key", () => {
    const at = "/tree/package.json";
    const none = loadFromTexts(at, { [at]: '{ "devDependencies": { "imdslint": "1" } }' });
    expect(none).toEqual({ configuration: undefined, errors: [] });
    const one = loadFromTexts(at, { [at]: '{ "imdslint": { "failOn": "bad" } }' });
    expect(one.errors).toEqual([`${at}:1:27: failOn cannot be "bad", but error, warning or note`]);
  });

  test("is never half used: whatever is wrong, there is none", () => {
    const { configuration, errors } = loadFromTexts(path, {
      [path]: "extends: base.yaml\nfailOn: note\n",
      "/tree/base.yaml": "failOn: all\n",
    });
    expect(configuration).toBeUndefined();
    expect(errors.length).toBe(1);
  });

  test("survives names of Object.prototype", () => {
    const { errors } = loadFromTexts(path, {
      [path]: "__proto__: { a: 1 }\nconstructor: 1\nrules: { toString: off }\n",
    });
    expect(errors.map((error) => error.replace(/;.*/, ""))).toEqual([
      `${path}:1:1: there is no key __proto__`,
      `${path}:2:1: there is no key constructor`,
      `${path}:3:10: there is no rule toString`,
    ]);
  });
});

describe("extends", () => {
  test("lays what is said here over the others, the last of them first", () => {
    const { settings, files } = load(
      "extends: [a.yaml, sub/b.yaml]\nfailOn: error\nvariables: { two: here }\nvarFiles: [c.tfvars]\n",
      {
        "/tree/a.yaml":
          "failOn: note\nregion: eu-west-1\nvariables: { one: a, two: a }\nvarFiles: [a.tfvars]\n",
        "/tree/sub/b.yaml":
          "extends: ../a.yaml\nregion: us-east-1\nvariables: { one: b }\nvarFiles: [b.tfvars]\n",
      },
    );
    expect(settings.failOn?.value).toBe("error");
    expect(settings.region?.value).toBe("us-east-1");
    expect([...settings.variables].map(([name, { value }]) => [name, value])).toEqual([
      ["one", "b"],
      ["two", "here"],
    ]);
    expect(settings.varFiles.map(({ value }) => value)).toEqual([
      "/tree/a.tfvars",
      "/tree/a.tfvars",
      "/tree/sub/b.tfvars",
      "/tree/c.tfvars",
    ]);
    expect([...files.keys()].at(-1)).toBe(path);
  });

  test("sets a rule's severity and its options apart", () => {
    const { settings } = load("extends: a.yaml\nrules: { require-imdsv2: { severity: note } }\n", {
      "/tree/a.yaml": "rules: { require-imdsv2: error, tokens-need-endpoint: off }\n",
    });
    expect(settings.rules.get("require-imdsv2")?.severity?.value).toBe("note");
    expect(settings.rules.get("tokens-need-endpoint")?.severity?.value).toBe("off");
  });

  test("lets patterns count where they stand if that is above, else where they are used", () => {
    const texts = {
      "/tree/imdslint.config.yaml": "ignore: [web/old.yaml]\n",
      "/tree/shared/base.yaml": "ignore: [drafts/]\n",
      "/tree/web/imdslint.config.yaml":
        "extends: [../imdslint.config.yaml, ../shared/base.yaml]\nignore: [new.yaml]\n",
    };
    const { configuration } = loadFromTexts("/tree/web/imdslint.config.yaml", texts);
    const ignored = ["old.yaml", "new.yaml", "drafts/x.yaml", "kept.yaml"].filter(
      (name) => configuration?.ignores(`/tree/web/${name}`) === true,
    );
    expect(ignored).toEqual(["old.yaml", "new.yaml", "drafts/x.yaml"]);
    expect(configuration?.ignores("/tree/new.yaml")).toBeUndefined();
  });

  test("finds circles, and what is not there", () => {
    const { errors } = loadFromTexts(path, {
      [path]: "extends: [./imdslint.config.yaml, no.yaml, a.yaml]\n",
      "/tree/a.yaml": "extends: b.yaml\n",
      "/tree/b.yaml": "extends: a.yaml\n",
    });
    expect(errors).toEqual([
      `${path}:1:11: ./imdslint.config.yaml extends this configuration in turn`,
      `${path}:1:35: cannot extend no.yaml: there is no such file`,
      "/tree/b.yaml:1:1: a.yaml extends this configuration in turn",
    ]);
  });

  test("names what cannot be extended as it is written", () => {
    const path = "/tree/imdslint.config.json";
    const { errors } = loadFromTexts(path, { [path]: '{"extends": ["lib/a.yaml", "@acme/b"]}' });
    expect(errors).toEqual([
      `${path}:1:14: cannot extend lib/a.yaml: there is no such file`,
      `${path}:1:28: cannot extend @acme/b: there is no such file`,
    ]);
  });

  test("reads nothing outside the repository", () => {
    const { errors } = loadFromTexts(path, {
      [path]: "extends: ../secret.yaml\n",
      "/secret.yaml": "password: 1\n",
    });
    expect(errors).toEqual([
      `${path}:1:1: ../secret.yaml lies outside the repository, where no configuration may reach`,
    ]);
  });
});

describe("presets", () => {
  const offByDefault = "explicit-tokens";

  test.each([
    ["recommended", "off", "error"],
    ["strict", "note", "error"],
    ["all", "note", "error"],
  ])("%s", (name, off, severity) => {
    const set = severities(load(`presets: ${name}\n`), "/tree/a.yaml");
    expect([set[offByDefault], set["require-imdsv2"]]).toEqual([off, severity]);
  });

  test("stand below what is said beside them, and above what is extended", () => {
    const set = severities(
      load("extends: a.yaml\npresets: [strict]\nrules: { require-imdsv2: off }\n", {
        "/tree/a.yaml": "rules: { explicit-tokens: error, require-imdsv2: error }\n",
      }),
      "/tree/a.yaml",
    );
    expect([set[offByDefault], set["require-imdsv2"]]).toEqual(["note", "off"]);
  });
});

test("overrides count for the files they name, the last of them most", () => {
  const configuration = load(`
rules: { require-imdsv2: warning }
overrides:
  - files: [legacy/, "*.old.yaml"]
    rules: { require-imdsv2: off, tokens-need-endpoint: off }
  - files: legacy/main.yaml
    rules: { require-imdsv2: note }
`);
  const of = (file: string) => severities(configuration, `/tree/${file}`);
  expect(of("main.yaml")).toEqual({ "require-imdsv2": "warning" });
  expect(of("a/b.old.yaml")).toEqual({ "require-imdsv2": "off", "tokens-need-endpoint": "off" });
  expect(of("legacy/main.yaml")).toEqual({
    "require-imdsv2": "note",
    "tokens-need-endpoint": "off",
  });
  expect(of("../elsewhere/legacy/main.yaml")).toEqual({ "require-imdsv2": "warning" });
  expect(configuration.rulesFor("/tree/legacy/a")).toBe(configuration.rulesFor("/tree/legacy/b"));
});
