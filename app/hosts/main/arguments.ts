/** Which file the command line asks for: the last argument that is not an option, after the app itself. */
import { resolve } from "node:path";

/** One of the two at most. Unpackaged, the first argument that is not an option is the app's own folder. */
export function fileArgument(
  argv: readonly string[],
  workingFolder: string,
  packaged: boolean,
): { genome: string | null; workspace: string | null } {
  const named = argv.slice(1).filter((argument) => !argument.startsWith("-"));
  const last = named.slice(packaged ? 0 : 1).at(-1);
  const path = last === undefined ? null : resolve(workingFolder, last);
  return path !== null && isWorkspace(path) ? { genome: null, workspace: path } : { genome: path, workspace: null };
}

/** Of these the page knows what they say. */
export const isWorkspace = (path: string): boolean => path.endsWith(".gyrus");
