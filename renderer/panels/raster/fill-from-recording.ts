/** Fills the raster from the recording while the brain rests: bursts whose frames were skipped, and those from before the window looked. */
import type { RecordedSpikes } from "../../scene/raster/columns.ts";
import type { Workbench } from "../../shell/workbench.ts";
import { createPacer } from "../../stores/pacer.ts";

const periodMs = 200;
/** Spikes of one answer; an area that fires more than that in a stretch shows its newest bursts as not told. */
const mostSpikes = 200_000;

/** Returns the way to stop. */
export function fillFromRecording(
  areas: readonly string[],
  { raster, lab, stores }: Pick<Workbench, "raster" | "lab" | "stores">,
): () => void {
  let isStopped = false;
  const pacer = createPacer(async () => {
    const { status } = stores.brain.getState();
    const { recording } = stores.timeline.store.getState();
    // A running brain is not asked for what it did: frames tell of it, and the rest waits for a pause.
    if (status?.state !== "paused" || recording === null) return;
    const range = raster.missing(status.burst, recording.first);
    if (range === null) return;
    const told: { area: string; spikes: RecordedSpikes }[] = [];
    for (const area of areas) {
      const spikes = await lab.analysis.spikes({ area, ...range, most: mostSpikes }).catch(() => null);
      // What has left the recording, or a lab that went away, is asked for again once the brain has moved.
      if (isStopped || spikes === null) return;
      told.push({ area, spikes });
    }
    raster.fill(told);
    pacer.soon();
  }, periodMs);
  const stops = [raster.onDrawn(pacer.soon), stores.brain.subscribe(pacer.soon), stores.timeline.store.subscribe(pacer.soon)];
  pacer.soon();
  return () => {
    isStopped = true;
    pacer.stop();
    for (const stop of stops) stop();
  };
}
