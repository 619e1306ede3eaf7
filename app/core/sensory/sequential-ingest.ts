/**
 * Frames whose order matters (audio): each source has a queue per area, and every burst takes one frame from each queue. A full queue
 * drops its oldest frame. So a frame waits one burst for each that came before it. Plain data, replaced as a whole.
 * Source: spec/burst-engine-extensions.md 4.
 */
import type { CorticalId } from "#contracts/connectome.ts";
import { decodeId } from "../genome/cortical-id.ts";
import type { SensoryFrame } from "./sensory-frame.ts";

/** Frames a queue holds, as FEAGI's configuration has it. */
export const QUEUED_FRAMES = 10;

export interface OrderedQueue {
  /** Empty where the sender gave no name. */
  source: string;
  area: CorticalId;
  /** Oldest first. */
  frames: readonly SensoryFrame[];
}

export interface OrderedQueues {
  /** Sources that have sent an area whose order matters. */
  sources: readonly string[];
  list: readonly OrderedQueue[];
  /** Frames dropped so far. */
  dropped: number;
}

export const noQueues: OrderedQueues = { sources: [], list: [], dropped: 0 };

export function isOrdered({ sources }: OrderedQueues, source: string | null): boolean {
  return sources.includes(source ?? "");
}

/** Queues what is ordered, and returns the rest. */
export function queueFrames(
  queues: OrderedQueues,
  source: string | null,
  frames: readonly SensoryFrame[],
  most = QUEUED_FRAMES,
): { rest: SensoryFrame[]; queues: OrderedQueues } {
  const rest = frames.filter(({ area }) => !hasOrder(area));
  if (rest.length === frames.length) return { rest, queues };
  const name = source ?? "";
  let { list, dropped } = queues;
  for (const frame of frames.filter(({ area }) => hasOrder(area))) {
    const queue = list.find((one) => one.source === name && one.area === frame.area) ?? { source: name, area: frame.area, frames: [] };
    const waiting = [...queue.frames, frame];
    const isFull = waiting.length > most;
    if (isFull) dropped++;
    list = [...list.filter((one) => one !== queue), { ...queue, frames: isFull ? waiting.slice(1) : waiting }];
  }
  const sources = queues.sources.includes(name) ? queues.sources : [...queues.sources, name];
  return { rest, queues: { sources, list, dropped } };
}

/** One frame from every queue, by source, then by the bytes of the area. */
export function releaseFrames(queues: OrderedQueues): { frames: SensoryFrame[]; queues: OrderedQueues } {
  if (queues.list.length === 0) return { frames: [], queues };
  const order = queues.list.toSorted((a, b) => compare(a.source, b.source) || compare(bytesOf(a.area), bytesOf(b.area)));
  const list = order.map((queue) => ({ ...queue, frames: queue.frames.slice(1) })).filter(({ frames }) => frames.length > 0);
  return { frames: order.map(({ frames }) => frames[0]!), queues: { ...queues, list } };
}

/** Audio inputs of any unit. */
export function hasOrder(area: CorticalId): boolean {
  return bytesOf(area).startsWith("iaud");
}

function bytesOf(area: CorticalId): string {
  return decodeId(area) ?? "";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
