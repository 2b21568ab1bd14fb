import type { Construct } from "../../model/construct.js";
import type { Location } from "../../source/text-range.js";
import type { Evaluated } from "../../values/evaluated.js";
import type { Origin } from "../../values/origin.js";
import type { Scenarios } from "../../values/scenarios.js";
import type { Ternary } from "../../values/ternary.js";
import type { DataNode, MappingNode } from "../yaml/syntax-tree.js";
import type { Diagnostics } from "./diagnostics.js";
import type { Parameter } from "./parameters.js";

/** One template, deployed as one stack, as what evaluates its parts sees it. */
export interface TemplateContext {
  /** What goes before logical IDs: `Network/Web/` in nested stacks, nothing in the root stack. */
  readonly path: string;
  /** The names of the resources that deploy the stack, the innermost last. */
  readonly calls: readonly Location[];
  readonly scenarios: Scenarios;
  readonly diagnostics: Diagnostics;
  /** What the template declares itself and what CloudFormation adds (`AWS::Region`), by name. */
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly mappings: MappingNode | undefined;
  /** The logical IDs of the resources that are written in the template. */
  readonly logicalIds: ReadonlySet<string>;
  /** Whether the template says `Transform: AWS::LanguageExtensions`. */
  readonly hasLanguageExtensions: boolean;
  /** Whether more or other may be there than was read: the text is broken, or a macro rewrites it all. */
  readonly isIncomplete: boolean;
  /** Whether something rewrites the template before it is deployed, so that more may exist than is written. */
  readonly isTransformed: boolean;
  /** Whether the stack is there at all, in the scenario of the moment. */
  exists(): Ternary;
  /** The node's value in the scenario of the moment. */
  evaluate(node: DataNode): Evaluated;
  /** The value of the condition of that name, a boolean; undefined where there is none. */
  condition(name: string): Evaluated | undefined;
  /** The type of resource that is judged and differs from the given one by case alone. */
  judgedType(type: string): string | undefined;
  /** The construct of the CDK that a resource comes from. */
  constructOf(logicalId: string, declaration: MappingNode): Construct | undefined;
  /** An output (`Outputs.Name`) of a nested stack, seen from `use`; undefined for anything else. */
  stackOutput(logicalId: string, attribute: string, use: Origin): Evaluated | undefined;
}
