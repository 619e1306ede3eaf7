/** What a morphology reaches between two small boxes, by the rule that growth itself uses. */
import type { MappingRule, Morphology, Vec3 } from "#contracts/connectome.ts";
import { GrowthMemory } from "../memory.ts";
import { Random } from "../random.ts";
import { prepareMorphology } from "./morphology.ts";
import { RuleRefusal } from "./refusal.ts";
import { UnionScratch, VoxelList, volume } from "./voxel-rule.ts";

interface ToyPair {
  source: Vec3;
  target: Vec3;
  scalar: MappingRule["scalar"];
  development: "standard" | "feagi-strict";
  /** Where a composite finds its mapper. */
  morphologies: ReadonlyMap<string, Morphology>;
}

interface ToyReach {
  /** By source voxel, z fastest: the destination voxels, numbered alike and ascending. */
  reached: number[][];
  synapses: number;
  /** Why there are none, or what FEAGI would do otherwise. */
  note: string | null;
}

/** Both boxes are custom areas with one neuron a voxel; a law with chance in it is shown for one seed. */
export function toyReach(morphology: Morphology, { source, target, ...use }: ToyPair): ToyReach {
  const none = (note: string): ToyReach => ({ reached: Array.from({ length: volume(source) }, () => []), synapses: 0, note });
  const memory = new GrowthMemory();
  try {
    const prepared = prepareMorphology(morphology, {
      ...use,
      shape: { source, target },
      kinds: { source: "custom", target: "custom" },
      random: new Random("toy"),
      scratch: new UnionScratch(memory),
    });
    if ("none" in prepared) {
      return none(
        prepared.none === "relation" ? "This rule means a relation between areas and grows no synapses." : "No law is known for it.",
      );
    }
    const reached: number[][] = [];
    const list = new VoxelList(memory);
    for (let voxel = 0; voxel < volume(source); voxel++) {
      list.clear();
      const column = Math.floor(voxel / source[2]);
      prepared.voxels(Math.floor(column / source[1]), column % source[1], voxel % source[2], list);
      reached.push([...list.voxels.subarray(0, list.length)].sort((a, b) => a - b));
    }
    const synapses = reached.reduce((sum, row) => sum + row.length, 0);
    const { mended } = prepared;
    return { reached, synapses, note: mended && (synapses > 0 || !mended.onceReached) ? mended.message : null };
  } catch (refusal) {
    if (!(refusal instanceof RuleRefusal)) throw refusal;
    return none(refusal.message);
  }
}
