/** Functions of learning as numbers in, numbers out: trace decay, timing-based plasticity, pattern hash. Source: spec/burst-engine.md 7. */
import { xxHash64 } from "./hash.ts";

/** Share of an eligibility trace kept per burst; 0 bursts: the trace starts anew each burst. */
export function traceDecay(decayBursts: number): number {
  return decayBursts === 0 ? 0 : Math.fround(Math.exp(Math.fround(-1 / decayBursts)));
}

const TIME_CONSTANT_BURSTS = 20;
const POTENTIATION = 0.01;
const DEPRESSION = 0.012;

/** Weight change for a spike pair, `bursts` = post minus pre, with the default time constants and amplitudes. */
export function timingPlasticity(bursts: number): number {
  if (bursts < 0) return Math.fround(-DEPRESSION * Math.exp(bursts / TIME_CONSTANT_BURSTS));
  return Math.fround(POTENTIATION * Math.exp(-bursts / TIME_CONSTANT_BURSTS));
}

/** A byte weight after a change given as a fraction of its range. The sum is an f32, which a vanishing change does not move. */
export function changedByteWeight(weight: number, change: number): number {
  return Math.trunc(Math.min(255, Math.max(0, Math.fround(weight + Math.fround(255 * change)))));
}

/** Hash of a temporal pattern: per frame the number of ids and the ids ascending, as little-endian u32. */
export function patternHash(frames: readonly (readonly number[])[]): bigint {
  const words = frames.flatMap((ids) => [ids.length, ...ids.toSorted((a, b) => a - b)]);
  return xxHash64(new Uint8Array(Uint32Array.from(words).buffer));
}
