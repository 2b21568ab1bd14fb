import type { ErrorObject } from "ajv";
import { validate } from "./validate-configuration.generated.js";

/** What Ajv finds wrong with a value, and in which schema. */
export type SchemaError = ErrorObject<string, Readonly<Record<string, unknown>>>;

/** What of a value is not as `docs/config.schema.json` has it. */
export function schemaErrors(value: unknown): readonly SchemaError[] {
  const check = validate as unknown as ((value: unknown) => boolean) & {
    readonly errors: readonly SchemaError[] | null;
  };
  return check(value) ? [] : (check.errors ?? []);
}
