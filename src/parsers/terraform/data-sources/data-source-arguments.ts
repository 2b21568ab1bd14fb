import type { Location } from "../../../source/text-range.js";
import {
  entryValue,
  type Evaluated,
  type EvaluatedMap,
  type EvaluatedUnknown,
} from "../../../values/evaluated.js";
import { convertToString } from "../conversion.js";

/** Why nothing can be computed of arguments. */
export type Obstacle =
  /** The first part that is not known. */
  | { readonly kind: "unknown"; readonly part: EvaluatedUnknown }
  /** What Terraform or the provider would complain of, as a clause. */
  | { readonly kind: "rejected"; readonly location: Location; readonly message: string };

/**
 * Reads the arguments and blocks of a data source as the types of the provider's schema. Whoever
 * reads goes on as if all were there, and looks at `obstacle` in the end.
 */
export class DataSourceArguments {
  #obstacle: Obstacle | undefined;

  /** The first thing that was met that is not known or not allowed. */
  get obstacle(): Obstacle | undefined {
    return this.#obstacle;
  }

  /** A string, or undefined where there is none. */
  text(map: EvaluatedMap, name: string): string | undefined {
    const value = entryValue(map, name);
    return value === undefined ? undefined : this.#text(value);
  }

  /** As {@link text} of an argument that must be there. */
  requiredText(map: EvaluatedMap, name: string): string {
    const text = this.text(map, name);
    if (text === undefined) this.reject(map, `${name} is required`);
    return text ?? "";
  }

  /** The strings of a list or set with the values they were read from. */
  texts(map: EvaluatedMap, name: string): readonly string[] {
    return this.items(map, name).map((item) => {
      const text = this.#text(item);
      // https://github.com/hashicorp/terraform-plugin-sdk/blob/main/helper/schema/grpc_provider.go
      if (text === undefined) this.reject(item, `${name} must not have null values`);
      return text ?? "";
    });
  }

  /** As {@link texts} of an argument that must be there. */
  requiredTexts(map: EvaluatedMap, name: string): readonly string[] {
    const value = entryValue(map, name);
    if (value === undefined || value.state === "unset") this.reject(map, `${name} is required`);
    return this.texts(map, name);
  }

  /** The blocks of one type; it must be known how many there are. */
  blocks(map: EvaluatedMap, type: string): readonly EvaluatedMap[] {
    return this.items(map, type).flatMap((block) => {
      const open = block.state === "map" ? block.madeOf : block;
      if (open === undefined && block.state === "map") return [block];
      if (open?.state === "unknown") this.#meet({ kind: "unknown", part: open });
      else this.reject(block, `${type} must be a block`);
      return [];
    });
  }

  /** The items of a list or set, none where it is not there. */
  items(map: EvaluatedMap, name: string): readonly Evaluated[] {
    const value = entryValue(map, name);
    if (value === undefined || value.state === "unset") return [];
    if (value.state === "list") return value.items;
    if (value.state === "unknown") this.#meet({ kind: "unknown", part: value });
    else this.reject(value, `${name} must be a list`);
    return [];
  }

  /** Notes what Terraform or the provider would complain of. */
  reject({ origin }: Evaluated, message: string): void {
    this.#meet({ kind: "rejected", location: origin.location, message });
  }

  #text(value: Evaluated): string | undefined {
    const converted = convertToString(value);
    if (!converted.ok) {
      this.reject(value, converted.message);
      return undefined;
    }
    const text = converted.value;
    if (text.state === "unknown") this.#meet({ kind: "unknown", part: text });
    // So that null alone is undefined.
    if (text.state === "unset") return undefined;
    return text.state === "known" ? String(text.value) : "";
  }

  #meet(obstacle: Obstacle): void {
    this.#obstacle ??= obstacle;
  }
}
