/**
 * Which of the payloads that came since the last burst act in the next: of each source the newest. A source that has sent frames whose
 * order matters is decoded whole, in the order of arrival. Source: spec/burst-engine-extensions.md 4.
 */
import type { SensoryFrame, SensoryPayload } from "./sensory-frame.ts";
import { isOrdered, type OrderedQueues, queueFrames, releaseFrames } from "./sequential-ingest.ts";

/** What acts together: the frames of one source, or those the queues release. */
export type SensoryBatch = readonly SensoryFrame[];

/** The batches of one burst. `payloads` in order of arrival. */
export function collect(payloads: readonly SensoryPayload[], before: OrderedQueues): { batches: SensoryBatch[]; queues: OrderedQueues } {
  let queues = before;
  const queue = (source: string | null, frames: readonly SensoryFrame[]): SensoryFrame[] => {
    const queued = queueFrames(queues, source, frames);
    queues = queued.queues;
    return queued.rest;
  };
  const newest = new Map<string | null, readonly SensoryFrame[]>();
  const acting = new Map<string | null, SensoryBatch>();
  for (const { source, frames } of payloads) {
    if (!isOrdered(queues, source)) newest.set(source, frames);
    else {
      const rest = queue(source, frames);
      if (rest.length > 0) acting.set(source, rest);
    }
  }
  for (const [source, frames] of newest) acting.set(source, queue(source, frames));
  const released = releaseFrames(queues);
  return { batches: [...acting.values(), released.frames].filter((batch) => batch.length > 0), queues: released.queues };
}

/** Whether a payload comes too late to act. One of an ordered source never does. */
export function isStale({ source, ageMs }: { source: string | null; ageMs: number }, queues: OrderedQueues, periodMs: number): boolean {
  return ageMs > periodMs && !isOrdered(queues, source);
}
