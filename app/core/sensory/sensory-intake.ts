/**
 * Which of the payloads that came since the last burst act in the next: of each source the newest, unless it is too old. A source
 * that has sent frames whose order matters is decoded whole, in the order of arrival. Source: spec/burst-engine-extensions.md 4.
 */
import type { SensoryFrame, SensoryPayload } from "./sensory-frame.ts";
import { SequentialIngest } from "./sequential-ingest.ts";

/** What acts together: the frames of one source, or those the queues release. */
export type SensoryBatch = SensoryFrame[];

export class SensoryIntake {
  readonly sequential: SequentialIngest | null;

  /** `maxFrames`: of a queue for ordered frames; null: no frame is ordered. */
  constructor(maxFrames: number | null) {
    this.sequential = maxFrames === null ? null : new SequentialIngest(maxFrames);
  }

  /** The batches of one burst. `payloads` in order of arrival; `periodMs` is that of the burst clock. */
  collect(payloads: readonly SensoryPayload[], { nowMs, periodMs }: { nowMs: number; periodMs: number }): SensoryBatch[] {
    const { sequential } = this;
    const newest = new Map<string | null, SensoryFrame[]>();
    const ofOrdered = new Map<string | null, SensoryFrame[]>();
    for (const { source, receivedMs, frames } of payloads) {
      if (sequential?.isOrdered(source)) {
        const rest = sequential.queue(source, frames);
        if (rest.length > 0) ofOrdered.set(source, rest);
      } else if (nowMs - receivedMs <= periodMs) newest.set(source, frames);
    }
    for (const [source, frames] of newest) ofOrdered.set(source, sequential?.queue(source, frames) ?? frames);
    return [...ofOrdered.values(), sequential?.release() ?? []].filter((batch) => batch.length > 0);
  }

  /** Forgets what waits, as when another brain is loaded. */
  clear(): void {
    this.sequential?.clear();
  }
}
