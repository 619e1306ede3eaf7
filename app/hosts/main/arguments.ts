/** Which genome the command line asks for: the last argument that is not an option, after the app itself. */
import { resolve } from "node:path";

/** `packaged`: argv starts with the program alone; otherwise with the program and the app's folder. */
export function genomeArgument(argv: readonly string[], workingFolder: string, packaged: boolean): string | null {
  const named = argv.slice(packaged ? 1 : 2).filter((argument) => !argument.startsWith("-"));
  const last = named.at(-1);
  return last === undefined ? null : resolve(workingFolder, last);
}
