import type { XmlElement } from "./read-xml.js";

/** What an element must have, what it may have besides, and what may stand in it. */
interface ElementRules {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[];
}

interface XmlFormat {
  readonly root: string;
  readonly elements: Readonly<Record<string, ElementRules>>;
}

const outcome: ElementRules = { required: [], optional: ["type", "message"], children: [] };
const output: ElementRules = { required: [], optional: [], children: [] };

/**
 * The schema by which Jenkins' xUnit plugin refuses reports, of what we could ever write.
 * https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
const junit: XmlFormat = {
  root: "testsuites",
  elements: {
    testsuites: {
      required: [],
      optional: ["name", "time", "tests", "failures", "disabled", "errors"],
      children: ["testsuite"],
    },
    testsuite: {
      required: ["tests"],
      optional: ["name", "failures", "errors", "time", "disabled", "skipped", "timestamp", "file"],
      children: ["testsuite", "properties", "testcase", "system-out", "system-err"],
    },
    testcase: {
      required: ["name"],
      optional: ["assertions", "time", "classname", "status", "class", "file", "line", "url"],
      children: ["skipped", "error", "failure", "system-out", "system-err"],
    },
    skipped: outcome,
    error: outcome,
    failure: outcome,
    "system-out": output,
    "system-err": output,
  },
};

/**
 * Checkstyle has a DTD for its configuration and none for its reports; this is what its own logger writes.
 * https://github.com/checkstyle/checkstyle/blob/master/src/main/java/com/puppycrawl/tools/checkstyle/XMLLogger.java
 */
const checkstyle: XmlFormat = {
  root: "checkstyle",
  elements: {
    checkstyle: { required: ["version"], optional: [], children: ["file"] },
    file: { required: ["name"], optional: [], children: ["error", "exception"] },
    error: {
      required: ["line", "severity", "message", "source"],
      optional: ["column"],
      children: [],
    },
  },
};

const FORMATS = { junit, checkstyle };

/** What its consumer would refuse in a document, one sentence each. */
export function problemsOfXml(format: keyof typeof FORMATS, document: XmlElement) {
  const { root, elements } = FORMATS[format];
  return document.name === root ? problemsWithin(document) : [`${document.name} is the root`];

  function problemsWithin({ name, attributes, children }: XmlElement): readonly string[] {
    const rules = elements[name];
    if (rules === undefined) return [`${name} is unknown`];
    const { required, optional } = rules;
    return [
      ...required
        .filter((attribute) => !(attribute in attributes))
        .map((attribute) => `${name} lacks ${attribute}`),
      ...Object.keys(attributes)
        .filter((attribute) => !required.includes(attribute) && !optional.includes(attribute))
        .map((attribute) => `${name} has ${attribute}`),
      ...children
        .filter((child) => !rules.children.includes(child.name))
        .map((child) => `${name} holds ${child.name}`),
      ...children.flatMap(problemsWithin),
    ];
  }
}
