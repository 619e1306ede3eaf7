/**
 * Replays recorded pattern memory (`burst-golden-memory/2` of golden/burst/README.md): an engine, the memory step after each of
 * its bursts, and the commands of the step carried out before the next.
 *
 * Several `ltm`, or several `removed`, of one step may come in any order; the rest is exact.
 */
import { firedIds, readFrameSections } from "#contracts/frame.ts";
import { type Dynamics, type NetworkImage, type NeuronColumns, NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { memoryPatch } from "#core/plasticity/memory-patch.ts";
import { type MemoryArea, type MemoryCommand, PatternMemory } from "#core/plasticity/pattern-memory.ts";
import type { Engine } from "./engine.ts";
import { goldenColumn, MAX_NEURONS } from "./golden-network.ts";
import type { JsonPlace } from "./json-place.ts";
import { close, type Mismatch, type Replay } from "./replay.ts";

export function replayMemory(engine: Engine, root: JsonPlace, dynamics: Dynamics): Replay {
  const image = readImage(root, dynamics);
  const memory = new PatternMemory();
  for (const area of root.at("memory_areas").list()) memory.register(readArea(area));
  const bursts = root.at("bursts").list();
  engine.load(image);
  const { count, x, y, z } = image.neurons;
  const nobody = new Uint32Array(0);
  const result: Replay = { bursts: bursts.length, fired: [], match: null, firstMismatch: null };
  for (const [i, place] of bursts.entries()) {
    if (place.at("burst").u32() !== i + 1) place.at("burst").refuse(`is not ${i + 1}: bursts are consecutive`);
    engine.apply(readInjection(place));
    const frame = new Uint32Array(engine.frameWords);
    engine.burstIntoSync(frame);
    const fired = firedIds(frame);
    result.fired.push(Array.from(fired));
    // Memory areas fire too, and may be what another memory area looks at.
    const byArea = new Map(Array.from(readFrameSections(frame), ({ area, ids }) => [area, ids]));
    const commands = memory.step(i + 1, {
      fired: (area) => byArea.get(area) ?? nobody,
      voxel: (id) => (id < count ? [x[id]!, y[id]!, z[id]!] : undefined),
    });
    engine.apply(memoryPatch(commands));
    result.match ??= true;
    result.firstMismatch ??= compare(place, i + 1, Array.from(fired), memory, commands);
  }
  if (result.firstMismatch) result.match = false;
  return result;
}

function readImage(root: JsonPlace, dynamics: Dynamics): NetworkImage {
  const place = root.at("neurons");
  const count = place.at("count").int(0, MAX_NEURONS);
  const u32 = (name: string) => goldenColumn(place.at(name), new Uint32Array(count), (at) => at.u32());
  const f32 = (name: string) => goldenColumn(place.at(name), new Float32Array(count), (at) => at.f32());
  const neurons: NeuronColumns = {
    count,
    area: u32("area"),
    x: u32("x"),
    y: u32("y"),
    z: u32("z"),
    threshold: f32("threshold"),
    thresholdLimit: new Float32Array(count).fill(NO_THRESHOLD_LIMIT),
    leak: f32("leak"),
    excitability: new Float32Array(count).fill(1),
    refractoryPeriod: goldenColumn(place.at("refractory_period"), new Uint16Array(count), (at) => at.int(0, 65535)),
    consecutiveFireLimit: new Uint16Array(count).fill(NO_FIRE_LIMIT),
    snoozePeriod: new Uint16Array(count),
    accumulates: new Uint8Array(count).fill(1),
  };
  const none = new Uint32Array(0);
  const [reals, bytes] = [new Float32Array(0), new Uint8Array(0)];
  const synapses = { count: 0, source: none, target: none, weight: reals, psp: reals, kind: bytes, delay: bytes, flags: bytes };
  return { dynamics, precision: "f32", powerAmount: 1, neurons, synapses, areas: [] };
}

function readArea(place: JsonPlace): MemoryArea {
  const lifecycle = place.at("lifecycle");
  const eviction = lifecycle.at("eviction").string();
  if (eviction !== "lru" && eviction !== "none") return lifecycle.at("eviction").refuse("is no way to evict");
  return {
    area: place.at("area").u32(),
    temporalDepth: place.at("temporal_depth").int(1, 65535),
    upstream: place
      .at("upstream")
      .list()
      .map((at) => at.u32()),
    initialLifespan: lifecycle.at("initial_lifespan").u32(),
    lifespanGrowthRate: lifecycle.at("lifespan_growth_rate").f32(),
    longTermThreshold: lifecycle.at("longterm_threshold").u32(),
    cap: lifecycle.at("memory_neuron_cap").u32(),
    eviction,
  };
}

function readInjection(place: JsonPlace): Uint32Array {
  const patch = new PatchWriter();
  const pairs = place.at("inject").list();
  patch.begin("stageInput", pairs.length * 2);
  for (const pair of pairs) {
    const [id, potential] = pair.tuple(2);
    patch.u32(id!.u32()).f32(potential!.f32());
  }
  return patch.take();
}

function compare(place: JsonPlace, burst: number, fired: number[], memory: PatternMemory, commands: MemoryCommand[]): Mismatch | null {
  const { detected, created, reactivated, longTerm, expired } = memory.totals;
  const expectations: [string, unknown, unknown][] = [
    ["fired", place.at("fired").value, fired],
    [
      "commands",
      ordered(
        place
          .at("commands")
          .list()
          .map((at) => at.value as Recorded),
      ),
      ordered(commands.map(recorded)),
    ],
    ["totals", sorted(place.at("totals").value as Recorded), { created, detected, expired, ltm: longTerm, reactivated }],
    ["active_memory_neurons", place.at("active_memory_neurons").value, memory.active],
    ["longterm", place.at("longterm").value, memory.longTerm],
  ];
  for (const [what, expected, got] of expectations) {
    if (JSON.stringify(expected) !== JSON.stringify(got)) return { burst, what, expected, got };
  }
  const [expected, got] = [place.at("avg_lifespan").number(), memory.averageLifespan];
  return close(expected, got) ? null : { burst, what: "avg_lifespan", expected, got };
}

/** A command with the names of the file. */
type Recorded = Record<string, unknown>;

function recorded(command: MemoryCommand): Recorded {
  const { type, neuron, area } = command;
  switch (type) {
    case "ltm":
      return { type, neuron, area, pattern_hash: hex(command.patternHash) };
    case "register":
      return { type, neuron, area, threshold: command.threshold, mp: command.potential };
    case "inject": {
      const replay_frames = command.frames.map((frame) =>
        sorted({ offset: frame.offset, upstream_area: frame.upstreamArea, coords: frame.voxels }),
      );
      const { potential: mp, reactivation } = command;
      return { type, neuron, area, mp, pattern_hash: hex(command.patternHash), reactivation, replay_frames };
    }
    case "counters":
      return { type, neuron, area, created: command.created, count: command.active };
    case "removed":
      return { type, neuron, area, reason: command.reason };
  }
}

function hex(hash: bigint): string {
  return hash.toString(16).padStart(16, "0");
}

/** Commands in one order: of one kind that is free to vary, by neuron. */
function ordered(commands: Recorded[]): Recorded[] {
  const of = (type: string) =>
    commands.filter((command) => command.type === type).sort((a, b) => (a.neuron as number) - (b.neuron as number));
  const fixed = commands.filter(({ type }) => type !== "ltm" && type !== "removed");
  return [...of("ltm"), ...fixed, ...of("removed")].map(sorted);
}

function sorted(record: Recorded): Recorded {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
