import {
  areDistinct,
  areSameTypes,
  isMappingType,
  isSequenceType,
  partTypes,
  unifyTypes,
  unknownType,
  type ValueType,
} from "./value-type.js";

const stringType: ValueType = { kind: "string" };
const stringList: ValueType = { kind: "list", element: stringType };

const stringFunctions =
  "abspath base64decode base64encode base64gunzip base64gzip base64sha256 base64sha512 basename bcrypt chomp " +
  "cidrhost cidrnetmask cidrsubnet dirname file filebase64 filebase64sha256 filebase64sha512 filemd5 filesha1 " +
  "filesha256 filesha512 format formatdate indent join jsonencode lower md5 pathexpand plantimestamp replace " +
  "rsadecrypt sha1 sha256 sha512 strrev substr textdecodebase64 textencodebase64 timeadd timestamp title " +
  "tostring trim trimprefix trimspace trimsuffix upper urldecode urlencode uuid uuidv5 yamlencode " +
  "provider::aws::arn_build provider::aws::trim_iam_role_path provider::aws::user_agent " +
  "provider::terraform::encode_expr provider::terraform::encode_tfvars";

const numberFunctions =
  "abs ceil floor index length log max min parseint pow signum sum timecmp tonumber";

const boolFunctions =
  "alltrue anytrue can cidrcontains contains endswith fileexists issensitive startswith strcontains tobool";

const stringListFunctions = "cidrsubnets compact formatlist sort split";

/** Functions whose result has one type whatever they are given, by name. */
const fixedTypes: ReadonlyMap<string, ValueType> = new Map([
  ...named(stringFunctions, stringType),
  ...named(numberFunctions, { kind: "number" }),
  ...named(boolFunctions, { kind: "bool" }),
  ...named(stringListFunctions, stringList),
  ...named("fileset", { kind: "set", element: stringType }),
  ...named("range", { kind: "list", element: { kind: "number" } }),
  ...named("transpose", { kind: "map", element: stringList }),
]);

function named(names: string, type: ValueType): readonly (readonly [string, ValueType])[] {
  return names.split(" ").map((name) => [name, type]);
}

/** Functions whose result has a type that follows from those of the arguments; undefined where it does not. */
const derivedTypes: ReadonlyMap<
  string,
  (parameters: readonly ValueType[]) => ValueType | undefined
> = new Map(
  Object.entries({
    coalesce: (parameters) => unifyTypes(parameters),
    concat: (parameters) =>
      parameters.every((type) => type.kind === "list") ? unifyTypes(parameters) : undefined,
    ephemeralasnull: ([parameter]) => parameter,
    keys: ([parameter]) => (parameter?.kind === "map" ? stringList : undefined),
    lookup: ([parameter, , otherwise]) => typeInMap(parameter, otherwise),
    merge: mergeTypes,
    nonsensitive: ([parameter]) => parameter,
    one: ([parameter]) => elementOf(parameter),
    sensitive: ([parameter]) => parameter,
    tolist: ([parameter]) => collectionOf("list", parameter),
    tomap: ([parameter]) => mapOf(parameter),
    toset: ([parameter]) => collectionOf("set", parameter),
    values: ([parameter]) =>
      parameter?.kind === "map" ? { kind: "list", element: parameter.element } : undefined,
  }),
);

/**
 * The type of what a function gives for arguments of these types, which are asked for where they
 * count; undefined where it takes the arguments' values to tell.
 * https://developer.hashicorp.com/terraform/language/functions
 */
export function resultTypeOf(
  name: string,
  parameters: () => readonly ValueType[] | undefined,
): ValueType | undefined {
  const fixed = fixedTypes.get(name);
  const derive = derivedTypes.get(name);
  if (fixed !== undefined || derive === undefined) return fixed;
  const types = parameters();
  return types === undefined ? undefined : derive(types);
}

/** A default has the type of the elements, or is converted to it. */
function typeInMap(
  map: ValueType | undefined,
  otherwise: ValueType | undefined,
): ValueType | undefined {
  if (map?.kind !== "map") return undefined;
  const { element } = map;
  const isOfType =
    otherwise === undefined ||
    areSameTypes(element, unifyTypes([element, otherwise]) ?? unknownType);
  return isOfType ? element : undefined;
}

function elementOf(type: ValueType | undefined): ValueType | undefined {
  return type?.kind === "list" || type?.kind === "set" ? type.element : undefined;
}

function collectionOf(kind: "list" | "set", type: ValueType | undefined): ValueType | undefined {
  if (type === undefined || !isSequenceType(type)) return undefined;
  return { kind, element: unifyTypes(partTypes(type)) ?? unknownType };
}

function mapOf(type: ValueType | undefined): ValueType | undefined {
  if (type === undefined || !isMappingType(type)) return undefined;
  return { kind: "map", element: unifyTypes(partTypes(type)) ?? unknownType };
}

/** Objects make an object with the attributes of all, maps of one type a map. */
function mergeTypes([first, ...others]: readonly ValueType[]): ValueType | undefined {
  if (first?.kind === "map") {
    const haveOneType = others.every(
      (type) => type.kind === "map" && !areDistinct(first.element, type.element),
    );
    return haveOneType ? first : undefined;
  }
  const attributes = new Map<string, ValueType>();
  for (const type of first === undefined ? [] : [first, ...others]) {
    if (type.kind !== "object") return undefined;
    for (const [name, attribute] of type.attributes) attributes.set(name, attribute);
  }
  return { kind: "object", attributes };
}
