/** Quick fixes of problems: JSON text written over the values at their paths, and nothing else of the document touched. */
import { LabError } from "#contracts/errors.ts";
import { applyPatches } from "./edit/text-places.ts";
import { nodeAt, readJson } from "./json.ts";

/** The text with every fix in it. E_NOT_FOUND where a path leads nowhere any more. */
export function mended(text: string, fixes: readonly { path: string; text: string }[]): string {
  const root = readJson(text);
  const patches = fixes.map(({ path, text: value }) => {
    const node = nodeAt(root, path);
    if (!node)
      throw new LabError("E_NOT_FOUND", `The genome has nothing at ${path} any more`, { path }, "connectome.problems lists what there is.");
    return { start: node.start, end: node.end, text: value };
  });
  return applyPatches(text, patches);
}
