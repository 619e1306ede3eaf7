/**
 * Frames whose order matters (audio): each source has a queue per area, and every burst takes one frame from each queue. A full queue
 * drops its oldest frame. So a frame waits one burst for each that came before it. Source: spec/burst-engine-extensions.md 4.
 */
import type { CorticalId } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { decodeId } from "../genome/cortical-id.ts";
import type { SensoryFrame } from "./sensory-frame.ts";

interface Queue {
  source: string;
  /** The eight bytes. */
  bytes: string;
  frames: SensoryFrame[];
}

export class SequentialIngest {
  readonly #maxFrames: number;
  readonly #queues = new Map<string, Queue>();
  readonly #ordered = new Set<string>();
  #dropped = 0;

  /** `maxFrames`: frames a queue holds. */
  constructor(maxFrames: number) {
    if (!Number.isInteger(maxFrames) || maxFrames < 1) {
      const message = `must be a whole number above 0, it is ${maxFrames}`;
      const details = { issues: [{ path: "sequential_ingest_max_frames", message }] };
      throw new LabError("E_INVALID", `sequential_ingest_max_frames ${message}`, details, "Leave it out to have no queues.");
    }
    this.#maxFrames = maxFrames;
  }

  /** Frames waiting. */
  get queued(): number {
    return [...this.#queues.values()].reduce((sum, { frames }) => sum + frames.length, 0);
  }

  /** Frames dropped since it was made. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Whether a source has sent an area whose order matters. */
  isOrdered(source: string | null): boolean {
    return this.#ordered.has(source ?? "");
  }

  /** Queues what is ordered and returns the rest. */
  queue(source: string | null, frames: readonly SensoryFrame[]): SensoryFrame[] {
    const rest: SensoryFrame[] = [];
    for (const frame of frames) {
      if (!hasOrder(frame.area)) {
        rest.push(frame);
        continue;
      }
      this.#ordered.add(source ?? "");
      const { frames: waiting } = this.#queueOf(source ?? "", frame.area);
      waiting.push(frame);
      if (waiting.length <= this.#maxFrames) continue;
      waiting.shift();
      this.#dropped++;
    }
    return rest;
  }

  /** One frame from every queue that has one, by source, then by the bytes of the area. */
  release(): SensoryFrame[] {
    return [...this.#queues.values()]
      .filter(({ frames }) => frames.length > 0)
      .sort((a, b) => compare(a.source, b.source) || compare(a.bytes, b.bytes))
      .map(({ frames }) => frames.shift()!);
  }

  /** Forgets frames and sources, as when another brain is loaded. */
  clear(): void {
    this.#queues.clear();
    this.#ordered.clear();
  }

  #queueOf(source: string, area: CorticalId): Queue {
    const key = `${area} ${source}`;
    const queue = this.#queues.get(key) ?? { source, bytes: decodeId(area) ?? area, frames: [] };
    this.#queues.set(key, queue);
    return queue;
  }
}

/** Audio inputs of any unit. */
function hasOrder(area: CorticalId): boolean {
  return decodeId(area)?.startsWith("iaud") ?? false;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
