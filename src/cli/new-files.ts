import { DEFAULT_BASELINE } from "./default-baseline.js";

/** What `imdslint init` has found out about a repository. */
export interface Found {
  readonly hasCloudFormation: boolean;
  readonly hasTerraform: boolean;
  readonly hasCdk: boolean;
  /** Files of variables that Terraform does not read by itself, relative to the top. */
  readonly variableFiles: readonly string[];
  /** Whether the known findings of `imdslint baseline write` lie at the top. */
  readonly hasBaseline: boolean;
  /** Whether another CI system than GitHub Actions is set up. */
  readonly usesOtherCi: boolean;
}

/** A file to write, relative to the repository's top. */
export interface NewFile {
  readonly path: string;
  /** Other names under which it may be there. */
  readonly alternatives?: readonly string[];
  readonly text: string;
  /** What somebody may want to add where the file is there. */
  readonly toAdd?: string;
}

/** The files that a repository needs for `imdslint` of that version to run on each change. */
export function newFiles(found: Found, version: string): readonly NewFile[] {
  return [
    {
      path: "imdslint.config.yaml",
      alternatives: ["imdslint.config.yml", "imdslint.config.json"],
      text: configuration(found, version),
    },
    {
      path: ".pre-commit-config.yaml",
      text: `repos:\n${hook(version)}`,
      toAdd: hook(version),
    },
    ...(found.usesOtherCi
      ? []
      : [{ path: ".github/workflows/imdslint.yml", text: workflow(found, version) }]),
  ];
}

function configuration(found: Found, version: string): string {
  const { hasTerraform, hasCloudFormation, hasBaseline, variableFiles } = found;
  const [example = "production.tfvars"] = variableFiles;
  const terraform = `
# What is passed with -var-file and -var when this is deployed:
# varFiles: [${JSON.stringify(example)}]
# variables: { environment: production }
`;
  const cloudFormation = `
# Where this is deployed to, and with which values for parameters:
# region: us-east-1
# parameters: { Environment: production }
`;
  return `# yaml-language-server: $schema=https://unpkg.com/imdslint@${version}/docs/config.schema.json
presets: recommended
failOn: warning

# Files that are not judged, as in .gitignore:
ignore: []

# What imdslint baseline write found, which is muted from then on:
${hasBaseline ? "" : "# "}baseline: ${DEFAULT_BASELINE}
${hasTerraform ? terraform : ""}${hasCloudFormation ? cloudFormation : ""}`;
}

/** https://pre-commit.com/#repository-local-hooks */
function hook(version: string): string {
  return `  - repo: local
    hooks:
      - id: imdslint
        name: imdslint
        entry: imdslint --force-exclude
        language: node
        additional_dependencies: ["imdslint@${version}"]
        files: '(?i)(\\.(ya?ml|json|template|tf|tofu|tfvars)|(^|/)\\.ebextensions/[^/]+\\.config)$'
        exclude: '(^|/)(\\.terraform|node_modules|cdk\\.out/asset\\.)'
        require_serial: true
`;
}

/**
 * Uploading needs to read the run in private repositories.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/uploading-a-sarif-file-to-github
 */
function workflow({ hasCdk }: Found, version: string): string {
  const synthesize = hasCdk
    ? `      - run: npm ci
      - run: npx cdk synth --quiet --debug
`
    : "";
  const paths = hasCdk ? ". cdk.out" : ".";
  return `name: imdslint
on:
  push:
    branches: [main, master]
  pull_request:
permissions:
  actions: read
  contents: read
  security-events: write
jobs:
  imdslint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
${synthesize}      - run: npx --yes imdslint@${version} ${paths} --format text --format sarif=imdslint.sarif
      - uses: github/codeql-action/upload-sarif@v3
        if: always()
        with:
          sarif_file: imdslint.sarif
`;
}
