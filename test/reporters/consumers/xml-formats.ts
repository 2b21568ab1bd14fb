import type { XmlElement } from "./read-xml.js";

/** The attributes of an element, each with what its value must be like. */
type AttributeRules = Readonly<Record<string, RegExp>>;

/** What an element must have, what it may have besides, and what may stand in it. */
interface ElementRules {
  readonly required: AttributeRules;
  readonly optional: AttributeRules;
  readonly children: readonly string[];
  /** Whether text may stand between its tags. */
  readonly hasText: boolean;
}

interface XmlFormat {
  readonly root: string;
  readonly elements: Readonly<Record<string, ElementRules>>;
}

const ANY = /[^]/;
const COUNT = /^\d+$/;
const NUMBER = /^[1-9]\d*$/;
const SECONDS = /^\d+(?:\.\d{1,3})?$/;

const outcome: ElementRules = {
  required: {},
  optional: { type: ANY, message: ANY },
  children: [],
  hasText: true,
};
const output: ElementRules = { required: {}, optional: {}, children: [], hasText: true };

/**
 * The schema by which Jenkins' xUnit plugin refuses reports, of what we could ever write. Older ones know no
 * message of what was skipped; that they lose. Counts are strings there and numbers to whoever adds them up.
 * https://github.com/jenkinsci/xunit-plugin/blob/xunit-3.1.6/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
const junit: XmlFormat = {
  root: "testsuites",
  elements: {
    testsuites: {
      required: {},
      optional: { name: ANY, time: SECONDS, tests: COUNT, failures: COUNT, errors: COUNT },
      children: ["testsuite"],
      hasText: false,
    },
    testsuite: {
      required: { name: ANY, tests: COUNT, failures: COUNT, errors: COUNT },
      optional: { time: SECONDS, skipped: COUNT, timestamp: ANY, file: ANY },
      children: ["testsuite", "properties", "testcase", "system-out", "system-err"],
      hasText: false,
    },
    testcase: {
      required: { name: ANY },
      optional: { time: SECONDS, classname: ANY, group: ANY },
      children: ["skipped", "error", "failure", "system-out", "system-err"],
      hasText: false,
    },
    skipped: outcome,
    error: outcome,
    failure: outcome,
    "system-out": output,
    "system-err": output,
  },
};

/**
 * Checkstyle has a DTD for its configuration and none for its reports; this is what its own logger writes, and
 * what Jenkins and reviewdog read: numbers as numbers, a severity by its name.
 * https://github.com/checkstyle/checkstyle/blob/master/src/main/java/com/puppycrawl/tools/checkstyle/XMLLogger.java
 * https://github.com/jenkinsci/analysis-model/blob/main/src/main/java/edu/hm/hafner/analysis/parser/checkstyle/CheckStyleParser.java
 */
const checkstyle: XmlFormat = {
  root: "checkstyle",
  elements: {
    checkstyle: { required: { version: ANY }, optional: {}, children: ["file"], hasText: false },
    file: {
      required: { name: ANY },
      optional: {},
      children: ["error", "exception"],
      hasText: false,
    },
    error: {
      required: {
        line: NUMBER,
        severity: /^(?:ignore|info|warning|error)$/,
        message: ANY,
        // Jenkins takes the rule's name from behind the last dot, and its category from what is before.
        source: /^[^.]+\.[^.]+$/,
      },
      optional: { column: NUMBER },
      children: [],
      hasText: false,
    },
  },
};

/** The formats that are XML. */
export type XmlFormatName = keyof typeof FORMATS;

const FORMATS = { junit, checkstyle };

/** What its consumer would refuse in a document, one sentence each. */
export function problemsOfXml(format: XmlFormatName, document: XmlElement): readonly string[] {
  const { root, elements } = FORMATS[format];
  return document.name === root ? problemsWithin(document) : [`${document.name} is the root`];

  function problemsWithin({ name, attributes, children, text }: XmlElement): readonly string[] {
    const rules = elements[name];
    if (rules === undefined) return [`${name} is unknown`];
    const known = { ...rules.required, ...rules.optional };
    return [
      ...Object.keys(rules.required)
        .filter((attribute) => !(attribute in attributes))
        .map((attribute) => `${name} lacks ${attribute}`),
      ...Object.entries(attributes)
        .filter(([attribute, value]) => known[attribute]?.test(value) !== true)
        .map(([attribute, value]) => `${name} has ${attribute}="${value}"`),
      ...children
        .filter((child) => !rules.children.includes(child.name))
        .map((child) => `${name} holds ${child.name}`),
      ...(rules.hasText || text.trim() === "" ? [] : [`${name} holds a text`]),
      ...children.flatMap(problemsWithin),
    ];
  }
}
