/**
 * The probes to be heard: a click where a probed neuron fired, each probe at a pitch of its own. Only bursts that come live are heard,
 * as they are drawn; a burst that is gone back to, and a hidden window, which is sent no frames, are silent.
 */
import type { FrameSection } from "#contracts/frame.ts";
import type { FrameInbox } from "../bridge/frame-inbox.ts";
import type { ClickSound } from "../ui/click-sound.ts";
import type { Traces } from "./traces-store.ts";

interface SoundParts {
  frames: Pick<FrameInbox, "onFrames">;
  traces: Pick<Traces, "store">;
  /** Opens the loudspeaker; called no sooner than there is something to be heard. */
  open(): ClickSound;
  /** In percent. */
  volume(): number;
  /** In milliseconds. */
  now(): number;
}

/** Between two clicks of one probe: above some 60 a second they are a hum that says less. */
const apartMs = 16;
const lowestHz = 330;
/** Eight probes span two octaves. */
const perOctave = 4;

/** Sounds while `isHeard` is on and a neuron is probed; returns the way to end it. */
export function soundProbes({ frames, traces, open, volume, now }: SoundParts): () => void {
  let stop: (() => void) | null = null;
  const neurons = () => traces.store.getState().probes.filter(({ kind }) => kind === "neuron");

  const begin = () => {
    const sound = open();
    const lastClick = new Map<number, number>();
    let lastBurst = Number.NEGATIVE_INFINITY;
    const stopFrames = frames.onFrames((batch) => {
      const fresh = batch.filter(({ burst }) => {
        const isNew = burst > lastBurst;
        lastBurst = burst;
        return isNew;
      });
      const at = now();
      for (const [place, { id }] of neurons().entries()) {
        if (at - (lastClick.get(id) ?? Number.NEGATIVE_INFINITY) < apartMs) continue;
        if (!fresh.some(({ sections }) => hasFired(id, sections))) continue;
        lastClick.set(id, at);
        sound.click(lowestHz * 2 ** (place / perOctave), volume() / 100);
      }
    });
    return () => {
      stopFrames();
      sound.close();
    };
  };
  const follow = () => {
    const isAudible = traces.store.getState().isHeard && neurons().length > 0;
    if (isAudible === (stop !== null)) return;
    if (stop === null) stop = begin();
    else {
      stop();
      stop = null;
    }
  };
  const unfollow = traces.store.subscribe(follow);
  follow();
  return () => {
    unfollow();
    stop?.();
    stop = null;
  };
}

/** Ids of a section ascend. */
function hasFired(id: number, sections: readonly FrameSection[]): boolean {
  return sections.some(({ ids }) => {
    let [low, high] = [0, ids.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ids[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return ids[low] === id;
  });
}
