/**
 * The arithmetic of one neuron: leak over elapsed bursts, the firing draw, INT8 charges. Pure functions of numbers.
 *
 * Every f32 step is rounded by itself (`Math.fround`), so all engines agree to the bit. Source: spec/burst-engine.md 6.1, 6.2, 8.
 */
const ALWAYS_FIRES = Math.fround(0.999);

/** Share of the membrane potential left after `elapsed` bursts without processing; the power is taken in double. */
export function retention(leak: number, elapsed: number): number {
  if (elapsed === 0 || leak === 0) return 1;
  let base = Math.fround(1 - leak);
  if (elapsed === 1) return base;
  let kept = 1;
  for (let n = elapsed; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) kept *= base;
    base *= base;
  }
  return Math.fround(kept);
}

/** Membrane potential after `elapsed` bursts of leak. */
export function caughtUp(potential: number, leak: number, elapsed: number): number {
  return potential === 0 ? potential : Math.fround(potential * retention(leak, elapsed));
}

/** The pcg hash of a u32. */
export function pcg(x: number): number {
  const state = (Math.imul(x, 747796405) + 2891336453) | 0;
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737);
  return ((word >>> 22) ^ word) >>> 0;
}

/** A u32 as the f32 fraction 0..1 the draw compares with; the nearest f32 of the largest is exactly 1. */
export function unitFraction(hash: number): number {
  return Math.fround(Math.fround(hash) / 4294967296);
}

/** The draw of one neuron in one burst: depends on nothing else. */
export function firingDraw(neuron: number, burst: number): number {
  return unitFraction(pcg(Math.imul(neuron, 2654435761) + Math.imul(burst, 1597334677)));
}

/** Whether a neuron in its firing window does fire, by its excitability (a probability). */
export function firesByChance(excitability: number, neuron: number, burst: number): boolean {
  if (excitability >= ALWAYS_FIRES) return true;
  if (excitability <= 0) return false;
  return firingDraw(neuron, burst) < excitability;
}

/** INT8 membrane potential or threshold: confined to 0..255, the fraction kept. */
export function int8Charge(value: number): number {
  if (!(value > 0) || value === Number.POSITIVE_INFINITY) return 0;
  return Math.min(255, value);
}

/** The INT8 level of a threshold limit that means none. */
export const INT8_NO_LIMIT = 255;

/** INT8 level of a threshold limit: rounded half up to 0..255. */
export function int8Level(value: number): number {
  if (!(value > 0) || value === Number.POSITIVE_INFINITY) return 0;
  return value >= 255 ? 255 : Math.trunc(Math.fround(value + 0.5));
}
