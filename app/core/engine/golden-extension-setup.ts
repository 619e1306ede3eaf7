/** What a recorded run of the optional subsystems starts with, and its operations, as an image and engine patches. */
import type { Dynamics, NetworkImage } from "#contracts/network.ts";
import { type PatchOp, PatchWriter } from "#contracts/patch.ts";
import { modulatorKinds, NO_AREA } from "#contracts/patch-extensions.ts";
import type { Engine } from "./engine.ts";
import { fieldOf, readListedNetwork } from "./golden-extension-image.ts";
import { optionalList, writeGoldenLedgers, writeGoldenMapping, writeGoldenMemory } from "./golden-learning.ts";
import type { JsonPlace } from "./json-place.ts";
import { ModulationNames } from "./modulation-names.ts";
import { decodeSnapshot, type SnapshotColumns } from "./reference/snapshot-codec.ts";

export class GoldenSetup {
  readonly image: NetworkImage;
  /** To be applied to the image before the first burst. */
  readonly patch: Uint32Array;
  readonly #names = new ModulationNames();

  constructor(root: JsonPlace, dynamics: Dynamics) {
    this.image = readListedNetwork(root, dynamics);
    const patch = new PatchWriter();
    const modulators = root.at("modulators");
    if (!modulators.isEmpty) this.#writeModulators(patch, modulators);
    for (const [slot, synapse] of root.at("synapses").list().entries()) {
      const group = synapse.at("group");
      if (!group.isAbsent) patch.op("groupSynapses", [slot, 1, group.int(0, 65_535)]);
    }
    for (const entry of optionalList(root.at("rate_modulated_leak"))) {
      writeHomeostat(patch, entry.at("area"), entry.at("config"), entry.at("base_leak"));
    }
    writeGoldenLedgers(patch, root);
    for (const mapping of optionalList(root.at("stdp"))) writeGoldenMapping(patch, mapping, groupOf(mapping));
    writeWatches(patch, optionalList(root.at("classifier_watches")));
    const memory = root.at("memory");
    if (!memory.isEmpty) {
      writeGoldenMemory(patch, memory);
      for (const entry of optionalList(memory.at("associative_lif"))) writeSparse(patch, entry);
    }
    this.patch = patch.take();
  }

  /** Carries out one operation; its result as the file records it. */
  operate(engine: Engine, name: JsonPlace, given: readonly JsonPlace[]): unknown {
    const patch = new PatchWriter();
    const takes = (count: number) => (given.length === count ? given : name.refuse(`has ${given.length} arguments where ${count} belong`));
    const columns = () => decodeSnapshot(engine.snapshot()).columns;
    const send = (result: () => unknown = () => null): unknown => {
      engine.apply(patch.take());
      return result();
    };
    const operation = name.string();
    switch (operation) {
      case "set_bindings":
        this.#writeBindings(patch, takes(1)[0]!.list());
        return send();
      case "set_area_subscriptions":
        this.#writeSubscriptions(patch, takes(1)[0]!.list());
        return send();
      case "allocate_group":
        return this.#allocate(engine, takes(1)[0]!);
      case "rename_modulator":
        this.#names.rename(takes(2)[0]!.string(), given[1]!.string());
        return null;
      case "remove_modulator": {
        const number = this.#names.remove(takes(1)[0]!.string());
        if (number !== undefined) patch.op("removeModulator", [number]);
        return send();
      }
      case "release_baselines":
        patch.op("releaseModulated");
        return send();
      case "rebase":
        patch.op("rebaseModulated", [takes(2)[0]!.u32(), kindOf(given[1]!)]);
        return send();
      case "area_threshold":
      case "area_leak":
      case "area_excitability":
        patch.op(areaEdits[operation], [takes(2)[0]!.u32(), given[1]!.f32()], [1]);
        return send(() => neuronsOf(columns(), given[0]!.u32()));
      case "spike_train_areas":
        patch.op("spikeTrainAreas", numbers(takes(1)[0]!));
        return send();
      case "freeze": {
        const [source, target, frozen] = takes(3);
        patch.op("freezeMapping", [source!.u32(), target!.u32(), frozen!.bool() ? 1 : 0]);
        return send(() => mappingAt(columns(), source!.u32(), target!.u32()) >= 0);
      }
      case "rate_modulated_leak":
        writeHomeostat(patch, takes(3)[0]!, given[1]!, given[2]!);
        return send();
      case "rate_modulated_leak_remove":
        patch.op("stopRateModulatedLeak", [takes(1)[0]!.u32()]);
        return send();
      case "register_stdp":
        return register(engine, takes(1)[0]!);
      case "valued_force_fire":
        return this.#schedule(engine, takes(4), true);
      case "schedule_replay":
        this.#schedule(engine, takes(4), false);
        return null;
      case "unregister_twin": {
        const [memoryArea, upstream] = takes(2).map((at) => at.u32());
        const { twinMemoryArea, twinUpstreamArea } = columns();
        patch.op("unregisterTwin", [memoryArea!, upstream!]);
        return send(() => twinMemoryArea.some((area, i) => area === memoryArea && twinUpstreamArea[i] === upstream));
      }
      case "area_mp_driven_psp":
        patch.op("areaMpDrivenPsp", [takes(2)[0]!.u32(), given[1]!.bool() ? 1 : 0]);
        return send();
      case "drain_reward_consolidated": {
        const { consolidated } = engine.memorySignals();
        patch.op("clearConsolidated");
        return send(() => Array.from(consolidated));
      }
      default:
        return name.refuse(`names no operation: ${operation}`);
    }
  }

  #writeModulators(patch: PatchWriter, place: JsonPlace): void {
    this.#writeBindings(patch, place.at("bindings").list());
    this.#writeSubscriptions(patch, place.at("area_subscriptions").list());
    patch.op("spikeTrainAreas", numbers(place.at("spike_train_areas")));
    for (const names of place.at("groups").list()) this.#writeGroup(patch, names);
  }

  #writeBindings(patch: PatchWriter, bindings: readonly JsonPlace[]): void {
    patch.begin("setModulators", 5 * bindings.length);
    for (const binding of bindings) {
      patch
        .u32(this.#names.numberOf(binding.at("id").string()))
        .u32(kindOf(binding.at("type")))
        .u32(binding.at("driver_area").u32());
      patch.f32(Math.fround(binding.at("magnitude_percent").f32() / 100));
      patch.f32(binding.at("graded").bool() ? binding.at("full_scale_potential").f32() : 0);
    }
  }

  #writeSubscriptions(patch: PatchWriter, areas: readonly JsonPlace[]): void {
    const rows = areas.flatMap((place) => {
      const names = place.at("modulators").list();
      return names.flatMap((name) => [place.at("area").u32(), this.#names.numberOf(name.string())]);
    });
    patch.op("setSubscriptions", rows);
  }

  #writeGroup(patch: PatchWriter, place: JsonPlace): number {
    const group = this.#names.group(place.list().map((name) => name.string()));
    if (group > 0) patch.op("modulationGroup", [group, ...this.#names.membersOf(group)]);
    return group;
  }

  #allocate(engine: Engine, place: JsonPlace): number {
    const patch = new PatchWriter();
    const group = this.#writeGroup(patch, place);
    engine.apply(patch.take());
    return group;
  }

  /** Entries of a burst, area, voxels and potentials; without potentials forced fires of 1. Refused: unequal lists. */
  #schedule(engine: Engine, [burst, area, coords, given]: readonly JsonPlace[], forced: boolean): boolean {
    const voxels = coords!.list().map((voxel) => voxel.tuple(3).map((at) => at.u32()));
    const potentials = given!.isNull ? voxels.map(() => 1) : given!.list().map((at) => at.f32());
    if (forced && potentials.length !== voxels.length) return false;
    const patch = new PatchWriter();
    patch
      .begin("scheduleReplay", 3 + 4 * voxels.length)
      .u32(burst!.u32())
      .u32(area!.u32());
    patch.u32(forced || given!.isNull ? 0 : 1);
    for (const [i, voxel] of voxels.entries()) {
      for (const coordinate of voxel) patch.u32(coordinate);
      patch.f32(potentials[i] ?? 1);
    }
    engine.apply(patch.take());
    return true;
  }
}

const areaEdits = {
  area_threshold: "areaThreshold",
  area_leak: "areaLeak",
  area_excitability: "areaExcitability",
} as const satisfies Record<string, PatchOp>;

function numbers(place: JsonPlace): number[] {
  return place.list().map((at) => at.u32());
}

function kindOf(place: JsonPlace): number {
  const kind = (modulatorKinds as readonly string[]).indexOf(place.string());
  return kind >= 0 ? kind : place.refuse("is no type of modulator");
}

function groupOf(mapping: JsonPlace): number {
  return fieldOf(mapping, "group", 0, (at) => at.int(0, 65_535));
}

const UNREGULATED = 2;

/** Source of the defaults: extensions 13. */
function writeHomeostat(patch: PatchWriter, area: JsonPlace, config: JsonPlace, base: JsonPlace): void {
  const real = (name: string, absent: number) => Math.fround(fieldOf(config, name, absent, (at) => at.f32()));
  const word = (name: string, absent: number) => fieldOf(config, name, absent, (at) => at.u32());
  const perNeuron = config.at("target_mode").value === "per_neuron";
  const leavesSilent = config.at("silent_neurons").value === "unregulated";
  const arming = word("arm_bursts", 500);
  const armTau = Math.max(Math.fround(0.001), real("arm_tau_bursts", Math.fround(arming / 4)));
  patch
    .begin("rateModulatedLeak", 13)
    .u32(area.u32())
    .u32((perNeuron ? 1 : 0) | (leavesSilent ? UNREGULATED : 0))
    .f32(real("target_firing_per_burst", 0.1))
    .f32(averageShare(real("rate_ema_tau_bursts", 50)))
    .f32(real("gain", 0.2))
    .f32(real("leak_min", 0.02))
    .f32(real("leak_max", 0.5))
    .u32(word("update_every_n_bursts", 1))
    .u32(arming)
    .f32(averageShare(armTau))
    .f32(real("min_target_firing_per_burst", 0.001))
    .u32(word("arm_epoch", 0))
    .f32(base.f32());
}

/** Share of the newest burst in an average over about `tau` bursts. */
function averageShare(tau: number): number {
  return Math.fround(1 - Math.fround(Math.exp(Math.fround(-1 / tau))));
}

function writeWatches(patch: PatchWriter, watches: readonly JsonPlace[]): void {
  const words = watches.flatMap((watch) => {
    const correct = watch.at("correct_area");
    const pairs = watch.at("pairs").list();
    const areas = pairs.flatMap((pair) => pair.tuple(2).map((at) => at.u32()));
    return [watch.at("error_area").u32(), correct.isNull ? NO_AREA : correct.u32(), watch.at("answer_delay").u32(), pairs.length, ...areas];
  });
  if (words.length > 0) patch.op("setClassifierWatches", words);
}

function writeSparse(patch: PatchWriter, place: JsonPlace): void {
  const u16 = (name: string) => place.at(name).int(0, 65_535);
  patch.begin("sparseMemory", 6).u32(place.at("area").u32()).f32(place.at("threshold").f32());
  patch.f32(fieldOf(place, "threshold_limit", 0, (at) => at.f32())).f32(place.at("excitability").f32());
  patch.u32((u16("refractory_period") | (u16("consecutive_fire_limit") << 16)) >>> 0).u32(u16("snooze_period"));
}

function neuronsOf({ area, neuronFlags }: SnapshotColumns, wanted: number): number {
  return area.reduce((count, own, id) => count + (own === wanted && (neuronFlags[id]! & 1) !== 0 ? 1 : 0), 0);
}

function mappingAt({ mappingSource, mappingTarget }: SnapshotColumns, source: number, target: number): number {
  return mappingSource.findIndex((area, i) => area === source && mappingTarget[i] === target);
}

/** Registers a mapping; whether the engine took it. A window of no burst is not even asked for. */
function register(engine: Engine, place: JsonPlace): boolean {
  const window = place.at("window").u32();
  if (window === 0) return false;
  const patch = new PatchWriter();
  writeGoldenMapping(patch, place, groupOf(place));
  engine.apply(patch.take());
  const { columns } = decodeSnapshot(engine.snapshot());
  const at = mappingAt(columns, place.at("src_area").u32(), place.at("dst_area").u32());
  return at >= 0 && columns.mappingWindow[at] === window;
}
