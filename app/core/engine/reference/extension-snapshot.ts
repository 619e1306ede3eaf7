/**
 * The optional subsystems as snapshot columns and back (contracts/snapshot-extensions.ts). An unused one gives empty columns.
 *
 * Restoring checks what a burst relies on. Lists of lists lie flat: a column of lengths, then the elements one after another.
 */
import type { extensionSections } from "#contracts/snapshot-extensions.ts";
import { ascending, slices } from "./flat-lists.ts";
import type { Homeostat } from "./homeostat.ts";
import { isMemoryId } from "./id-ranges.ts";
import { checkModulators, modulatorColumns, modulatorGroups, restoredModulators } from "./modulator-snapshot.ts";
import type { NetworkState } from "./network-state.ts";
import { MAX_BURSTS } from "./patch-check.ts";
import { checking } from "./section-checks.ts";
import type { SnapshotColumns } from "./snapshot-codec.ts";
import { setTrainAreas } from "./spike-trains.ts";

/** Columns of equal length. */
export const extensionGroups: readonly (readonly (keyof SnapshotColumns)[])[] = [
  ...modulatorGroups,
  ["trainNeuron", "trainPotential"],
  ["associativeBurst", "associativeTarget", "associativeSum"],
  [
    ...(["sparseArea", "sparseThreshold", "sparseLimit", "sparseExcitability"] as const),
    ...(["sparseRefractory", "sparseFireLimit", "sparseSnooze"] as const),
  ],
  ["sparseId", "sparsePotential", "sparseFires", "sparseCountdown"],
  ["watchError", "watchCorrect", "watchDelay", "watchPairs", "watchFrames"],
  ["watchInput", "watchOutput"],
  [
    ...(["homeostatArea", "homeostatFlags", "homeostatTarget", "homeostatRateShare", "homeostatGain"] as const),
    ...(["homeostatLeakMin", "homeostatLeakMax", "homeostatEvery", "homeostatArmBursts", "homeostatArmShare"] as const),
    ...(["homeostatMinTarget", "homeostatEpoch", "homeostatBase", "homeostatArmed", "homeostatSize"] as const),
  ],
  ["homeostatNeuron", "homeostatRate", "homeostatSetPoint", "homeostatLeak", "homeostatRule"],
];

/** Columns of replay that learning-snapshot.ts writes beside the rows they belong to. */
type ReplayColumn = "synapseGroup" | "replayKind" | "frameKind" | "framePotential";
type ExtensionColumn = Exclude<keyof typeof extensionSections, ReplayColumn> | "modulatorDriver" | "modulatorMagnitude" | "modulatorNumber";

export function extensionColumns(state: NetworkState): Pick<SnapshotColumns, ExtensionColumn> {
  return {
    ...modulatorColumns(state),
    ...trainColumns(state),
    ...sparseColumns(state),
    ...watchColumns(state),
    ...homeostatColumns(state),
  };
}

function trainColumns({ trains }: NetworkState) {
  const running = ascending(trains?.running ?? new Map<number, number>());
  return {
    trainArea: Uint32Array.from(trains?.areas ?? []).sort(),
    trainNeuron: Uint32Array.from(running, ([id]) => id),
    trainPotential: Float32Array.from(running, ([, potential]) => potential),
  };
}

function sparseColumns({ memory }: NetworkState) {
  const arrivals = ascending(memory.associative).flatMap(([burst, due]) => ascending(due).map(([id, sum]) => ({ burst, id, sum })));
  const settings = ascending(memory.sparse);
  const states = ascending(memory.states);
  return {
    associativeBurst: Uint32Array.from(arrivals, ({ burst }) => burst),
    associativeTarget: Uint32Array.from(arrivals, ({ id }) => id),
    associativeSum: Float32Array.from(arrivals, ({ sum }) => sum),
    sparseArea: Uint32Array.from(settings, ([area]) => area),
    sparseThreshold: Float32Array.from(settings, ([, { threshold }]) => threshold),
    sparseLimit: Float32Array.from(settings, ([, { limit }]) => limit),
    sparseExcitability: Float32Array.from(settings, ([, { excitability }]) => excitability),
    sparseRefractory: Uint16Array.from(settings, ([, { refractory }]) => refractory),
    sparseFireLimit: Uint16Array.from(settings, ([, { fireLimit }]) => fireLimit),
    sparseSnooze: Uint16Array.from(settings, ([, { snooze }]) => snooze),
    sparseId: Uint32Array.from(states, ([id]) => id),
    sparsePotential: Float32Array.from(states, ([, { potential }]) => potential),
    sparseFires: Uint16Array.from(states, ([, { fires }]) => fires),
    sparseCountdown: Uint16Array.from(states, ([, { countdown }]) => countdown),
    consolidatedId: Uint32Array.from(memory.consolidated).sort(),
  };
}

function watchColumns({ watches }: NetworkState) {
  const pairs = watches.flatMap((watch) => watch.pairs);
  const frames = watches.flatMap((watch) => watch.frames.flat());
  return {
    watchError: Uint32Array.from(watches, ({ errorArea }) => errorArea),
    watchCorrect: Uint32Array.from(watches, ({ correctArea }) => correctArea),
    watchDelay: Uint32Array.from(watches, ({ delay }) => delay),
    watchPairs: Uint32Array.from(watches, (watch) => watch.pairs.length),
    watchInput: Uint32Array.from(pairs, ({ input }) => input),
    watchOutput: Uint32Array.from(pairs, ({ output }) => output),
    watchFrames: Uint32Array.from(watches, (watch) => watch.frames.length),
    watchFrameSize: Uint32Array.from(frames, (ids) => ids.length),
    watchFrameId: Uint32Array.from(frames.flat()),
  };
}

function homeostatColumns({ homeostats }: NetworkState) {
  const all = ascending(homeostats ?? new Map<number, Homeostat>()).map(([, homeostat]) => homeostat);
  const flat = (column: (homeostat: Homeostat) => ArrayLike<number>) => all.flatMap((homeostat) => Array.from(column(homeostat)));
  return {
    homeostatArea: Uint32Array.from(all, ({ area }) => area),
    homeostatFlags: Uint8Array.from(all, ({ perNeuron, leavesSilent }) => (perNeuron ? 1 : 0) | (leavesSilent ? 2 : 0)),
    homeostatTarget: Float32Array.from(all, ({ target }) => target),
    homeostatRateShare: Float32Array.from(all, ({ rateShare }) => rateShare),
    homeostatGain: Float32Array.from(all, ({ gain }) => gain),
    homeostatLeakMin: Float32Array.from(all, ({ leakMin }) => leakMin),
    homeostatLeakMax: Float32Array.from(all, ({ leakMax }) => leakMax),
    homeostatEvery: Uint32Array.from(all, ({ every }) => every),
    homeostatArmBursts: Uint32Array.from(all, ({ armBursts }) => armBursts),
    homeostatArmShare: Float32Array.from(all, ({ armShare }) => armShare),
    homeostatMinTarget: Float32Array.from(all, ({ minTarget }) => minTarget),
    homeostatEpoch: Uint32Array.from(all, ({ epoch }) => epoch),
    homeostatBase: Float32Array.from(all, ({ base }) => base),
    homeostatArmed: Uint32Array.from(all, ({ armed }) => armed),
    homeostatSize: Uint32Array.from(all, ({ neurons }) => neurons.length),
    homeostatNeuron: Uint32Array.from(flat(({ neurons }) => neurons)),
    homeostatRate: Float32Array.from(flat(({ rate }) => rate)),
    homeostatSetPoint: Float32Array.from(flat(({ setPoint }) => setPoint)),
    homeostatLeak: Float32Array.from(flat(({ leak }) => leak)),
    homeostatRule: Uint8Array.from(flat(({ rule }) => rule)),
  };
}

/** Refuses columns a burst could not run on. Lengths of groups were checked before. */
export function checkExtensions(columns: SnapshotColumns, burst: number, maxDelay: number): void {
  const { each, ascends, addsUp, ascendsWithin } = checking(columns);
  const neurons = columns.potential.length;
  const exists = (id: number) => id < neurons;
  const memory = (id: number) => isMemoryId(id);
  checkModulators(columns);
  ascends("trainArea", null, "areas do not ascend");
  ascends("trainNeuron", null, "spike trains do not ascend");
  const trainAreas = new Set(columns.trainArea);
  each("trainNeuron", (id) => exists(id) && trainAreas.has(columns.area[id]!), "a spike train has no neuron or no area");
  ascends("associativeBurst", "associativeTarget", "arrivals do not ascend");
  each("associativeBurst", (due) => due > burst && due <= burst + maxDelay, "an arrival is due in an impossible burst");
  ascends("sparseArea", null, "areas do not ascend");
  ascends("sparseId", null, "memory neurons do not ascend");
  ascends("consolidatedId", null, "memory neurons do not ascend");
  for (const name of ["associativeTarget", "sparseId", "consolidatedId"] as const) each(name, memory, "an id is none of a memory neuron");

  addsUp("watchPairs", "watchInput");
  each("watchDelay", (delay) => delay <= MAX_BURSTS, "a watch looks too far back");
  each("watchFrames", (frames, i) => frames <= columns.watchDelay[i]! + 1, "a watch holds impossible frames");
  const sizes = columns.watchFrames.reduce((sum, frames, i) => sum + frames * columns.watchPairs[i]!, 0);
  each("watchFrameSize", () => columns.watchFrameSize.length === sizes, "two sections do not add up");
  if (columns.watchFrameSize.length === 0)
    each("watchFrames", (frames, i) => frames * columns.watchPairs[i]! === 0, "two sections do not add up");
  addsUp("watchFrameSize", "watchFrameId");
  ascendsWithin("watchFrameSize", "watchFrameId", "a frame of a watch does not ascend");
  each("watchFrameId", (id) => exists(id) || isMemoryId(id), "a frame of a watch has no neuron");

  ascends("homeostatArea", null, "areas do not ascend");
  each("homeostatFlags", (flags) => flags <= 3, "a flag is unknown");
  each("homeostatEvery", (bursts) => bursts > 0, "a homeostat never steps");
  each("homeostatArmBursts", (bursts) => bursts > 0, "a homeostat has no bursts of arming");
  each("homeostatArmed", (armed, i) => armed <= columns.homeostatArmBursts[i]!, "a homeostat armed too long");
  addsUp("homeostatSize", "homeostatNeuron");
  ascendsWithin("homeostatSize", "homeostatNeuron", "the neurons of a homeostat do not ascend");
  each("homeostatNeuron", exists, "a homeostat has no neuron");
  each("homeostatRule", (rule) => rule <= 2, "a rule is unknown");
}

/** Settings that a user enters; in `standard` they are finite. */
export const extensionSettings = [
  ...(["modulatorMagnitude", "modulatorFullScale", "sparseThreshold", "sparseLimit", "sparseExcitability", "framePotential"] as const),
  ...(["homeostatTarget", "homeostatRateShare", "homeostatGain", "homeostatLeakMin", "homeostatLeakMax"] as const),
  ...(["homeostatArmShare", "homeostatMinTarget", "homeostatBase"] as const),
] as const;

/** Puts checked columns into a state. */
export function restoreExtensions(state: NetworkState, columns: SnapshotColumns): void {
  state.modulators = restoredModulators(columns);
  const trains = new Set(columns.trainArea);
  setTrainAreas(state, trains);
  columns.trainNeuron.forEach((id, i) => {
    state.trains!.running.set(id, columns.trainPotential[i]!);
  });
  restoreSparse(state, columns);
  restoreWatches(state, columns);
  restoreHomeostats(state, columns);
}

function restoreSparse({ memory }: NetworkState, columns: SnapshotColumns): void {
  columns.associativeBurst.forEach((burst, i) => {
    const due = memory.associative.get(burst) ?? new Map<number, number>();
    memory.associative.set(burst, due.set(columns.associativeTarget[i]!, columns.associativeSum[i]!));
  });
  columns.sparseArea.forEach((area, i) => {
    memory.sparse.set(area, {
      threshold: columns.sparseThreshold[i]!,
      limit: columns.sparseLimit[i]!,
      excitability: columns.sparseExcitability[i]!,
      refractory: columns.sparseRefractory[i]!,
      fireLimit: columns.sparseFireLimit[i]!,
      snooze: columns.sparseSnooze[i]!,
    });
  });
  columns.sparseId.forEach((id, i) => {
    const [potential, fires, countdown] = [columns.sparsePotential[i]!, columns.sparseFires[i]!, columns.sparseCountdown[i]!];
    memory.states.set(id, { potential, fires, countdown });
  });
  for (const id of columns.consolidatedId) memory.consolidated.add(id);
}

function restoreWatches(state: NetworkState, columns: SnapshotColumns): void {
  const inputs = slices(columns.watchPairs, columns.watchInput);
  const outputs = slices(columns.watchPairs, columns.watchOutput);
  const frames = slices(columns.watchFrameSize, columns.watchFrameId).map((ids) => Array.from(ids));
  let next = 0;
  state.watches = Array.from(columns.watchError, (errorArea, i) => {
    const pairs = Array.from(inputs[i]!, (input, pair) => ({ input, output: outputs[i]![pair]! }));
    const held = Array.from({ length: columns.watchFrames[i]! }, () => {
      next += pairs.length;
      return frames.slice(next - pairs.length, next);
    });
    return { errorArea, correctArea: columns.watchCorrect[i]!, delay: columns.watchDelay[i]!, pairs, frames: held };
  });
}

function restoreHomeostats(state: NetworkState, columns: SnapshotColumns): void {
  if (columns.homeostatArea.length === 0) return;
  const of = <Column extends Uint32Array | Float32Array | Uint8Array>(column: Column) => slices(columns.homeostatSize, column);
  const [neurons, rate, setPoint] = [of(columns.homeostatNeuron), of(columns.homeostatRate), of(columns.homeostatSetPoint)];
  const [leak, rule] = [of(columns.homeostatLeak), of(columns.homeostatRule)];
  state.homeostats = new Map(
    Array.from(columns.homeostatArea, (area, i): [number, Homeostat] => [
      area,
      {
        area,
        perNeuron: (columns.homeostatFlags[i]! & 1) !== 0,
        leavesSilent: (columns.homeostatFlags[i]! & 2) !== 0,
        target: columns.homeostatTarget[i]!,
        rateShare: columns.homeostatRateShare[i]!,
        gain: columns.homeostatGain[i]!,
        leakMin: columns.homeostatLeakMin[i]!,
        leakMax: columns.homeostatLeakMax[i]!,
        every: columns.homeostatEvery[i]!,
        armBursts: columns.homeostatArmBursts[i]!,
        armShare: columns.homeostatArmShare[i]!,
        minTarget: columns.homeostatMinTarget[i]!,
        epoch: columns.homeostatEpoch[i]!,
        base: columns.homeostatBase[i]!,
        armed: columns.homeostatArmed[i]!,
        neurons: neurons[i]!,
        rate: rate[i]!,
        setPoint: setPoint[i]!,
        leak: leak[i]!,
        rule: rule[i]!,
      },
    ]),
  );
}

/** Bursts change thresholds, leaks or excitabilities. */
export function rescales({ modulators, homeostats }: NetworkState): boolean {
  return homeostats !== null || (modulators?.subscriptions.size ?? 0) > 0 || (modulators?.baselines.length ?? 0) > 0;
}
