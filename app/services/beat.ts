/** A brain with its recording, and one burst of it: what lives beside the engine, the input, the engine, and what is kept of all of it. */
import type { BurstResult } from "./engine-runner.ts";
import type { LivingBrain } from "./lab-state.ts";
import type { BrainRecording } from "./recording.ts";

/** One way that a brain went. */
export interface Life {
  brain: LivingBrain;
  recording: BrainRecording;
  timeline: { readonly id: string; name: string; readonly origin: { name: string; burst: number } | null };
}

/** Runs the next burst into a frame that `take` gives, of at least so many words. In turn only. */
export async function beat(
  { brain, recording }: Pick<Life, "brain" | "recording">,
  take: (words: number) => Uint32Array,
): Promise<BurstResult> {
  const { runner, stimuli, memory } = brain;
  recording.before(brain);
  memory.follow(brain.connectome, runner.burst);
  await runner.apply(memory.take());
  await runner.apply(stimuli.patchOf(runner.burst + 1, brain.connectome));
  const result = await runner.runBurst(take(runner.engine.frameWords));
  const written = result.frame.subarray(0, result.words);
  memory.step(runner.engine, written);
  recording.recorder.burst(runner.engine, written);
  return result;
}
