/** What a synapse joins after patches: an edit that gives an area another block lets its neurons go on under other ids. */
import { patchOp } from "#contracts/patch.ts";
import { operationsOf } from "#core/engine/golden-operations.ts";

export type Ends = readonly [source: number, target: number];

export function endsAfter(ends: Ends, patches: Iterable<Uint32Array>): [source: number, target: number] {
  const now: [number, number] = [...ends];
  for (const patch of patches) {
    for (const { code, words } of operationsOf(patch)) {
      if (code !== patchOp.moveNeurons) continue;
      for (let i = 0; i < words.length; i += 2) {
        for (const end of [0, 1] as const) if (now[end] === words[i]) now[end] = words[i + 1]!;
      }
    }
  }
  return now;
}
