import type { Location } from "../source/text-range.js";
import { type EvaluatedList, seenFrom } from "../values/evaluated.js";
import type { Origin } from "../values/origin.js";
import type { Ternary } from "../values/ternary.js";
import { type Known, type Scalar, unset, type Value } from "../values/value.js";
import type { Scenarios } from "../values/scenarios.js";
import { type DefaultOptions, defaultsBy } from "./default-options.js";
import type { AccountDefaults } from "./account-defaults.js";
import { effectiveOptions, type OptionSource, withoutOptions } from "./effective-options.js";
import type { Image } from "./image.js";
import { absent, type LaunchParameters, type Presence, type Subnet } from "./launch-parameters.js";
import type { LaunchResource } from "./launch-resource.js";
import {
  type MetadataOption,
  type MetadataOptions,
  optionDefinitions,
  rememberedOptions,
  spellingOf,
  type WrittenOption,
} from "./metadata-options.js";
import type { Script } from "./script.js";
import type { Sending } from "./sending.js";

/** What EC2 launches instances from. */
export type LaunchKind =
  | "instance"
  | "spot-instance-request"
  | "launch-template"
  | "launch-configuration"
  | "auto-scaling-group"
  | "ec2-fleet"
  | "spot-fleet"
  | "eks-node-group"
  | "batch-compute-environment"
  | "game-server-group"
  | "compute-node-group"
  | "fast-launch"
  | "image-builder-infrastructure"
  | "notebook-instance"
  | "appstream-fleet"
  | "appstream-image-builder"
  | "workspace-instance"
  | "beanstalk-environment"
  | "emr-security-configuration"
  | "managed-instances";

/** How a type of resource writes an option in words of its own: `DisableIMDSV1: true`. */
export interface OwnSpelling {
  readonly name: string;
  /** How EC2's words are written there: `required` as `true`. */
  readonly words: Readonly<Record<string, string>>;
}

/** The options as they stand in the resource. */
export interface DeclaredOptions {
  /** What is written, with words and ranges checked: an invalid value is unknown. */
  readonly options: MetadataOptions;
  /** What of it reaches EC2: what the Terraform provider does not send is not set. */
  readonly sent: MetadataOptions;
  /** By default always. */
  readonly sending?: Sending;
  /** The name of the mapping or the block's header; absent where there are no options. */
  readonly place?: Location;
  /** Every entry as written, for the rule on valid options. */
  readonly written: () => readonly WrittenOption[];
  /** What stands in place of a mapping or block of options. */
  readonly misshapen?: Known<Scalar> | EvaluatedList;
}

/** The launch template (or launch configuration) that a launch specification names. */
export interface LaunchTemplateUse {
  /** Where the template is named. */
  readonly origin: Origin;
  /** Unknown where it is not in this deployment. */
  readonly template: Value<LaunchSpecification>;
  /** The version asked for; unset where the resource cannot name one or does not. */
  readonly version: Value<string>;
}

/** How a launch specification reads its parts. Each is asked anew in every scenario. */
export interface LaunchSpecificationParts {
  readonly kind: LaunchKind;
  readonly resource: LaunchResource;
  /** The options that this type of resource takes; none for a group, which only names a template. */
  readonly takes: readonly MetadataOption[];
  /** The options that it does not write as EC2 does. */
  readonly spelling?: Readonly<Partial<Record<MetadataOption, OwnSpelling>>>;
  /** Where the options belong, where that is not as on an instance: "in a setting block". */
  readonly place?: string;
  /** The names that lead from the resource's properties to the mapping or block that options belong in. */
  readonly optionsPath?: readonly string[];
  /** The resource's argument that holds the options, where no path leads to them. */
  readonly optionsArgument?: string;
  /** What options are that nobody sets; by default what EC2 says. */
  readonly defaults?: () => DefaultOptions;
  /** Options of the launch template that do not count, since the service makes another one of it. */
  readonly leavesOut?: readonly MetadataOption[];
  /** Whether container images are built on it. */
  readonly buildsContainers?: () => Presence;
  /** Whether a capacity provider of ECS runs tasks on it. */
  readonly runsTasks?: () => Presence;
  /** Whether the service launches it by itself, through no template that anybody can name. */
  readonly isManaged?: () => boolean;
  /** Who says so; by default EC2. */
  readonly service?: string;
  /** What else instances are launched with; absent where this type of resource says nothing of it. */
  readonly parameters?: LaunchParameters;
  /** The image that is named here; absent where none can be. */
  readonly image?: () => Value<Image>;
  /** What the account sets that it launches in, where the tree says so. */
  readonly accountDefaults?: () => AccountDefaults | undefined;
  exists(): Ternary;
  declared(): DeclaredOptions;
  launchTemplate(): LaunchTemplateUse | undefined;
  instanceTypes(): readonly Value<string>[];
  /** Of a launch template: what `$Default` stands for. */
  readonly defaultVersion?: () => DefaultVersion;
  /** Of a launch template or configuration: what launches through it in this deployment. */
  readonly launchedBy?: () => readonly LaunchSpecification[];
}

/** What `$Default` of a launch template stands for: always the newest version, or one that may lag. */
export type DefaultVersion = "newest" | "may-lag" | "unknown";

/**
 * What EC2 launches instances from: an instance, a launch template, a group. A group with several
 * templates or overrides gives one for each. Getters read in the scenario of the moment.
 */
export class LaunchSpecification {
  readonly #parts: LaunchSpecificationParts;
  readonly #declared: () => DeclaredOptions;
  readonly #effective: () => MetadataOptions;
  readonly #launchTemplate: () => LaunchTemplateUse | undefined;
  readonly #instanceTypes: () => readonly Value<string>[];
  readonly #scripts: () => readonly Script[];
  readonly #exists: () => Ternary;

  /** Takes the parts that one kind of resource knows how to read; each is read once in each scenario. */
  constructor(parts: LaunchSpecificationParts, scenarios: Scenarios) {
    this.#parts = parts;
    const once = <T>(read: () => T) => scenarios.memoize(read, read);
    this.#exists = once(() => parts.exists());
    this.#declared = once(() => parts.declared());
    this.#launchTemplate = once(() => parts.launchTemplate());
    this.#instanceTypes = once(() => parts.instanceTypes());
    this.#scripts = once(() => [...this.#userDataScripts, ...this.#otherScripts]);
    this.#effective = once(() => {
      const defaults =
        parts.defaults?.() ?? defaultsBy({ account: this.accountDefaults, image: this.image });
      const place: Origin = { location: parts.resource.location, step: "service-default" };
      const all = effectiveOptions(this.optionSource, defaults);
      return rememberedOptions(
        withoutOptions(all, this.optionsLeftOut, defaults, place),
        scenarios,
      );
    });
  }

  get kind(): LaunchKind {
    return this.#parts.kind;
  }

  get resource(): LaunchResource {
    return this.#parts.resource;
  }

  /** The logical ID, or the full Terraform address. */
  get address(): string {
    return this.#parts.resource.address;
  }

  get exists(): Ternary {
    return this.#exists();
  }

  /** As written here, without what is inherited. */
  get declared(): MetadataOptions {
    return this.#declared().options;
  }

  /** What of `declared` reaches EC2; the rest is unset. */
  get sent(): MetadataOptions {
    return this.#declared().sent;
  }

  /** When what is written here reaches EC2. */
  get sending(): Sending {
    return this.#declared().sending ?? { kind: "always" };
  }

  /** Where the options stand as a whole; undefined where none are written here. */
  get optionsPlace(): Location | undefined {
    return this.#declared().place;
  }

  /** Every entry as written here, valid or not. */
  get written(): readonly WrittenOption[] {
    return this.#declared().written();
  }

  /** What stands in place of a mapping or block of options, which EC2 rejects. */
  get misshapen(): DeclaredOptions["misshapen"] {
    return this.#declared().misshapen;
  }

  /** What instances get: what is sent from here, else the launch template's, else EC2's default. Never unset. */
  get effective(): MetadataOptions {
    return this.#effective();
  }

  /** What counts before any default. */
  get optionSource(): OptionSource {
    const { release } = this.resource;
    return {
      sent: this.sent,
      launchTemplate: this.launchTemplate,
      ...(release === undefined ? {} : { release }),
    };
  }

  /** The image it launches, its own or the template's; unset where none is named. */
  get image(): Value<Image> {
    const own = this.#parts.image?.();
    if (own !== undefined && own.state !== "unset") return own;
    const template = this.launchTemplate?.template;
    if (template?.state === "known") return template.value.image;
    return own ?? unset({ location: this.resource.location, step: "written" });
  }

  /** User data: its own, else the template's. */
  get userData(): Presence {
    return this.#given((parameters) => parameters.userData());
  }

  /** All that is known of what instances run: user data, its own or else the template's, and what goes with it. */
  get scripts(): readonly Script[] {
    return this.#scripts();
  }

  get #userDataScripts(): readonly Script[] {
    const { parameters } = this.#parts;
    const template = this.#template;
    if (parameters !== undefined && parameters.userData().isGiven !== "no") {
      return parameters.userDataScripts();
    }
    return template === undefined ? [] : template.value.#userDataScripts;
  }

  get #otherScripts(): readonly Script[] {
    const own = this.#parts.parameters?.otherScripts() ?? [];
    const template = this.#template;
    return template === undefined ? own : [...own, ...template.value.#otherScripts];
  }

  /** The key pair whose public key instances get: its own, else the template's. */
  get keyPair(): Presence {
    return this.#given((parameters) => parameters.keyPair());
  }

  /** The instance profile, whose role's credentials the metadata service hands out. */
  get instanceProfile(): Presence {
    return this.#given((parameters) => parameters.instanceProfile());
  }

  /** The subnets it launches in: its own, else the template's. */
  get subnets(): readonly Value<Subnet>[] {
    const own = this.#parts.parameters?.subnets() ?? [];
    if (own.length > 0) return own;
    const template = this.#template;
    return template === undefined
      ? []
      : template.value.subnets.map((subnet) => seenFrom(subnet, template.origin));
  }

  /** The keys of the tags that instances get, from here and from the template. */
  get tagKeys(): readonly Value<string>[] {
    const own = this.#parts.parameters?.tagKeys() ?? [];
    const template = this.#template;
    const inherited = template?.value.tagKeys.map((key) => seenFrom(key, template.origin)) ?? [];
    return [...own, ...inherited];
  }

  /** What is given here, else through the template; unknown where that is not of this deployment. */
  #given(read: (parameters: LaunchParameters) => Presence): Presence {
    const { parameters } = this.#parts;
    const here = { location: this.resource.location, step: "written" } as const;
    const own = parameters === undefined ? absent(here) : read(parameters);
    if (own.isGiven !== "no") return own;
    const use = this.launchTemplate;
    if (use?.template.state === "known") {
      return seenFrom(use.template.value.#given(read), use.origin);
    }
    if (use?.template.state !== "unknown") return own;
    const { reason, origin } = use.template;
    return { isGiven: "unknown", reason, origin };
  }

  get #template(): { readonly value: LaunchSpecification; readonly origin: Origin } | undefined {
    const use = this.launchTemplate;
    if (use?.template.state !== "known") return undefined;
    return { value: use.template.value, origin: use.origin };
  }

  /** What the account sets that it launches in, where the tree says so. */
  get accountDefaults(): AccountDefaults | undefined {
    return this.#parts.accountDefaults?.();
  }

  /** The launch template or configuration in use, undefined for resources that are one themselves. */
  get launchTemplate(): LaunchTemplateUse | undefined {
    return this.#launchTemplate();
  }

  /** Every type that can be launched; unset where only a launcher can say. */
  get instanceTypes(): readonly Value<string>[] {
    return this.#instanceTypes();
  }

  /** Of a launch template: what `$Default` stands for. */
  get defaultVersion(): DefaultVersion {
    return this.#parts.defaultVersion?.() ?? "unknown";
  }

  /** What launches through this template or configuration in the same deployment, in whatever scenario. */
  get launchedBy(): readonly LaunchSpecification[] {
    return this.#parts.launchedBy?.() ?? [];
  }

  /** Whether this type of resource has the option at all. */
  takes(option: MetadataOption): boolean {
    return this.#parts.takes.includes(option);
  }

  /** The options this type of resource has. */
  get optionsTaken(): readonly MetadataOption[] {
    return this.#parts.takes;
  }

  /** Options of the launch template that do not count here. */
  get optionsLeftOut(): readonly MetadataOption[] {
    return this.#parts.leavesOut ?? [];
  }

  /** The option as this type of resource spells it. */
  nameOf(option: MetadataOption): string {
    const own = this.#parts.spelling?.[option];
    return own?.name ?? optionDefinitions[option][spellingOf(this.resource.type)];
  }

  /** One of EC2's words for the option as this type of resource writes it: `"required"`, `true`. */
  wordFor(option: MetadataOption, word: string): string {
    return this.#parts.spelling?.[option]?.words[word] ?? JSON.stringify(word);
  }

  /** Where the options belong, for types of resources that have them elsewhere than an instance. */
  get placeOfOptions(): string | undefined {
    return this.#parts.place;
  }

  /** Whether container images are built on its instances. */
  get buildsContainers(): Presence {
    const { location } = this.resource;
    return this.#parts.buildsContainers?.() ?? absent({ location, step: "written" });
  }

  /** Whether a capacity provider of ECS runs tasks on its instances. */
  get runsTasks(): Presence {
    const { location } = this.resource;
    return this.#parts.runsTasks?.() ?? absent({ location, step: "written" });
  }

  /** The names that lead to the mapping or block that options belong in; undefined where there is none. */
  get optionsPath(): readonly string[] | undefined {
    return this.#parts.optionsPath;
  }

  /** The resource's own argument or block that the options are in; undefined where it has none. */
  get optionsArgument(): string | undefined {
    return this.#parts.optionsArgument ?? this.#parts.optionsPath?.[0];
  }

  /** Who decides what options are that nobody sets: `EC2`. */
  get service(): string {
    return this.#parts.service ?? "EC2";
  }

  /** Whether nothing can be said here about IMDS, for want of a launch template. */
  get needsLaunchTemplate(): boolean {
    const isManaged = this.#parts.isManaged?.() === true;
    return this.optionsTaken.length === 0 && this.launchTemplate === undefined && !isManaged;
  }
}
