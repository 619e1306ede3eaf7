/** Compares an engine with what a recorded run of the optional subsystems holds after a burst. */
import type { Engine } from "./engine.ts";
import type { JsonPlace } from "./json-place.ts";
import { armedTarget } from "./reference/homeostat.ts";
import { decodeSnapshot, type SnapshotColumns } from "./reference/snapshot-codec.ts";
import { close, type Mismatch } from "./replay.ts";

/** Fields of a burst that are compared, with what the engine has for each. */
const readings: Record<string, (engine: Engine, columns: () => SnapshotColumns, place: JsonPlace) => unknown> = {
  candidates(engine) {
    const { ids, sums } = engine.candidates();
    return Array.from(ids, (id, i) => [id, sums[i]]);
  },
  potential_after: (engine) => Array.from(states(engine).potential),
  countdown_after: (engine) => Array.from(states(engine).countdown),
  consecutive_after: (engine) => Array.from(states(engine).consecutiveFires),
  threshold_after: (_, columns) => Array.from(columns().threshold),
  leak_after: (_, columns) => Array.from(columns().leak),
  excitability_after: (_, columns) => Array.from(columns().excitability),
  synapses_after: (engine, columns) => synapsesOf(engine, columns()),
  homeostat_after: (_, columns, place) => homeostatsOf(columns(), place),
  formation_suppressed: (engine, _, place) => {
    const { suppressed } = engine.memorySignals();
    return place.list().map((pair) => [pair.tuple(2)[0]!.u32(), suppressed.includes(pair.tuple(2)[0]!.u32())]);
  },
};

export function compareRecord(engine: Engine, place: JsonPlace, fired: readonly number[]): Mismatch | null {
  let decoded: SnapshotColumns | null = null;
  const columns = () => {
    decoded ??= decodeSnapshot(engine.snapshot()).columns;
    return decoded;
  };
  const differs = (what: string, expected: unknown, got: unknown): Mismatch | null => {
    const path = difference(expected, got, "");
    return path === null ? null : { burst: engine.burst, what: `${what}${path}`, expected, got };
  };
  const potentials = engine.firedPotentials();
  const spikes = fired.map((id, i) => [id, potentials[i]]);
  let found = differs("fired", place.at("fired").value, spikes);
  for (const [name, read] of Object.entries(readings)) {
    const at = place.at(name);
    if (found === null && !at.isAbsent) found = differs(name, at.value, read(engine, columns, at));
  }
  return found;
}

/** Where two values differ; null: they are equal, numbers within the tolerance of replay.ts. */
function difference(expected: unknown, got: unknown, path: string): string | null {
  if (typeof expected === "number" && typeof got === "number") return close(expected, got) ? null : path;
  if (expected === null || typeof expected !== "object") return Object.is(expected, got) ? null : path;
  if (got === null || typeof got !== "object") return path;
  const names = new Set([...Object.keys(expected), ...Object.keys(got)]);
  for (const name of names) {
    const found = difference((expected as Record<string, unknown>)[name], (got as Record<string, unknown>)[name], `${path}[${name}]`);
    if (found !== null) return found;
  }
  return null;
}

function states(engine: Engine) {
  return engine.neuronStates(Uint32Array.from({ length: engine.neuronCount }, (_, id) => id));
}

/** By source and target, as recorded. */
function synapsesOf(engine: Engine, { synapseGroup }: SnapshotColumns): unknown[] {
  const { slot, source, target, weight, psp, kind, delay, flags, trace } = engine.synapses();
  return Array.from(slot, (at, i) => {
    const group = synapseGroup.length > 0 ? synapseGroup[at]! : 0;
    return [source[i]!, target[i]!, weight[i]!, psp[i]!, kind[i]!, delay[i]!, flags[i]!, trace[i]!, group];
  }).sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
}

const recordedRules = [0, 0.5, 1];

/** Per area of the record, per neuron of the area: its average, target and rule; null where it is not regulated. */
function homeostatsOf(columns: SnapshotColumns, place: JsonPlace): unknown {
  const starts = new Map<number, { at: number; first: number }>();
  let first = 0;
  columns.homeostatArea.forEach((area, at) => {
    starts.set(area, { at, first });
    first += columns.homeostatSize[at]!;
  });
  const of = ([name]: [string, JsonPlace]) => {
    const own = starts.get(Number(name));
    const neurons = columns.area.reduce((count, area) => count + (area === Number(name) ? 1 : 0), 0);
    const each = (read: (i: number, at: number) => number) =>
      Array.from({ length: neurons }, (_, i) => (own ? read(own.first + i, own.at) : null));
    const target = (i: number, at: number) => targetOf(columns, i, at);
    const values = {
      rate_ema: each((i) => columns.homeostatRate[i]!),
      rate_target: each(target),
      regulated: each((i) => recordedRules[columns.homeostatRule[i]!]!),
    };
    return [name, values];
  };
  return Object.fromEntries(place.members().map(of));
}

function targetOf(columns: SnapshotColumns, i: number, at: number): number {
  const [armed, arming] = [columns.homeostatArmed[at]!, columns.homeostatArmBursts[at]!];
  if (armed === arming) return columns.homeostatSetPoint[i]!;
  return armed === 0 ? 0 : armedTarget({ armShare: columns.homeostatArmShare[at]! }, columns.homeostatSetPoint[i]!, armed);
}
