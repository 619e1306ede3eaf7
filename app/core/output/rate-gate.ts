/**
 * The rate at which a subscriber gets motor output: a share of the bursts, evenly, by credit. Reckoned in doubles.
 * Source: spec/burst-engine-extensions.md 6.
 */
import { LabError } from "#contracts/errors.ts";

/** Sums of shares come out a little below what they should. */
const TOLERANCE = 1e-9;

/** The rate of a new subscriber: what it asks for, else that of the bursts. Refuses what the bursts cannot give. */
export function subscribedRateHz(asked: number | undefined, burstHz: number): number {
  const rate = asked ?? burstHz;
  if (rate > 0 && rate <= burstHz) return rate;
  const message = `must be above 0 and at most the burst frequency of ${burstHz} Hz, it is ${rate}`;
  throw new LabError("E_INVALID", `The output rate ${message}`, { issues: [{ path: "rateHz", message }] });
}

/** A rate after the burst frequency changed: one that equalled it follows it. */
export function followedRateHz(rateHz: number, burstHz: { from: number; to: number }): number {
  return rateHz === burstHz.from ? burstHz.to : rateHz;
}

export class RateGate {
  #credit: number | null = null;

  /**
   * Whether a frame is due after this burst, also where nothing fired; null where a rate is not positive, which is worth a warning.
   * A frame that is due is answered by `sent` or `missed` before the next call.
   */
  isDue(rateHz: number, burstHz: number): boolean | null {
    if (!(rateHz > 0 && burstHz > 0)) return null;
    this.#credit = this.#credit === null ? 1 : this.#credit + Math.min(rateHz / burstHz, 1);
    return this.#credit + TOLERANCE >= 1;
  }

  sent(): void {
    this.#credit = Math.max((this.#credit ?? 0) - 1, 0);
  }

  /** It could not be sent, and is due again after the next burst. */
  missed(): void {
    this.#credit = Math.min(this.#credit ?? 0, 1);
  }
}
