/**
 * Laws along one axis, from which most morphologies are put together (spec/development.md section 5).
 * `from` and `to` are the sizes of the source and destination axis. None costs more than what it reaches, so that growth can
 * be stopped between any two.
 */
import { type AxisRule, axisRule } from "./voxel-rule.ts";

const none: readonly number[] = [];
const f32 = Math.fround;
/** Bits from 32 on are never set. */
const BITS = 32;

/**
 * Stretches or shrinks one axis onto the other. The ratio is divided first and both divisions are 32-bit: exact
 * arithmetic gives other answers for about one in 2,000 (16 → 14 maps 8 to 6, not 7).
 */
export function projected(from: number, to: number): AxisRule {
  if (from === to) return same(to);
  const total = () => Math.max(from, to);
  if (from > to) {
    const ratio = f32(from / to);
    return axisRule(total, (s) => within(Math.trunc(f32(s / ratio)), to));
  }
  const ratio = f32(to / from);
  const sourceOf = (d: number) => Math.trunc(f32(d / ratio));
  return axisRule(total, (s) =>
    span(firstFrom(sourceOf, s, Math.round(s * ratio)), firstFrom(sourceOf, s + 1, Math.round((s + 1) * ratio)) - 1, to),
  );
}

/** The first d with rising(d) ≥ s, looked for from a guess close by. */
function firstFrom(rising: (d: number) => number, s: number, guess: number): number {
  let d = Math.max(0, guess);
  while (d > 0 && rising(d - 1) >= s) d--;
  while (rising(d) < s) d++;
  return d;
}

/** Lays the centres of both axes on each other. */
export function centred(from: number, to: number): AxisRule {
  const shift = Math.floor((to - 1) / 2) - Math.floor((from - 1) / 2);
  return axisRule(
    () => Math.min(from, to),
    (s) => within(s + shift, to),
  );
}

export const same = (to: number): AxisRule =>
  axisRule(
    (from) => Math.min(from, to),
    (s) => within(s, to),
  );

export const clamped = (to: number): AxisRule =>
  axisRule(
    (from) => from,
    (s) => [Math.min(s, to - 1)],
  );

export const always = (d: number): AxisRule =>
  axisRule(
    (from) => from,
    () => [d],
  );

/** Only the source coordinate `s` goes anywhere, and it goes to `d`. */
export const only = (s: number, d: number): AxisRule =>
  axisRule(
    () => 1,
    (coordinate) => (coordinate === s ? [d] : none),
  );

export const wrapped = (to: number): AxisRule =>
  axisRule(
    (from) => from,
    (s) => [s % to],
  );

/** s, s + from, s + 2 · from … */
export const repeated = (from: number, to: number): AxisRule =>
  axisRule(
    () => to,
    (s) => {
      const reached: number[] = [];
      for (let d = s; d < to; d += from) reached.push(d);
      return reached;
    },
  );

/** A source coordinate is a bit, counted from the most significant of `from` bits; it reaches every value with that bit set. */
export const valuesWithBit = (from: number, to: number): AxisRule =>
  axisRule(
    () => bitsBelow(to, 0, Math.min(from, BITS)),
    (s) => (from - 1 - s < BITS ? where(0, to, (value) => hasBit(value, from - 1 - s)) : none),
  );

/** A source coordinate is a value; it reaches the bits that are set, counted from the most significant of `to` bits. */
export const bitsOfValue = (to: number): AxisRule =>
  axisRule(
    (from) => bitsBelow(from, 0, Math.min(to, BITS)),
    (s) => where(Math.max(0, to - BITS), to, (bit) => hasBit(s, to - 1 - bit)),
  );

/** Python's expander: values are written in as many bits as the size of the destination needs, and `s` is a place from the left. */
export function expanded(to: number): AxisRule {
  const digits = bitLength(to);
  return axisRule(
    (from) => bitsBelow(to, digits - Math.min(from, digits), digits),
    (s) => (s < digits ? where(0, to, (value) => hasBit(value, digits - 1 - s)) : none),
  );
}

/** Python's reducer: `s` in binary, padded on the left to as many digits as the destination is wide. */
export const reduced = (to: number): AxisRule =>
  axisRule(
    (from) => bitsBelow(from, 0, BITS),
    (s) => {
      const digits = Math.max(to, bitLength(s));
      return where(Math.max(0, digits - BITS), to, (place) => hasBit(s, digits - 1 - place));
    },
  );

/** Neighbours in twos: 0 with 1, 2 with 3 … inside the source axis. */
export const paired = (from: number, to: number): AxisRule =>
  axisRule(
    () => Math.min(from, to),
    (s) => {
      const other = s % 2 === 0 ? s + 1 : s - 1;
      return other < from ? within(other, to) : none;
    },
  );

export const tenths = (to: number): AxisRule =>
  axisRule(
    (from) => Math.min(from, to * 10),
    (s) => within(Math.floor(s / 10), to),
  );

export function within(d: number, to: number): readonly number[] {
  return d >= 0 && d < to ? [d] : none;
}

/** All coordinates first … last of an axis, cut to the axis. */
export function span(first: number, last: number, to: number): readonly number[] {
  return where(Math.max(0, first), Math.min(last + 1, to), () => true);
}

/** The coordinates in [first, end) for which something holds. */
export function where(first: number, end: number, holds: (d: number) => boolean): readonly number[] {
  const reached: number[] = [];
  for (let d = first; d < end; d++) if (holds(d)) reached.push(d);
  return reached;
}

function hasBit(value: number, bit: number): boolean {
  return bit < BITS && ((value >>> bit) & 1) === 1;
}

/** How many bits of the places [first, end) are set in all values below `limit` together. */
function bitsBelow(limit: number, first: number, end: number): number {
  let set = 0;
  for (let bit = first; bit < end; bit++) {
    const half = 2 ** bit;
    set += Math.floor(limit / (2 * half)) * half + Math.max(0, (limit % (2 * half)) - half);
  }
  return set;
}

function bitLength(value: number): number {
  return BITS - Math.clz32(value);
}
