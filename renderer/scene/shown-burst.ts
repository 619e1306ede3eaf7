/**
 * Which burst the picture shows, and its firings as light: frames that come are scattered, going elsewhere scatters anew from
 * the frames in memory, because the picture depends on the burst shown and not on how one came there.
 */
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import type { FrameInbox } from "../bridge/frame-inbox.ts";
import type { Activity } from "./activity.ts";
import { AreaBrightness } from "./brightness.ts";
import type { Contents } from "./contents.ts";

export class ShownBurst {
  /** Null: the newest. */
  cursor: number | null = null;
  /** While a film is made of bursts, the one that is drawn. */
  filmed: number | null = null;
  /** The frame in the picture. */
  drawn: DecodedFrame | null = null;
  readonly brightness = new AreaBrightness();
  readonly #frames: FrameInbox;
  readonly #activity: Activity | null;
  readonly #contents: Contents;
  /** Newest frame that was scattered. */
  #newest: DecodedFrame | null = null;
  /** Newest burst scattered in which anything fired, and whether the picture shows no glow at all. */
  #lastLit = Number.NEGATIVE_INFINITY;
  #dark = false;

  constructor(frames: FrameInbox, activity: Activity | null, contents: Contents) {
    this.#frames = frames;
    this.#activity = activity;
    this.#contents = contents;
  }

  get burst(): number {
    return this.#chosen ?? this.#newest?.burst ?? 0;
  }

  /** Null: the newest. */
  get #chosen(): number | null {
    return this.filmed ?? this.cursor;
  }

  /** Frames of this brain in memory, ascending. */
  get mine(): readonly DecodedFrame[] {
    return this.#frames.recent.frames.filter((frame) => this.#isMine(frame));
  }

  /** What has to be drawn after these frames came. */
  take(batch: readonly DecodedFrame[]): "nothing" | "more" | "anew" {
    const mine = batch.filter((frame) => this.#isMine(frame));
    const last = mine.at(-1);
    if (!last) return "nothing";
    const newest = this.#newest;
    if (newest && (mine[0]!.burst <= newest.burst || mine[0]!.generation !== newest.generation)) return "anew";
    this.#newest = last;
    if (this.#chosen !== null) return "nothing";
    const lit = mine.findLast(({ fired }) => fired > 0);
    // Silence after silence is the picture that is there already.
    if (this.#dark && !lit) {
      this.drawn = last;
      return "nothing";
    }
    this.#lastLit = lit?.burst ?? this.#lastLit;
    this.#activity?.scatter(mine);
    this.brightness.scatter(mine);
    return "more";
  }

  /** Stamps anew. `stamps` false: there is nothing to stamp into. */
  rescatter(stamps: boolean): void {
    const { mine } = this;
    this.#newest = mine.at(-1) ?? null;
    const at = this.burst;
    const { span } = this.#contents.light;
    const visible = mine.filter(({ burst }) => burst <= at && burst > at - span);
    if (stamps) {
      this.#activity?.clear();
      this.#activity?.scatter(visible);
    }
    this.brightness.clear();
    this.brightness.scatter(visible);
    this.#lastLit = visible.findLast(({ fired }) => fired > 0)?.burst ?? Number.NEGATIVE_INFINITY;
  }

  /** Gets the light of the burst ready. */
  prepare(): void {
    this.#activity?.prepare(this.burst);
    this.#dark = this.burst - this.#lastLit >= this.#contents.light.span;
  }

  noteDrawn(): void {
    const chosen = this.#chosen;
    this.drawn = chosen === null ? this.#newest : (this.#frames.recent.between(chosen, chosen)[0] ?? null);
  }

  #isMine(frame: DecodedFrame): boolean {
    const { generation } = this.#contents;
    return generation === undefined || frame.generation === generation;
  }
}
