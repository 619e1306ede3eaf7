/**
 * Bodies that a brain can be judged in: each senses for the brain before a burst, acts on what fired, and says how well that went.
 * They are simulated here, so the same brain gets the same score everywhere.
 */
import type { CorticalArea } from "#contracts/connectome.ts";
import type { Observable } from "#contracts/evolution.ts";
import { readFrameSections } from "#contracts/frame.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { neuronAt } from "../engine/stimulus.ts";
import { drawOf } from "./draw.ts";

export interface Agent {
  /** Input of the next burst. */
  sense(): Uint32Array;
  act(frame: Uint32Array): void;
  /** 0..1 */
  value(): number;
}

/**
 * An eye that follows a target. The target wanders along the x axis of the sensed area, a voxel every `pace` bursts, and shines on its
 * column; the eye looks where the acting area fires, the mean of its spikes along x. A burst counts 1 where it looks at the target, less
 * with their distance in widths, and 0 without a spike.
 */
export function tracker(
  { seed, pace, amplitude }: Pick<Observable & { kind: "agent" }, "seed" | "pace" | "amplitude">,
  senses: CorticalArea,
  acts: CorticalArea,
): Agent {
  const draw = drawOf(`tracker ${seed}`);
  const [width, height, depth] = senses.dimensions;
  let target = draw.below(width);
  let bursts = 0;
  let sum = 0;
  return {
    sense() {
      if (bursts > 0 && bursts % pace === 0) target = Math.min(width - 1, Math.max(0, target + (draw.chance(0.5) ? 1 : -1)));
      const patch = new PatchWriter().begin("stageInput", 2 * height * depth);
      for (let y = 0; y < height; y++) for (let z = 0; z < depth; z++) patch.u32(neuronAt(senses, [target, y, z])!).f32(amplitude);
      return patch.take();
    },
    act(frame) {
      bursts++;
      const plane = acts.dimensions[1] * acts.dimensions[2] * acts.neuronsPerVoxel;
      for (const { area, ids } of readFrameSections(frame)) {
        if (area !== acts.index || ids.length === 0) continue;
        const mean = ids.reduce((total, id) => total + Math.floor((id - acts.firstNeuron) / plane), 0) / ids.length;
        sum += 1 - Math.abs((mean + 0.5) / acts.dimensions[0] - (target + 0.5) / width);
      }
    },
    value: () => sum / bursts,
  };
}
