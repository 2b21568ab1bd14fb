import { and, equals, not, or, type Ternary } from "../../values/ternary.js";
import { type AccessRequest, isDenied, statementMatches } from "./evaluate-statement.js";
import { speaksOfImds } from "./imds-keys.js";
import type { OpenPart, PolicyStatement } from "./policy-document.js";

/** What counts together with the statements of a document. */
export interface Beside {
  /** Those of other documents of the same principal or target. */
  readonly statements: readonly PolicyStatement[];
  /** Those of permissions boundaries, which grant nothing. */
  readonly limits: readonly PolicyStatement[];
  /** Why there may be more. */
  readonly open?: OpenPart;
}

/** Nothing is known to count with a document. */
export const alone: Beside = { statements: [], limits: [] };

/**
 * What statements on instance metadata come to: whether they keep a call from being made, by denying one
 * of its requests or by not allowing the one that has the keys.
 */
export class PolicyDecision {
  readonly #denying: readonly PolicyStatement[];
  readonly #allowing: readonly PolicyStatement[];
  /** Whether one of the statements allows under a condition, so that what none allows is not let through. */
  readonly isAllowList: boolean;

  /** `speaking` are the statements that are judged, `all` those that allow beside them, `denying` those that deny. */
  constructor(
    speaking: readonly PolicyStatement[],
    all: readonly PolicyStatement[],
    denying: readonly PolicyStatement[] = [],
  ) {
    this.#denying = [...speaking, ...denying];
    this.isAllowList = speaking.some(({ effect }) => equals(effect, "Allow") !== "no");
    this.#allowing = this.isAllowList ? all : [];
  }

  /** With everything that counts together; what denies to some only, is left out. */
  static together(
    speaking: readonly PolicyStatement[],
    all: readonly PolicyStatement[],
    beside: Beside,
  ): PolicyDecision {
    const denying = [...beside.statements, ...beside.limits].filter(isDenyOfAll);
    return new PolicyDecision(speaking, [...all, ...beside.statements], denying);
  }

  /** Whether the call cannot be made. The first request is the one that has the keys. */
  isBlocked(requests: readonly AccessRequest[]): Ternary {
    const isAnyDenied = or(...requests.map((request) => isDenied(this.#denying, request)));
    const [first] = requests;
    if (!this.isAllowList || first === undefined) return isAnyDenied;
    return or(isAnyDenied, not(this.isAllowed(first)));
  }

  /** Whether one of the statements allows the request; what is allowed to some only, is not known. */
  isAllowed(request: AccessRequest): Ternary {
    return or(...this.#allowing.map((statement) => allows(statement, request)));
  }

  /** The statement by which the request is allowed. */
  allowing(request: AccessRequest): PolicyStatement | undefined {
    return this.#allowing.find((statement) => allows(statement, request) === "yes");
  }

  /** The statement by which one of the requests is denied, with that request. */
  denying(
    requests: readonly AccessRequest[],
  ): readonly [PolicyStatement, AccessRequest] | undefined {
    for (const request of requests) {
      const found = this.#denying.find((statement) => isDenied([statement], request) === "yes");
      if (found !== undefined) return [found, request];
    }
    return undefined;
  }
}

function isDenyOfAll(statement: PolicyStatement): boolean {
  const isForAll = statement.conditions.length === 0 || speaksOfImds(statement);
  return isForAll && equals(statement.effect, "Allow") === "no";
}

function allows(statement: PolicyStatement, request: AccessRequest): Ternary {
  const isAllow = equals(statement.effect, "Allow");
  if (isAllow === "no") return "no";
  const isForAll = statement.conditions.length === 0 || speaksOfImds(statement);
  return and(isAllow, statementMatches(statement, request), isForAll ? "yes" : "unknown");
}
