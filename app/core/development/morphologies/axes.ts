/**
 * Laws along one axis, from which most morphologies are put together (spec/development.md section 5).
 * `from` and `to` are the sizes of the source and destination axis.
 */
import type { AxisRule } from "./voxel-rule.ts";

const none: readonly number[] = [];
const f32 = Math.fround;

/**
 * Stretches or shrinks one axis onto the other. The ratio is divided first and both divisions are 32-bit: exact
 * arithmetic gives other answers for about one in 2,000 (16 → 14 maps 8 to 6, not 7).
 */
export function projected(from: number, to: number): AxisRule {
  if (from === to) return same(to);
  if (from > to) {
    const ratio = f32(from / to);
    return (s) => within(Math.trunc(f32(s / ratio)), to);
  }
  const ratio = f32(to / from);
  const reached: number[][] = Array.from({ length: from }, () => []);
  for (let d = 0; d < to; d++) reached[Math.trunc(f32(d / ratio))]?.push(d);
  return (s) => reached[s] ?? none;
}

/** Lays the centres of both axes on each other. */
export function centred(from: number, to: number): AxisRule {
  const shift = Math.floor((to - 1) / 2) - Math.floor((from - 1) / 2);
  return (s) => within(s + shift, to);
}

export const same =
  (to: number): AxisRule =>
  (s) =>
    within(s, to);

export const clamped =
  (to: number): AxisRule =>
  (s) => [Math.min(s, to - 1)];

export const always =
  (d: number): AxisRule =>
  () => [d];

/** Only the source coordinate `s` goes anywhere, and it goes to `d`. */
export const only =
  (s: number, d: number): AxisRule =>
  (coordinate) =>
    coordinate === s ? [d] : none;

export const wrapped =
  (to: number): AxisRule =>
  (s) => [s % to];

/** s, s + from, s + 2 · from … */
export const repeated =
  (from: number, to: number): AxisRule =>
  (s) =>
    where(to, (d) => d >= s && (d - s) % from === 0);

/** A source coordinate is a bit, counted from the most significant of `from` bits; it reaches every value with that bit set. */
export const valuesWithBit =
  (from: number, to: number): AxisRule =>
  (s) =>
    where(to, (value) => hasBit(value, from - 1 - s));

/** A source coordinate is a value; it reaches the bits that are set, counted from the most significant of `to` bits. */
export const bitsOfValue =
  (to: number): AxisRule =>
  (s) =>
    where(to, (bit) => hasBit(s, to - 1 - bit));

/** Python's expander: values are written in as many bits as the size of the destination needs, and `s` is a place from the left. */
export function expanded(to: number): AxisRule {
  const digits = bitLength(to);
  return (s) => (s < digits ? where(to, (value) => hasBit(value, digits - 1 - s)) : none);
}

/** Python's reducer: `s` in binary, padded on the left to as many digits as the destination is wide. */
export const reduced =
  (to: number): AxisRule =>
  (s) => {
    const digits = Math.max(to, bitLength(s));
    return where(to, (place) => hasBit(s, digits - 1 - place));
  };

/** Neighbours in twos: 0 with 1, 2 with 3 … inside the source axis. */
export const paired =
  (from: number, to: number): AxisRule =>
  (s) => {
    const other = s % 2 === 0 ? s + 1 : s - 1;
    return other < from ? within(other, to) : none;
  };

export const tenths =
  (to: number): AxisRule =>
  (s) =>
    within(Math.floor(s / 10), to);

export function within(d: number, to: number): readonly number[] {
  return d >= 0 && d < to ? [d] : none;
}

/** All coordinates first … last of an axis, cut to the axis. */
export function span(first: number, last: number, to: number): readonly number[] {
  const reached: number[] = [];
  for (let d = Math.max(0, first); d <= Math.min(last, to - 1); d++) reached.push(d);
  return reached;
}

export function where(to: number, holds: (d: number) => boolean): readonly number[] {
  const reached: number[] = [];
  for (let d = 0; d < to; d++) if (holds(d)) reached.push(d);
  return reached;
}

/** Bits from 32 on are never set. */
function hasBit(value: number, bit: number): boolean {
  return bit < 32 && ((value >>> bit) & 1) === 1;
}

function bitLength(value: number): number {
  return 32 - Math.clz32(value);
}
