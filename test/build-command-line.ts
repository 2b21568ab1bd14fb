import { buildCommandLine } from "../scripts/build-command-line.mjs";

/** The tests run the command line as users do: as the bundle, which must not be an old one. */
export default async function setup(): Promise<void> {
  await buildCommandLine();
}
