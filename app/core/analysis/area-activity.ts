/** How often each area fires, stretch by stretch, from the counts that frames carry; nothing is decoded and nothing kept of a burst. */
import type { CorticalArea } from "#contracts/connectome.ts";
import { readFrameCounts } from "#contracts/frame.ts";

/** A stretch has so many bursts at least, and takes at least so long. */
export const STRETCH_BURSTS = 100;
const STRETCH_MS = 2000;
/** Share of its neurons that fire in a burst, on average, from which on an area carries no more news. */
export const SATURATED_SHARE = 0.95;

/** One whole stretch. */
export interface ActivityMeasure {
  from: number;
  to: number;
  /** Spikes by index of the area; absent: none. */
  fired: ReadonlyMap<number, number>;
}

export class AreaActivity {
  /** The newest whole stretch since the brain began, or went back. */
  measure: ActivityMeasure | null = null;
  #standOut = "";
  #from: number | null = null;
  #fired = new Map<number, number>();
  #beganMs = 0;

  /** Counts a burst; true where it ends a stretch in which other areas were silent or saturated than in the one before. */
  heed(burst: number, frame: Uint32Array, areas: { values(): Iterable<CorticalArea> }, nowMs: number): boolean {
    if (this.#from === null) {
      this.#from = burst;
      this.#beganMs = nowMs;
    }
    for (const { area, count } of readFrameCounts(frame)) this.#fired.set(area, (this.#fired.get(area) ?? 0) + count);
    if (burst - this.#from + 1 < STRETCH_BURSTS || nowMs - this.#beganMs < STRETCH_MS) return false;
    this.measure = { from: this.#from, to: burst, fired: this.#fired };
    this.#from = null;
    this.#fired = new Map();
    const before = this.#standOut;
    const { silent, saturated } = extremes([...areas.values()], this.measure);
    this.#standOut = [silent, saturated].map((list) => list.map(({ index }) => index).join()).join(";");
    return this.#standOut !== before;
  }

  /** The bursts that were counted are no longer the brain's past. */
  reset(): void {
    this.measure = null;
    this.#standOut = "";
    this.#from = null;
    this.#fired = new Map();
  }
}

/** Areas that did not fire, and those that fired all the time. */
export function extremes(areas: readonly CorticalArea[], { fired, from, to }: ActivityMeasure) {
  const shareOf = ({ index, neurons }: CorticalArea) => (fired.get(index) ?? 0) / (neurons * (to - from + 1));
  const living = areas.filter(({ neurons }) => neurons > 0);
  // The power area is made to fire always, inputs and drivers fire as they are told, and a single neuron may well be a clock.
  const mayFireAlways = ({ kind, neurons }: CorticalArea) => kind === "core" || kind === "input" || kind === "modulator" || neurons === 1;
  return {
    silent: living.filter(({ index }) => !fired.has(index)),
    saturated: living.filter((area) => !mayFireAlways(area) && shareOf(area) >= SATURATED_SHARE),
  };
}
