import { unknown } from "../../../values/evaluated.js";
import { known } from "../../../values/value.js";
import { unary } from "./arity.js";
import { encodeBase64, encodeUtf8 } from "../../../source/bytes.js";
import { fileset } from "./fileset.js";
import { failure, success } from "./function-result.js";
import type { FunctionTable } from "./function-table.js";
import { digests } from "./hash.js";
import { madeString, notSupported } from "./made-value.js";
import { allButLastPart, cleanPath, isAbsolutePath, lastPart } from "./paths.js";
import { overScalars, scalarFunction } from "./scalar-function.js";
import { templatefile } from "./template.js";
import type { TerraformFunction } from "./terraform-function.js";
import { absolutePath, kindOfEntry, withPath, withText } from "./tree-path.js";

/** A function of a file's text. */
function overText(compute: (text: string) => string): TerraformFunction {
  return unary((path, call) =>
    withText(path, call, (text) => success(madeString(compute(text), call.origin))),
  );
}

/** https://developer.hashicorp.com/terraform/language/functions/fileexists */
const fileexists = unary((parameter, call) =>
  withPath(parameter, call, (path, written) => {
    const kind = kindOfEntry(path, call);
    if (kind === "directory") return failure(`${written} is a directory, not a file`);
    if (kind === "impossible") return failure(`${written} leads through a file`);
    if (kind === "other") return notSupported("what is no file and no directory", call);
    return success(known(kind === "file", call.origin));
  }),
);

/**
 * Where the root module lies is the machine's affair, so that a relative path's absolute one is
 * unknown, save to functions that read the file there.
 * https://developer.hashicorp.com/terraform/language/functions/abspath
 */
const abspath = overScalars(["string"], ([path], call) => {
  if (isAbsolutePath(path)) return success(madeString(cleanPath(path), call.origin));
  const reason = { kind: "decided-at-deployment", expression: `abspath("${path}")` } as const;
  // Only `~` at the start would stand for another directory, and not for `abspath`.
  const filePath = absolutePath(`./${path}`, call);
  const value = unknown(reason, call.origin);
  return success(filePath === undefined ? value : { ...value, filePath });
});

/** https://developer.hashicorp.com/terraform/language/functions/pathexpand, which changes `~` alone. */
const pathexpand = overScalars(["string"], ([path], call) => {
  if (!path.startsWith("~")) return success(madeString(path, call.origin));
  if (!/^~(?:[/\\]|$)/.test(path)) return failure("cannot expand user-specific home directories");
  const reason = { kind: "decided-at-deployment", expression: `pathexpand("${path}")` } as const;
  return success(unknown(reason, call.origin));
});

/** https://developer.hashicorp.com/terraform/language/functions/file */
const file = unary((parameter, call) =>
  withText(parameter, call, (text, path) =>
    success({ ...madeString(text, call.origin), composition: { kind: "file", path } }),
  ),
);

/** Functions that look at files, which no template may call that is a string. */
const fileReadingFunctions: FunctionTable = {
  file,
  filebase64: overText((text) => encodeBase64(encodeUtf8(text))),
  filebase64sha256: overText(digests.base64sha256),
  filebase64sha512: overText(digests.base64sha512),
  fileexists,
  filemd5: overText(digests.md5),
  fileset,
  filesha1: overText(digests.sha1),
  filesha256: overText(digests.sha256),
  filesha512: overText(digests.sha512),
  templatefile,
};

/** Whether `templatestring` refuses to call the function of that name. */
export function readsFiles(name: string): boolean {
  return Object.hasOwn(fileReadingFunctions, name);
}

/**
 * Filesystem functions, as if Terraform ran in the root module on the tree at hand: what is not
 * there does not exist.
 * https://developer.hashicorp.com/terraform/language/functions#filesystem-functions
 */
export const filesystemFunctions: FunctionTable = {
  ...fileReadingFunctions,
  abspath,
  basename: scalarFunction(["string"], lastPart),
  dirname: scalarFunction(["string"], allButLastPart),
  pathexpand,
};
