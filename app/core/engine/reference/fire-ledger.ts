/**
 * The fire ledger: per tracked area the ids that fired in each of the last bursts. Plasticity reads its windows here.
 *
 * A track is plain (every fire) or episodic (fires of memory neurons by injection only). The newest frame is always of the last
 * burst, so frames need no numbers. Source: spec/burst-engine.md 7.1.
 */
import type { NetworkState } from "./network-state.ts";

export interface Track {
  area: number;
  episodic: boolean;
  window: number;
  /** Oldest first, ids ascending. */
  frames: Uint32Array[];
}

export class FireLedger {
  readonly #plain = new Map<number, Track>();
  readonly #episodic = new Map<number, Track>();

  get isEmpty(): boolean {
    return this.#plain.size === 0 && this.#episodic.size === 0;
  }

  /** Starts to track an area, or changes its window. Bursts before the tracking count as silent. */
  track(area: number, episodic: boolean, window: number, burst: number): void {
    const known = this.#of(episodic).get(area);
    if (known) {
      known.window = window;
      known.frames = known.frames.slice(-window);
    } else {
      const frames = Array.from({ length: Math.min(window, burst) }, () => new Uint32Array(0));
      this.#of(episodic).set(area, { area, episodic, window, frames });
    }
  }

  untrack(area: number, episodic: boolean): void {
    this.#of(episodic).delete(area);
  }

  restore(track: Track): void {
    this.#of(track.episodic).set(track.area, track);
  }

  has(area: number, episodic: boolean): boolean {
    return this.#of(episodic).has(area);
  }

  /** Ascending (area, episodic). */
  list(): Track[] {
    return [...this.#plain.values(), ...this.#episodic.values()].sort((a, b) => a.area - b.area || Number(a.episodic) - Number(b.episodic));
  }

  /** Adds the frame of the burst that has just run to every track. */
  record({ fired, neurons, memory }: NetworkState): void {
    const plain = new Map<number, number[]>();
    const episodic = new Map<number, number[]>();
    for (const area of this.#plain.keys()) plain.set(area, []);
    for (const area of this.#episodic.keys()) episodic.set(area, []);
    for (let f = 0; f < fired.count; f++) plain.get(neurons.area[fired.ids[f]!]!)?.push(fired.ids[f]!);
    for (const fire of memory.fired) {
      plain.get(fire.area)?.push(fire.id);
      if (fire.episodic) episodic.get(fire.area)?.push(fire.id);
    }
    for (const [tracks, frames] of [
      [this.#plain, plain],
      [this.#episodic, episodic],
    ] as const) {
      for (const track of tracks.values()) {
        track.frames.push(Uint32Array.from(frames.get(track.area)!));
        if (track.frames.length > track.window) track.frames.shift();
      }
    }
  }

  /** The last `depth` frames, or null when the track does not hold as many. */
  recent(area: number, episodic: boolean, depth: number): Uint32Array[] | null {
    const track = this.#of(episodic).get(area);
    return track && track.frames.length >= depth ? track.frames.slice(-depth) : null;
  }

  /** Takes neurons out of every frame, as if they had never fired. */
  forget(ids: ReadonlySet<number>): void {
    for (const track of this.list()) track.frames = track.frames.map((frame) => frame.filter((id) => !ids.has(id)));
  }

  #of(episodic: boolean): Map<number, Track> {
    return episodic ? this.#episodic : this.#plain;
  }
}
