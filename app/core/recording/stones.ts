/**
 * Stepping stones: states that a replay came through, kept in memory for the next one, so that moving about in the recording replays
 * a few bursts and not the whole way from the keyframe. They repeat what is recorded and can be forgotten at any time.
 */
import type { Segment } from "./ring.ts";

/** Bursts between two stones of a segment. */
const STONE_BURSTS = 32;

export interface Stone {
  readonly burst: number;
  readonly moment: Uint8Array;
  /** State of what lives beside the engine. */
  readonly beside: Uint8Array;
}

export class Stones {
  /** The segment used last is the last. */
  readonly #bySegment = new Map<Segment, Stone[]>();
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** The nearest state at or before `burst` within the segment. */
  find(segment: Segment, burst: number): Stone | null {
    const stones = this.#bySegment.get(segment);
    if (stones === undefined) return null;
    this.#bySegment.delete(segment);
    this.#bySegment.set(segment, stones);
    return stones.findLast((stone) => stone.burst <= Math.min(burst, segment.end)) ?? null;
  }

  /** Whether a replay in this segment leaves its state after `burst`. */
  isPlace(segment: Segment, burst: number): boolean {
    if (burst === segment.start || (burst - segment.start) % STONE_BURSTS !== 0) return false;
    return !this.#bySegment.get(segment)?.some((stone) => stone.burst === burst);
  }

  /** Keeps a state; what was used longest ago goes until all of it takes at most `mostBytes`. */
  lay(segment: Segment, stone: Stone, mostBytes: number): void {
    const stones = this.#bySegment.get(segment) ?? [];
    this.#bySegment.set(
      segment,
      [...stones, stone].sort((a, b) => a.burst - b.burst),
    );
    this.#bytes += bytesOf(stone);
    for (const [oldest, its] of this.#bySegment) {
      if (this.#bytes <= mostBytes && oldest.isKept) break;
      this.#bySegment.delete(oldest);
      for (const gone of its) this.#bytes -= bytesOf(gone);
    }
  }

  clear(): void {
    this.#bySegment.clear();
    this.#bytes = 0;
  }
}

function bytesOf({ moment, beside }: Stone): number {
  return moment.length + beside.length;
}
