import { basename, join } from "pathe";
import type { FileSystem } from "../../source/file-system.js";

/** Where a construct was created, as a stack trace says. */
export interface TracedPlace {
  /** Absolute, on the machine that synthesised. */
  readonly path: string;
  /** One-based. */
  readonly line: number;
  /** One-based; absent where only the line is known. */
  readonly column?: number;
}

/** A construct, as the assembly's metadata has it. */
export interface TracedConstruct {
  /** Without the slash in front: `Web/Fleet/Resource`. */
  readonly path: string;
  /** The calls in the app's own code that led to it, the innermost first. */
  readonly calls: readonly TracedPlace[];
}

/**
 * A directory that the CDK has synthesised: which template each construct went to, and where the app
 * created it. Nested assemblies are directories of their own.
 * https://github.com/aws/aws-cdk/blob/main/packages/@aws-cdk/cloud-assembly-schema/lib/manifest.ts
 */
export class CloudAssembly {
  readonly #directory: string;
  readonly #fileSystem: FileSystem;
  /** By the template's name, then by logical ID. */
  readonly #constructs = new Map<string, Map<string, TracedConstruct>>();
  /** The names of nested stacks' templates, by construct path with a slash in front. */
  readonly #nestedTemplates = new Map<string, string>();
  #assets: ReadonlyMap<string, string> | undefined;

  private constructor(directory: string, fileSystem: FileSystem, artifacts: JsonObject) {
    this.#directory = directory;
    this.#fileSystem = fileSystem;
    for (const artifact of Object.values(artifacts)) this.#readArtifact(artifact);
  }

  /** The assembly in a directory; undefined where there is none. Never throws. */
  static read(directory: string, fileSystem: FileSystem): CloudAssembly | undefined {
    const manifest = readJson(join(directory, "manifest.json"), fileSystem);
    const artifacts = objectIn(manifest, "artifacts");
    if (artifacts === undefined || textIn(manifest, "version") === undefined) return undefined;
    return new CloudAssembly(directory, fileSystem, artifacts);
  }

  /** The construct that a resource of a template was synthesised from. */
  constructOf(templatePath: string, logicalId: string): TracedConstruct | undefined {
    return this.#constructs.get(basename(templatePath))?.get(logicalId);
  }

  /**
   * The name of the template of a nested stack whose resource stands in another template. Equal
   * templates are uploaded once, so that what is uploaded does not tell.
   */
  nestedTemplateOf(templatePath: string, logicalId: string): string | undefined {
    const path = this.constructOf(templatePath, logicalId)?.path ?? "";
    const [, stack] = /^(.*)\.NestedStack\/[^/]+\.NestedStackResource$/.exec(path) ?? [];
    return stack === undefined ? undefined : this.#nestedTemplates.get(`/${stack}`);
  }

  /** The path of the file that is uploaded under a name, which is a hash of it. */
  assetPath(hash: string): string | undefined {
    this.#assets ??= this.#readAssets();
    return this.#assets.get(hash);
  }

  #readArtifact(artifact: unknown): void {
    const template = textIn(objectIn(artifact, "properties"), "templateFile");
    if (template === undefined) return;
    const additional = textIn(artifact, "additionalMetadataFile");
    const metadata = {
      ...objectIn(artifact, "metadata"),
      ...(additional === undefined
        ? {}
        : asObject(readJson(join(this.#directory, additional), this.#fileSystem))),
    };
    const nested = nestedTemplates(metadata);
    for (const [stack, name] of nested) this.#nestedTemplates.set(stack, name);
    for (const [path, entries] of Object.entries(metadata)) {
      const logicalId = textIn(entryOfType(entries, "aws:cdk:logicalId"), "data");
      if (logicalId === undefined) continue;
      const name = nested.find(([stack]) => path.startsWith(`${stack}/`))?.[1] ?? template;
      const constructs = this.#constructs.get(name) ?? new Map<string, TracedConstruct>();
      this.#constructs.set(name, constructs);
      constructs.set(logicalId, { path: path.replace(/^\//, ""), calls: callsIn(entries) });
    }
  }

  #readAssets(): ReadonlyMap<string, string> {
    const assets = new Map<string, string>();
    for (const { name, kind } of this.#fileSystem.list(this.#directory)) {
      if (kind !== "file" || !name.endsWith(".assets.json")) continue;
      const files = objectIn(readJson(join(this.#directory, name), this.#fileSystem), "files");
      for (const [hash, file] of Object.entries(files ?? {})) {
        const path = textIn(objectIn(file, "source"), "path");
        if (path !== undefined) assets.set(hash, path);
      }
    }
    return assets;
  }
}

/** The stacks that have templates of their own, by construct path, the innermost first. */
function nestedTemplates(metadata: JsonObject): readonly (readonly [string, string])[] {
  return Object.entries(metadata)
    .flatMap(([path, entries]) => {
      const name = textIn(entryOfType(entries, "aws:cdk:templateFile"), "data");
      return name === undefined ? [] : [[path, name] as const];
    })
    .sort(([left], [right]) => right.length - left.length);
}

/** Older versions trace the logical ID, newer ones the creation. */
function callsIn(entries: unknown): readonly TracedPlace[] {
  const calls = ownCalls(asObject(entryOfType(entries, "aws:cdk:logicalId"))?.["trace"]);
  if (calls.length > 0) return calls;
  return ownCalls(asObject(entryOfType(entries, "aws:cdk:creationStack"))?.["data"]);
}

/** The frames in the app's own code. */
function ownCalls(frames: unknown): readonly TracedPlace[] {
  if (!Array.isArray(frames)) return [];
  return frames.flatMap((frame: unknown) => (typeof frame === "string" ? ownCall(frame) : []));
}

function ownCall(frame: string): readonly TracedPlace[] {
  const match =
    /(?:^|\(|\s)(?:file:\/\/)?(\/[^()]*?|[A-Za-z]:[^()]*?):(\d+)(?::(\d+))?(?:\)|$|\s)/.exec(frame);
  const [, path = "", line, column] = match ?? [];
  if (match === null || path.includes("/node_modules/")) return [];
  const place = { path: path.replaceAll("\\", "/"), line: Number(line) };
  return [column === undefined ? place : { ...place, column: Number(column) }];
}

type JsonObject = Readonly<Record<string, unknown>>;

function readJson(path: string, fileSystem: FileSystem): unknown {
  const input = fileSystem.read(path);
  if ("error" in input) return undefined;
  try {
    return JSON.parse(input.text);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): JsonObject | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as JsonObject) : undefined;
}

function objectIn(value: unknown, key: string): JsonObject | undefined {
  return asObject(asObject(value)?.[key]);
}

function textIn(value: unknown, key: string): string | undefined {
  const text = asObject(value)?.[key];
  return typeof text === "string" ? text : undefined;
}

function entryOfType(entries: unknown, type: string): unknown {
  if (!Array.isArray(entries)) return undefined;
  return entries.find((entry: unknown) => textIn(entry, "type") === type);
}
