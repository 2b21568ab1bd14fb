import type { ChainStep } from "../findings/finding.js";
import type { InputError } from "../findings/input-error.js";
import type { LaunchKind, LaunchSpecification } from "../model/launch-specification.js";
import {
  type MetadataOption,
  type MetadataOptions,
  metadataOptionNames,
} from "../model/metadata-options.js";
import type { EvaluatedDeployment } from "../parsers/resource.js";
import { normalizeDeployment } from "../parsers/resources/normalize-deployment.js";
import { openToImdsv1 } from "../rules/imdsv1.js";
import type { SourceFile } from "../source/source-file.js";
import type { Location } from "../source/text-range.js";
import { decidingOrigin } from "../values/origin.js";
import type { Scenarios } from "../values/scenarios.js";
import { equals } from "../values/ternary.js";
import type { Value } from "../values/value.js";
import { withUndeployed } from "./application-files.js";
import { describeChain } from "./describe-chain.js";
import { describeReason } from "./describe-reason.js";
import { describeWhen } from "./describe-when.js";
import { sortErrors } from "./sort-errors.js";
import { evaluateDeployments } from "./evaluate-deployments.js";
import type { LintRequest } from "./lint-request.js";

/** Whether instances answer IMDSv1 requests: in some scenario, in none, or nobody can tell yet. */
export type Exposure = "unsafe" | "safe" | "open";

/** One thing that an option can come to. */
export interface OptionOutcome {
  /** Undefined where only the deployment decides. */
  readonly value?: string | number;
  /** What it can be then, if that is a finite set. */
  readonly possible?: readonly (string | number)[];
  /** Why nobody can tell, as a clause. */
  readonly reason?: string;
  /** The scenario in which it is so, behind "when"; absent where it is so in all. */
  readonly when?: string;
  /** From the place of use to the place that decides; never empty. */
  readonly chain: readonly ChainStep[];
}

/** What one option comes to. */
export interface DescribedOption {
  readonly option: MetadataOption;
  /** As the resource spells it. */
  readonly name: string;
  /** More than one where conditions decide. */
  readonly outcomes: readonly OptionOutcome[];
  /** Where its name stands in the resource itself. */
  readonly keys: readonly Location[];
}

/** What instances get that are launched from one resource. */
export interface DescribedLaunch {
  /** Which of the deployments it is in, counted from 0; addresses are unique in one. */
  readonly deployment: number;
  readonly address: string;
  readonly type: string;
  readonly kind: LaunchKind;
  /** The name in the resource's header. */
  readonly location: Location;
  /** Where its own options stand as a whole: the name of the mapping, or the block's header. */
  readonly optionsPlaces: readonly Location[];
  /** Which set of values for parameters the template is deployed with, if there are several. */
  readonly parameterSet?: string;
  readonly options: readonly DescribedOption[];
  /** Who says what an option is that nobody sets: `EC2`. */
  readonly service: string;
  readonly exposure: Exposure;
  /** The addresses of the launch templates that it launches through in some scenario. */
  readonly launchTemplates: readonly string[];
  /** The address of the account's defaults that count for it. */
  readonly accountDefaults?: string;
}

/** What an account sets, as far as the tree says so. */
export interface DescribedDefaults {
  /** As of launches. */
  readonly deployment: number;
  readonly address: string;
  readonly type: string;
  readonly location: Location;
  /** Whether those that say nothing answer IMDSv1 requests; open where there is no preference. */
  readonly exposure: Exposure;
}

/** Everything that launches instances in the files of a request. */
export interface DescribedLaunches {
  /** In the order of their files, then as the templates have them. */
  readonly launches: readonly DescribedLaunch[];
  readonly accountDefaults: readonly DescribedDefaults[];
  /** The files that places lie in, by path. */
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly errors: readonly InputError[];
}

/** Works out what instances get from everything that launches them, without judging it by rules. */
export function describeLaunches(request: LintRequest): DescribedLaunches {
  const input = evaluateDeployments(request);
  const { deployments, configurations, applications, parameterFiles, errors: found } = input;
  const files = new Map(parameterFiles);
  const errors = [...found];
  const launches: DescribedLaunch[] = [];
  const accountDefaults: DescribedDefaults[] = [];
  let index = -1;
  for (const evaluated of withUndeployed(deployments, configurations, applications)) {
    index++;
    if (evaluated.isByDefaults === true) continue;
    for (const [path, file] of evaluated.files) files.set(path, file);
    const deployment = normalizeDeployment(evaluated, (directory) => {
      const configuration = applications.for(evaluated)(directory);
      for (const [path, file] of configuration?.files ?? []) files.set(path, file);
      return configuration;
    });
    for (const launch of deployment.launchSpecifications) {
      const described = describeLaunch(launch, evaluated, files);
      if (described !== undefined) launches.push({ deployment: index, ...described });
    }
    for (const { resource, options, exists } of deployment.accountDefaults) {
      const { address, type, location } = resource;
      const outcomes = evaluated.scenarios.explore(() =>
        exists() === "no" ? undefined : exposureByDefault(options),
      );
      const exposures = outcomes.flatMap(({ result }) => result ?? []);
      if (exposures.length === 0) continue;
      const exposure = worstOf(exposures);
      accountDefaults.push({ deployment: index, address, type, location, exposure });
    }
    // Evaluating is lazy: only now is it clear what it came across.
    errors.push(...evaluated.errors);
  }
  return {
    launches: withoutRepetition(launches),
    accountDefaults,
    files,
    errors: sortErrors(errors),
  };
}

/** Undefined for what exists in no scenario. */
function describeLaunch(
  launch: LaunchSpecification,
  { scenarios, parameterSet }: EvaluatedDeployment,
  files: ReadonlyMap<string, SourceFile>,
): Omit<DescribedLaunch, "deployment"> | undefined {
  const present = scenarios.explore(() => launch.exists !== "no");
  if (present.every(({ result }) => !result)) return undefined;
  const { address, type, location } = launch.resource;
  const taken = launch.optionsTaken.length === 0 ? metadataOptionNames : launch.optionsTaken;
  const account = scenarios
    .explore(() => (launch.exists === "no" ? undefined : launch.accountDefaults?.resource.address))
    .flatMap(({ result }) => result ?? []);
  const [accountDefaults] = account;
  return {
    address,
    type,
    kind: launch.kind,
    location,
    optionsPlaces: placesOf(launch, scenarios, ({ optionsPlace }) => optionsPlace ?? []),
    ...(parameterSet === undefined ? {} : { parameterSet }),
    options: metadataOptionNames
      .filter((option) => taken.includes(option))
      .map((option) => describeOption(launch, option, scenarios, files)),
    service: launch.service,
    exposure: exposureOf(launch, scenarios),
    launchTemplates: templatesOf(launch, scenarios),
    ...(accountDefaults === undefined ? {} : { accountDefaults }),
  };
}

function describeOption(
  launch: LaunchSpecification,
  option: MetadataOption,
  scenarios: Scenarios,
  files: ReadonlyMap<string, SourceFile>,
): DescribedOption {
  const explored = scenarios.explore((): Value<string | number> | undefined =>
    launch.exists === "no" ? undefined : launch.effective[option],
  );
  const values = new Map<string, Value<string | number>>();
  for (const { result } of explored) {
    if (result !== undefined) values.set(keyOf(result), result);
  }
  // What does not exist is nothing that the others need to be told from.
  const existing = explored.filter(({ result }) => result !== undefined);
  const outcomes = [...values].map(([key, value]) => {
    const when = describeWhen(
      existing,
      ({ result }) => result !== undefined && keyOf(result) === key,
    );
    return {
      ...describeValue(value),
      ...(when === undefined ? {} : { when }),
      chain: describeChain(value.origin, files),
    };
  });
  const keys = placesOf(launch, scenarios, ({ written }) =>
    written.filter((each) => each.option === option).map(({ key }) => key),
  );
  return { option, name: launch.nameOf(option), outcomes, keys };
}

/** The places that a launch has in any scenario in which it exists, each once. */
function placesOf(
  launch: LaunchSpecification,
  scenarios: Scenarios,
  read: (launch: LaunchSpecification) => Location | readonly Location[],
): readonly Location[] {
  const outcomes = scenarios.explore(() => (launch.exists === "no" ? [] : [read(launch)].flat()));
  const places = outcomes.flatMap(({ result }) => result);
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}

function describeValue(value: Value<string | number>): Omit<OptionOutcome, "chain" | "when"> {
  switch (value.state) {
    case "known":
      return { value: value.value };
    case "unset":
      return {};
    case "unknown": {
      const { possible } = value;
      return {
        reason: describeReason(value.reason),
        ...(possible === undefined ? {} : { possible }),
      };
    }
  }
}

/** Values are one outcome if they say the same and the same place decides. */
function keyOf(value: Value<string | number>): string {
  const { location } = decidingOrigin(value.origin);
  return JSON.stringify([describeValue(value), location]);
}

function exposureOf(launch: LaunchSpecification, scenarios: Scenarios): Exposure {
  const outcomes = scenarios.explore((): Exposure => {
    if (launch.exists === "no") return "safe";
    if (openToImdsv1(launch) !== undefined) return "unsafe";
    const { httpEndpoint, httpTokens } = launch.effective;
    const isSafe =
      equals(httpEndpoint, "disabled") === "yes" || equals(httpTokens, "required") === "yes";
    return isSafe ? "safe" : "open";
  });
  return worstOf(outcomes.map(({ result }) => result));
}

function exposureByDefault({ httpTokens }: MetadataOptions): Exposure {
  if (httpTokens.state === "unset") return "open";
  const exposures = { yes: "safe", no: "unsafe", unknown: "open" } as const;
  return exposures[equals(httpTokens, "required")];
}

function worstOf(exposures: readonly Exposure[]): Exposure {
  return (["unsafe", "open"] as const).find((worst) => exposures.includes(worst)) ?? "safe";
}

function templatesOf(launch: LaunchSpecification, scenarios: Scenarios): readonly string[] {
  const outcomes = scenarios.explore(() => {
    const template = launch.launchTemplate?.template;
    return template?.state === "known" ? template.value.address : undefined;
  });
  return [...new Set(outcomes.flatMap(({ result }) => result ?? []))];
}

/** Overrides of a group that come to the same are described once. */
function withoutRepetition(launches: readonly DescribedLaunch[]): readonly DescribedLaunch[] {
  return [...new Map(launches.map((launch) => [JSON.stringify(launch), launch])).values()];
}
