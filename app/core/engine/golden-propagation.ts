/**
 * Replays one recorded propagation (format `propagate-golden/1`): given fires, what arrives where.
 *
 * The record lists every contribution by itself; the engine shows its synapses and, a burst later, the sums.
 */
import { firedIds } from "#contracts/frame.ts";
import { type Dynamics, type NetworkImage, NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import type { Engine } from "./engine.ts";
import { JsonPlace } from "./json-place.ts";
import { close, type Mismatch, type Replay } from "./replay.ts";

/** Largest product of byte weight and byte postsynaptic potential: what the normalized record divides by. */
const BYTE_PRODUCT = 255 * 255;
/** Moves areas past the core areas, which act by themselves. */
const CORE_AREAS = 7;
const MAX_NEURONS = 50_000_000;

type Contributions = Map<number, [target: number, value: number][]>;

interface Propagation {
  fired: number[];
  areaOf: Map<number, number>;
  image: NetworkImage;
  raw: Contributions | undefined;
  normalized: Contributions | undefined;
  synapsesProcessed: number | undefined;
}

export function replayPropagation(engine: Engine, document: unknown, dynamics: Dynamics): Replay {
  const recorded = readPropagation(new JsonPlace(document, ""), dynamics);
  engine.load(recorded.image);
  const patch = new PatchWriter().begin("stageInput", recorded.fired.length * 2);
  for (const id of recorded.fired) patch.u32(id).f32(1);
  engine.apply(patch.take());
  const fired = [burst(engine), burst(engine)];

  const sent: Contributions = new Map();
  let count = 0;
  for (const source of fired[0]!) {
    const { target, weight, psp, kind } = engine.outgoing(source);
    target.forEach((id, i) => {
      const area = recorded.areaOf.get(id)!;
      const product = Math.fround(weight[i]! * psp[i]!);
      sent.set(area, [...(sent.get(area) ?? []), [id, kind[i] === 0 ? product : -product]]);
      count++;
    });
  }
  for (const list of sent.values()) list.sort((a, b) => a[0] - b[0]);

  const mismatch =
    difference(1, "fired", recorded.fired, fired[0]!) ??
    compare("raw", recorded.raw, sent, 1) ??
    compare("normalized", recorded.normalized, sent, BYTE_PRODUCT) ??
    (recorded.synapsesProcessed === undefined ? null : difference(1, "synapses_processed", recorded.synapsesProcessed, count)) ??
    compareSums(engine, sent);
  return { bursts: 2, fired, match: mismatch === null, firstMismatch: mismatch };
}

function readPropagation(root: JsonPlace, dynamics: Dynamics): Propagation {
  const areaOf = new Map<number, number>();
  for (const [id, place] of root.at("neuron_area").members()) {
    if (!/^\d{1,10}$/.test(id)) place.refuse("is not named by a neuron id");
    areaOf.set(Number(id), place.int(0, 0xffffffff - CORE_AREAS));
  }
  const fired = root
    .at("fired")
    .list()
    .map((id) => id.int(0, MAX_NEURONS - 1))
    .sort((a, b) => a - b);
  const synapses = readSynapses(root.at("synapses"), areaOf);
  const neurons = 1 + Math.max(-1, ...fired, ...areaOf.keys(), ...synapses.source);
  if (neurons > MAX_NEURONS) root.at("neuron_area").refuse("names an id beyond the regular neurons");
  const optional = <T>(name: string, read: (place: JsonPlace) => T) => (root.at(name).isAbsent ? undefined : read(root.at(name)));
  const f32 = (value: number) => new Float32Array(neurons).fill(value);
  const threshold = f32(NO_THRESHOLD_LIMIT);
  for (const id of fired) threshold[id] = 1;
  return {
    fired,
    areaOf,
    raw: optional("raw", readContributions),
    normalized: optional("normalized", readContributions),
    synapsesProcessed: optional("synapses_processed", (place) => place.u32()),
    image: {
      dynamics,
      precision: "f32",
      powerAmount: 0,
      neurons: {
        count: neurons,
        area: Uint32Array.from({ length: neurons }, (_, id) => CORE_AREAS + (areaOf.get(id) ?? 0)),
        x: Uint32Array.from({ length: neurons }, (_, id) => id),
        y: new Uint32Array(neurons),
        z: new Uint32Array(neurons),
        threshold,
        thresholdLimit: f32(NO_THRESHOLD_LIMIT),
        leak: f32(0),
        excitability: f32(1),
        refractoryPeriod: new Uint16Array(neurons),
        consecutiveFireLimit: new Uint16Array(neurons).fill(NO_FIRE_LIMIT),
        snoozePeriod: new Uint16Array(neurons),
        accumulates: new Uint8Array(neurons),
      },
      synapses,
      areas: [],
    },
  };
}

/** A target without a known area receives nothing, so its synapses are left out. */
function readSynapses(place: JsonPlace, areaOf: Map<number, number>): NetworkImage["synapses"] {
  const source = place
    .at("source")
    .list()
    .map((id) => id.int(0, MAX_NEURONS - 1));
  const column = (name: string, read: (at: JsonPlace) => number) => place.at(name).tuple(source.length).map(read);
  const target = column("target", (at) => at.u32());
  const weight = column("weight", (at) => at.f32());
  const psp = column("psp", (at) => at.f32());
  const kind = column("type", (at) => at.int(0, 255));
  const known = target.map((_, i) => i).filter((i) => areaOf.has(target[i]!));
  return {
    count: known.length,
    source: Uint32Array.from(known, (i) => source[i]!),
    target: Uint32Array.from(known, (i) => target[i]!),
    weight: Float32Array.from(known, (i) => weight[i]!),
    psp: Float32Array.from(known, (i) => psp[i]!),
    kind: Uint8Array.from(known, (i) => kind[i]!),
    delay: new Uint8Array(known.length).fill(1),
    flags: new Uint8Array(known.length),
  };
}

function readContributions(place: JsonPlace): Contributions {
  return new Map(
    place.members().map(([area, list]) => [
      Number(area),
      list.list().map((entry) => {
        const [target, value] = entry.tuple(2);
        return [target!.u32(), value!.number()];
      }),
    ]),
  );
}

function compare(what: string, expected: Contributions | undefined, sent: Contributions, unit: number): Mismatch | null {
  if (!expected) return null;
  const got = new Map([...sent].map(([area, list]) => [area, list.map(([target, value]): [number, number] => [target, value / unit])]));
  const same =
    got.size === expected.size &&
    [...expected].every(([area, list]) => {
      const entries = got.get(area) ?? [];
      return (
        list.length === entries.length && list.every(([target, value], i) => target === entries[i]![0] && close(value, entries[i]![1]))
      );
    });
  return same ? null : { burst: 1, what, expected: Object.fromEntries(expected), got: Object.fromEntries(got) };
}

/** In the second burst the candidates are the sums of what was sent. */
function compareSums(engine: Engine, sent: Contributions): Mismatch | null {
  const { ids, sums } = engine.candidates();
  const got = new Map(Array.from(ids, (id, i) => [id, sums[i]!]));
  const expected = new Map<number, number>();
  for (const [target, value] of [...sent.values()].flat()) expected.set(target, Math.fround((expected.get(target) ?? 0) + value));
  const same = got.size === expected.size && [...expected].every(([target, sum]) => close(sum, got.get(target) ?? Number.NaN));
  return same ? null : { burst: 2, what: "candidates", expected: [...expected], got: [...got] };
}

function difference(at: number, what: string, expected: number | number[], got: number | number[]): Mismatch | null {
  return String(expected) === String(got) ? null : { burst: at, what, expected, got };
}

function burst(engine: Engine): number[] {
  const frame = new Uint32Array(engine.frameWords);
  engine.burstIntoSync(frame);
  return Array.from(firedIds(frame));
}
