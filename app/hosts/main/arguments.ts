/** Which genome the command line asks for: the last argument that is not an option, after the app itself. */
import { resolve } from "node:path";

/** Unpackaged, the first argument that is not an option is the app's own folder. */
export function genomeArgument(argv: readonly string[], workingFolder: string, packaged: boolean): string | null {
  const named = argv.slice(1).filter((argument) => !argument.startsWith("-"));
  const last = named.slice(packaged ? 0 : 1).at(-1);
  return last === undefined ? null : resolve(workingFolder, last);
}
