/**
 * What one voxel of an input or output area stands for: which channel of its unit, and which value. The id of the area says how values are
 * coded: a channel is some columns side by side along x, a value is how deep along z something fires. Source: spec/transports.md section 5.
 */
import type { CorticalArea, Vec3 } from "#contracts/connectome.ts";
import { unitOf } from "./device-unit.ts";

type Area = Pick<CorticalArea, "id" | "kind" | "dimensions">;

export interface DeviceVoxel {
  /** From 0, as bodies count them. */
  channel: number;
  /** Which of the values of its channel, where there are several. */
  value: { index: number; of: number } | null;
  stands: Standing;
  /** What it says is a change, not the value itself. */
  incremental: boolean;
}
export type Standing =
  /** An input fires here for values from low to high. */
  | { type: "range"; low: number; high: number }
  /** An output that fires here alone says this. */
  | { type: "exactly"; value: number }
  /** One binary digit of the value. */
  | { type: "adds"; value: number }
  | { type: "true" }
  | { type: "pixel"; x: number; y: number; plane: number; planes: number }
  | { type: "cell"; at: Vec3 };

interface Percentages {
  type: "percentages";
  /** Values of a channel. */
  values: number;
  signed: boolean;
  fractional: boolean;
  /** Of a channel along x. */
  columns: number;
}
type Coding = Percentages | { type: "boolean" } | { type: "plane" } | { type: "cells" };

/** `devices` of the unit, null while that is not known. Null where the voxel belongs to no device, or nothing is known of what it says. */
export function voxelOfDevice(area: Area, devices: number | null, [x, y, z]: Vec3): DeviceVoxel | null {
  const coding = codingOf(area);
  if (!coding) return null;
  const incremental = isIncremental(area);
  const [width, , depth] = area.dimensions;
  if (coding.type === "plane" || coding.type === "cells") {
    const each = devices === null ? 0 : width / devices;
    if (!Number.isInteger(each) || each < 1) return null;
    const [channel, column] = [Math.floor(x / each), x % each];
    const stands: Standing =
      coding.type === "plane" ? { type: "pixel", x: column, y, plane: z, planes: depth } : { type: "cell", at: [column, y, z] };
    return { channel, value: null, incremental, stands };
  }
  if (y !== 0) return null;
  if (coding.type === "boolean") return { channel: x, value: null, incremental, stands: { type: "true" } };
  const { columns, values } = coding;
  const column = x % columns;
  const index = Math.floor((column * values) / columns);
  const stands = (area.kind === "input" ? encodedBy : decodedFrom)(coding, column, z, depth);
  return { channel: Math.floor(x / columns), value: values === 1 ? null : { index, of: values }, incremental, stands };
}

/** The values an output channel says while these voxels of it fire, one for each value it has; null where it says nothing. */
export function decodeChannel(area: Area, channel: number, fires: (x: number, z: number) => boolean): number[] | null {
  const coding = codingOf(area);
  if (area.kind !== "output" || coding?.type !== "percentages") return null;
  const depth = area.dimensions[2];
  const { columns, values } = coding;
  const fired = Array.from({ length: columns }, (_, column) =>
    Array.from({ length: depth }, (_, z) => z).filter((z) => fires(channel * columns + column, z)),
  );
  if (fired.every((zs) => zs.length === 0)) return null;
  const each = columns / values;
  return Array.from({ length: values }, (_, i) => decodedValue(coding, fired.slice(i * each, (i + 1) * each), depth));
}

function codingOf(area: Area): Coding | null {
  if (!unitOf(area)) return null;
  const word = configurationOf(area);
  const fractional = (word & 0x200) !== 0;
  const kind = word & 15;
  if (kind === 0) return { type: "boolean" };
  if (kind === 9) return { type: "plane" };
  if (kind === 10) return { type: "cells" };
  if (kind > 8) return null;
  const signed = kind > 4;
  const values = signed ? kind - 4 : kind;
  // One signed value has one column for both signs, unless its digits are apart.
  const columns = signed && (values > 1 || fractional) ? 2 * values : values;
  return { type: "percentages", values, signed, fractional, columns };
}

const isIncremental = (area: Area) => (configurationOf(area) & 0x100) !== 0;

function configurationOf({ id }: Area): number {
  const bytes = atob(id);
  return bytes.charCodeAt(4) | (bytes.charCodeAt(5) << 8);
}

/** Columns for one value alternate: plus, minus. */
const signOf = ({ signed, columns, values }: Percentages, column: number) => (signed && columns > values && column % 2 === 1 ? -1 : 1);

function encodedBy(coding: Percentages, column: number, z: number, depth: number): Standing {
  const sign = signOf(coding, column);
  if (coding.fractional) return { type: "adds", value: sign * 2 ** -(z + 1) };
  if (coding.signed && coding.values === 1) {
    const high = depth === 1 ? 1 : 1 - (2 * z) / (depth - 1);
    const low = depth === 1 ? -1 : Math.max(-1, 1 - (2 * (z + 1)) / (depth - 1));
    return { type: "range", low, high };
  }
  const [near, far] = [sign * (1 - z / depth), sign * (1 - (z + 1) / depth)];
  return { type: "range", low: Math.min(near, far), high: Math.max(near, far) };
}

function decodedFrom(coding: Percentages, column: number, z: number, depth: number): Standing {
  const sign = signOf(coding, column);
  if (coding.fractional) return { type: "adds", value: sign * 2 ** -z };
  if (coding.signed && coding.values > 1) return { type: "exactly", value: sign * (1 - z / depth) };
  return { type: "exactly", value: decodedValue(coding, [[z]], depth) };
}

/** `fired`: how deep in each column of the value. */
function decodedValue({ fractional, signed, values }: Percentages, fired: readonly (readonly number[])[], depth: number): number {
  const [plus = [], minus = []] = fired;
  if (fractional) return digits(plus) - digits(minus);
  if (signed && values > 1) return share(plus, depth) - share(minus, depth);
  if (plus.length === 0) return 0;
  if (depth === 1) return signed ? 0 : 1;
  const at = mean(plus) / (depth - 1);
  return signed ? Math.max(-1, Math.min(1, 1 - 2 * at)) : 1 - at;
}

const digits = (zs: readonly number[]) => zs.reduce((sum, z) => sum + 2 ** -z, 0);
const share = (zs: readonly number[], depth: number) => (zs.length === 0 ? 0 : 1 - mean(zs) / depth);
const mean = (zs: readonly number[]) => zs.reduce((sum, z) => sum + z, 0) / zs.length;
