import { type AwsBlock, awsBlockOf } from "../../data/aws-attributes.js";
import type { Evaluated, EvaluatedMap, EvaluatedUnknown } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import { and, type Ternary } from "../../values/ternary.js";
import { unset } from "../../values/value.js";
import type { Resource } from "../resource.js";
import { evaluateBlock } from "./blocks.js";
import { CatalogueFile } from "./catalogue-file.js";
import { archiveFileType, packedDirectory } from "./data-sources/archive-file.js";
import { cloudInitParts, cloudInitTypes } from "./data-sources/cloud-init.js";
import {
  policyAttribute,
  policyDocumentType,
  policyLayouts,
} from "./data-sources/policy-attribute.js";
import { foundLaunchTemplate, launchTemplateType } from "./data-sources/launch-template.js";
import { readIgnoredChanges } from "./ignored-changes.js";
import { lazily } from "./lazy-entry.js";
import { allInstances, linkTo, wholeInstance } from "./links.js";
import type { Declaration } from "./module.js";
import { deployedTo, type FindProvider } from "./providers.js";
import { readAttribute } from "./resource-attributes.js";
import { anyInstance, type InstanceSuffix, Repetition } from "./repetition.js";
import { repeatedValue } from "./repeated-value.js";
import type { ReferencedBlock, Scope } from "./scope.js";
import { anyType } from "./type-constraint.js";

/**
 * What Terraform reads itself in resources and data sources.
 * https://developer.hashicorp.com/terraform/language/resources/syntax#meta-arguments
 */
const metaNames: ReadonlySet<string> = new Set([
  "count",
  "for_each",
  "depends_on",
  "provider",
  "lifecycle",
  "connection",
  "provisioner",
]);

/** What whatever exists has, so that a module which is given it need not be asked what null would do. */
const neverNull: ReadonlySet<string> = new Set([
  "id",
  "arn",
  "name",
  "latest_version",
  "default_version",
]);

/** A `resource` or `data` block of one module instance, with all instances it makes. */
export class ResourceBlock implements ReferencedBlock {
  readonly declaration: Declaration;
  /** Without instance key: `module.web.aws_instance.this`. */
  readonly address: string;
  readonly managedType?: string;
  readonly #repetition: Repetition;
  readonly #scope: Scope;
  readonly #moduleExists: () => Ternary;
  readonly #findProvider: FindProvider;
  readonly #properties = new Map<InstanceSuffix, EvaluatedMap>();
  readonly #computedTexts = new Map<string, () => Evaluated>();

  /** `scope` and `findProvider` are the module instance's, `moduleExists` says whether that is there. */
  constructor(
    declaration: Declaration,
    address: string,
    scope: Scope,
    moduleExists: () => Ternary,
    findProvider: FindProvider,
  ) {
    this.#findProvider = findProvider;
    this.declaration = declaration;
    this.address = address;
    this.#repetition = new Repetition(declaration, address, scope);
    this.#scope = scope;
    this.#moduleExists = moduleExists;
    const [type] = declaration.labels;
    if (declaration.type === "resource" && type !== undefined) this.managedType = type;
    scope.context.addBlock(this);
  }

  /** The managed resources that it makes in one scenario or another. */
  resources(): readonly Resource[] {
    return this.#repetition.allSuffixes().map((suffix) => this.#resource(suffix));
  }

  /** What the block's address stands for: a resource, or a list or map of them. */
  reference(use: Origin): Evaluated {
    return repeatedValue(
      this.#repetition.current(),
      (suffix) => linkTo(`${this.address}${suffix}`, wholeInstance, use),
      () => linkTo(this.address, allInstances, use),
      use,
    );
  }

  allSuffixes(): readonly InstanceSuffix[] {
    return this.#repetition.allSuffixes();
  }

  /** The instance of that key where it cannot be known which there are. */
  elementOf(key: string | number, use: Origin): Evaluated {
    const suffix = `[${JSON.stringify(key)}]`;
    const isThere = this.#repetition.allSuffixes().includes(suffix);
    return linkTo(`${this.address}${isThere ? suffix : anyInstance}`, wholeInstance, use);
  }

  /** An attribute of one instance: what is written, else what the provider or only deploying makes of it. */
  attribute(suffix: InstanceSuffix, name: string, use: Origin): Evaluated {
    const address = `${this.address}${suffix}`;
    const found = this.#foundTemplate(suffix);
    if (found !== undefined) return this.#scope.context.resourceAttribute(found, name, use);
    const computed = this.#computedAttribute(suffix, name, use);
    if (computed !== undefined) return computed;
    const properties = this.#propertiesOf(suffix).entries;
    if (this.managedType === "terraform_data" && name === "output") {
      // https://developer.hashicorp.com/terraform/language/resources/terraform-data#attributes-reference
      return properties.get("input")?.value ?? unset(use);
    }
    const written = properties.get(name)?.value;
    const value = readAttribute(name, written, this.#awsBlock(), {
      use,
      computed: (path) => this.#computed(`${address}.${path}`, !neverNull.has(path), use),
    });
    if (name === "output_path" && this.declaration.labels[0] === archiveFileType) {
      return this.#packed(suffix, value);
    }
    if (value.state !== "unknown" || this.declaration.type === "data") return value;
    // Whatever its name will be, it is the name of this resource.
    const link = { address, attribute: name };
    return { link, ...value, ...(neverNull.has(name) ? { isNeverNull: true } : {}) };
  }

  /** What the provider makes of what is left out, unless it is one that makes something else of it. */
  #awsBlock(): AwsBlock | undefined {
    const { managedType } = this;
    const block = managedType === undefined ? undefined : awsBlockOf(managedType);
    const isOlder = block !== undefined && this.#scope.context.awsProvider()?.isBefore(5, 12);
    return isOlder === true ? undefined : block;
  }

  /** Of a data source that finds a launch template of this deployment: that template's address. */
  #foundTemplate(suffix: InstanceSuffix): string | undefined {
    const { type, labels } = this.declaration;
    if (type !== "data" || labels[0] !== launchTemplateType) return undefined;
    return foundLaunchTemplate(this.#propertiesOf(suffix), this.#scope.context);
  }

  /** Of a data source that asks nobody: what it makes of its arguments. */
  #computedAttribute(suffix: InstanceSuffix, name: string, use: Origin): Evaluated | undefined {
    const { type, labels, header } = this.declaration;
    const [dataType = ""] = labels;
    if (type === "data" && cloudInitTypes.has(dataType) && name === "rendered") {
      return this.#archive(suffix, use);
    }
    if (type !== "data" || dataType !== policyDocumentType) return undefined;
    if (!policyLayouts.has(name)) return undefined;
    const attribute = `${this.address}${suffix}.${name}`;
    let read = this.#computedTexts.get(attribute);
    if (read === undefined) {
      const { context } = this.#scope;
      const origin: Origin = { location: header, step: "written", name: attribute };
      const compute = () => policyAttribute(this.#propertiesOf(suffix), name, origin, context);
      read = lazily(compute, header, attribute, context);
      this.#computedTexts.set(attribute, read);
    }
    const text = read();
    if (text.state !== "unknown") return text;
    // Whatever it will be, two that read it get the same.
    const { reason, origin, composition } = text;
    const open = { ...this.#computed(attribute, false, use), reason, origin };
    return composition === undefined ? open : { ...open, composition };
  }

  /** How it is packed and separated is not known, what is in it is. */
  #archive(suffix: InstanceSuffix, use: Origin): EvaluatedUnknown {
    const parts = () => cloudInitParts(this.#propertiesOf(suffix));
    const rendered = this.#computed(`${this.address}${suffix}.rendered`, false, use);
    return { ...rendered, composition: { kind: "archive", parts } };
  }

  /** The name of an archive, with what is packed into it. */
  #packed(suffix: InstanceSuffix, name: Evaluated): Evaluated {
    const { rootDirectory } = this.#scope.context;
    const directory = packedDirectory(this.#propertiesOf(suffix), rootDirectory);
    if (directory === undefined || (name.state !== "known" && name.state !== "unknown"))
      return name;
    return { ...name, composition: { kind: "packed", directory } };
  }

  #computed(expression: string, isNullable: boolean, use: Origin): EvaluatedUnknown {
    const open = {
      key: expression,
      label: expression,
      reason: { kind: "decided-at-deployment", expression } as const,
      type: anyType,
      isNullable,
      mayBeMissing: false,
    };
    return this.#scope.context.openValues.open(open, use);
  }

  #resource(suffix: InstanceSuffix): Resource {
    const [type = ""] = this.declaration.labels;
    const { file } = this.#scope;
    return {
      ...(file instanceof CatalogueFile ? { release: file.release } : {}),
      dialect: "terraform",
      type,
      address: `${this.address}${suffix}`,
      location: this.declaration.fullName,
      ignoredChanges: readIgnoredChanges(this.declaration),
      deployedTo: () =>
        deployedTo(
          this.declaration,
          this.#propertiesOf(suffix).entries.get("region")?.value,
          this.#findProvider,
        ),
      exists: () => and(this.#moduleExists(), this.#repetition.exists(suffix)),
      properties: () => this.#propertiesOf(suffix),
    };
  }

  #propertiesOf(suffix: InstanceSuffix): EvaluatedMap {
    let properties = this.#properties.get(suffix);
    if (properties === undefined) {
      const scope = this.#scope.bind(...this.#repetition.bindings(suffix));
      properties = evaluateBlock(this.declaration, this.declaration.header, scope, metaNames);
      this.#properties.set(suffix, properties);
    }
    return properties;
  }
}
