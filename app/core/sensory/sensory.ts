/**
 * What a brain senses: payloads that came since the last burst, frames that wait their turn, frames that are held.
 *
 * Plain data, replaced as a whole. Before each burst `sense` takes what acts in it: of what was sent the part that counts, the last
 * frames over a gap of one burst, and what somebody holds for an area until other input for it comes.
 */
import type { CorticalId } from "#contracts/connectome.ts";
import type { SensoryFrame, SensoryPayload } from "./sensory-frame.ts";
import { type LastFrame, repeatLast } from "./sensory-hold.ts";
import { collect } from "./sensory-intake.ts";
import { hasOrder, noQueues, type OrderedQueues } from "./sequential-ingest.ts";

/** A frame that acts in every burst from `from` to `until`; null: until it is released or replaced. */
export interface Hold {
  frame: SensoryFrame;
  from: number;
  until: number | null;
}

export interface Sensory {
  /** In order of arrival. */
  waiting: readonly SensoryPayload[];
  queues: OrderedQueues;
  /** Of the burst before, of areas whose last frame is held. */
  last: readonly LastFrame[];
  /** At most one an area in any burst. */
  holds: readonly Hold[];
}

/** A frame in a burst it acts in. */
export interface ActingFrame {
  frame: SensoryFrame;
  /** Null: it came for this burst. */
  held: { by: "hold" | "last frame"; since: number; until: number | null } | null;
}

export const noSensory: Sensory = { waiting: [], queues: noQueues, last: [], holds: [] };

/** What acts in `burst`, and what is left for later. `lastHeld`: the areas whose last frame is held over a gap. */
export function sense(sensory: Sensory, burst: number, lastHeld: ReadonlySet<CorticalId>): { acting: ActingFrame[]; sensory: Sensory } {
  const due = sensory.waiting.filter((payload) => payload.burst <= burst);
  const { batches, queues } = collect(due, sensory.queues);
  const frames = batches.flat();
  const { again, last } = repeatLast(sensory.last, { burst, frames, held: lastHeld });
  const brought = new Set(frames.filter(({ voxels }) => voxels.length > 0).map(({ area }) => area));
  const holds = sensory.holds.filter(({ frame, from, until }) => from > burst || ((until ?? burst) >= burst && !brought.has(frame.area)));
  const acts = holds.filter(({ from }) => from <= burst);
  const heldBySomebody = new Set(acts.map(({ frame }) => frame.area));
  const acting: ActingFrame[] = [
    ...frames.map((frame) => ({ frame, held: null })),
    ...again
      .filter(({ frame }) => !heldBySomebody.has(frame.area))
      .map(({ frame, burst: since }) => ({ frame, held: { by: "last frame" as const, since, until: burst } })),
    ...acts.map(({ frame, from, until }) => ({ frame, held: { by: "hold" as const, since: from, until } })),
  ];
  const isSame = due.length === 0 && queues === sensory.queues && sensory.last.length === 0 && holds.length === sensory.holds.length;
  if (isSame) return { acting, sensory };
  return { acting, sensory: { waiting: sensory.waiting.filter((payload) => !due.includes(payload)), queues, last, holds } };
}

/** Holds a frame in place of what was held for its area, and of what was sent there for the same burst. */
export function hold(sensory: Sensory, held: Hold): Sensory {
  const { frame, from } = held;
  const waiting = sensory.waiting.map((payload) => {
    const frames = payload.burst === from ? payload.frames.filter(({ area }) => area !== frame.area) : payload.frames;
    return frames.length === payload.frames.length ? payload : { ...payload, frames };
  });
  return { ...sensory, waiting, holds: [...release(sensory, frame.area, from - 1).holds, held] };
}

/** Lets what is held for an area act no longer than `burst`. */
export function release(sensory: Sensory, area: CorticalId, burst: number): Sensory {
  const holds = sensory.holds.flatMap((one) => {
    if (one.frame.area !== area) return one;
    const until = Math.min(one.until ?? burst, burst);
    return until < one.from ? [] : { ...one, until };
  });
  return { ...sensory, holds };
}

/** Forgets what is meant for areas that are gone. */
export function withoutSenses(sensory: Sensory, isGone: (area: CorticalId) => boolean): Sensory {
  const { holds, last, queues } = sensory;
  const areas = [...holds, ...last].map(({ frame }) => frame.area).concat(queues.list.map(({ area }) => area));
  if (!areas.some(isGone)) return sensory;
  const stays = ({ frame }: { frame: SensoryFrame }) => !isGone(frame.area);
  const list = queues.list.filter(({ area }) => !isGone(area));
  return { ...sensory, holds: holds.filter(stays), last: last.filter(stays), queues: { ...queues, list } };
}

/** What must be kept of a state once `burst` has run, to tell again what it left for later: frames that were done with are one voxel. */
export function spent(sensory: Sensory, burst: number, lastHeld: ReadonlySet<CorticalId>): Sensory {
  const isDone = ({ area, voxels }: SensoryFrame) => voxels.length > 1 && !lastHeld.has(area) && !hasOrder(area);
  const waiting = sensory.waiting.map((payload) =>
    payload.burst > burst || !payload.frames.some(isDone)
      ? payload
      : { ...payload, frames: payload.frames.map((frame) => (isDone(frame) ? { ...frame, voxels: frame.voxels.slice(0, 1) } : frame)) },
  );
  return { ...sensory, waiting };
}
