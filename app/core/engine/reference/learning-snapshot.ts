/**
 * Ledgers, mappings and memory neurons as snapshot columns and back. Restoring checks what a burst relies on.
 *
 * Lists of lists lie flat: a column of lengths, then the elements one after another.
 */
import { isMemoryId } from "./id-ranges.ts";
import { mappingModes } from "./mappings.ts";
import type { NetworkState } from "./network-state.ts";
import { MAX_BURSTS } from "./patch-check.ts";
import { checking } from "./section-checks.ts";
import type { SnapshotColumns } from "./snapshot-codec.ts";
import { refuseSnapshot } from "./snapshot-container.ts";

/** Sections of equal length. */
export const learningGroups: readonly (readonly (keyof SnapshotColumns)[])[] = [
  ["trackArea", "trackEpisodic", "trackWindow", "trackFrames"],
  [
    "mappingSource",
    "mappingTarget",
    "mappingMode",
    "mappingWindow",
    "mappingRise",
    "mappingFall",
    "mappingEta",
    "mappingMaxWeight",
    "mappingDecay",
    "mappingFlags",
    "mappingPsp",
    "mappingKind",
    "mappingDelay",
    "mappingGroup",
  ],
  ["memoryId", "memoryArea"],
  ["injectedId", "injectedArea", "injectedPotential"],
  ["twinMemoryArea", "twinUpstreamArea", "twinArea"],
  ["frameNeuron", "frameOffset", "frameUpstreamArea", "frameVoxels"],
  ["voxelX", "voxelY", "voxelZ"],
  ["replayBurst", "replayArea", "replayPotential", "replayX", "replayY", "replayZ"],
];

type LearningSection = Extract<keyof SnapshotColumns, `${"track" | "mapping" | "memory" | "injected" | "firedMemory"}${string}`>;
type MemorySection = Extract<keyof SnapshotColumns, `${"twin" | "frame" | "voxel" | "replay"}${string}`>;

export function learningColumns(state: NetworkState): Pick<SnapshotColumns, LearningSection | MemorySection> {
  const { ledger, mappings, memory } = state;
  const tracks = ledger.list();
  const frames = tracks.flatMap((track) => track.frames);
  const pairs = mappings.list;
  const mapped = memory.list();
  const { injected, replay } = memory;
  const twins = [...memory.twins]
    .flatMap(([memoryArea, twinOf]) => [...twinOf].map(([upstream, twin]) => ({ memoryArea, upstream, twin })))
    .sort((a, b) => a.memoryArea - b.memoryArea || a.upstream - b.upstream);
  const kept = [...memory.frames].sort((a, b) => a[0] - b[0]).flatMap(([neuron, list]) => list.map((frame) => ({ neuron, ...frame })));
  const voxels = kept.flatMap(({ voxels }) => Array.from(voxels));
  const along = (axis: number) => Uint32Array.from({ length: voxels.length / 3 }, (_, i) => voxels[i * 3 + axis]!);
  return {
    trackArea: Uint32Array.from(tracks, (track) => track.area),
    trackEpisodic: Uint8Array.from(tracks, (track) => (track.episodic ? 1 : 0)),
    trackWindow: Uint32Array.from(tracks, (track) => track.window),
    trackFrames: Uint32Array.from(tracks, (track) => track.frames.length),
    trackFrameSize: Uint32Array.from(frames, (frame) => frame.length),
    trackFrameId: Uint32Array.from(frames.flatMap((frame) => Array.from(frame))),
    mappingSource: Uint32Array.from(pairs, (pair) => pair.source),
    mappingTarget: Uint32Array.from(pairs, (pair) => pair.target),
    mappingMode: Uint8Array.from(pairs, (pair) => mappingModes.indexOf(pair.mode)),
    mappingWindow: Uint32Array.from(pairs, (pair) => pair.window),
    mappingRise: Uint8Array.from(pairs, (pair) => pair.rise),
    mappingFall: Uint8Array.from(pairs, (pair) => pair.fall),
    mappingEta: Float32Array.from(pairs, (pair) => pair.eta),
    mappingMaxWeight: Float32Array.from(pairs, (pair) => pair.maxWeight),
    mappingDecay: Float32Array.from(pairs, (pair) => pair.decay),
    mappingFlags: Uint8Array.from(pairs, (pair) => (pair.bidirectional ? 1 : 0) | (pair.associative ? 2 : 0) | (pair.frozen ? 4 : 0)),
    mappingPsp: Float32Array.from(pairs, (pair) => pair.psp),
    mappingKind: Uint8Array.from(pairs, (pair) => pair.kind),
    mappingDelay: Uint8Array.from(pairs, (pair) => pair.delay),
    mappingGroup: Uint32Array.from(pairs, (pair) => pair.group),
    memoryId: Uint32Array.from(mapped, ([id]) => id),
    memoryArea: Uint32Array.from(mapped, ([, area]) => area),
    injectedId: Uint32Array.from(injected, ({ id }) => id),
    injectedArea: Uint32Array.from(injected, ({ area }) => area),
    injectedPotential: Float32Array.from(injected, ({ potential }) => potential),
    firedMemoryArea: Uint32Array.from(memory.fired, ({ area }) => area),
    twinMemoryArea: Uint32Array.from(twins, ({ memoryArea }) => memoryArea),
    twinUpstreamArea: Uint32Array.from(twins, ({ upstream }) => upstream),
    twinArea: Uint32Array.from(twins, ({ twin }) => twin),
    frameNeuron: Uint32Array.from(kept, ({ neuron }) => neuron),
    frameOffset: Uint32Array.from(kept, ({ offset }) => offset),
    frameUpstreamArea: Uint32Array.from(kept, ({ upstreamArea }) => upstreamArea),
    frameKind: Uint8Array.from(kept, ({ potentials }) => (potentials === null ? 0 : 1)),
    framePotential: Float32Array.from(kept.flatMap(({ potentials }) => Array.from(potentials ?? []))),
    frameVoxels: Uint32Array.from(kept, ({ voxels }) => voxels.length / 3),
    voxelX: along(0),
    voxelY: along(1),
    voxelZ: along(2),
    replayBurst: Uint32Array.from(replay, ({ burst }) => burst),
    replayArea: Uint32Array.from(replay, ({ area }) => area),
    replayPotential: Float32Array.from(replay, ({ potential }) => potential),
    replayKind: Uint8Array.from(replay, ({ staged }) => (staged ? 1 : 0)),
    replayX: Uint32Array.from(replay, ({ x }) => x),
    replayY: Uint32Array.from(replay, ({ y }) => y),
    replayZ: Uint32Array.from(replay, ({ z }) => z),
  };
}

/** Refuses columns a burst could not run on. Lengths of groups were checked before. */
export function checkLearning(columns: SnapshotColumns, burst: number): void {
  const { each, ascends, addsUp, ascendsWithin } = checking(columns);
  const checkOptional = (flags: "frameKind" | "replayKind", rows: keyof SnapshotColumns) => {
    if (columns[flags].length > 0 && columns[flags].length !== columns[rows].length)
      refuseSnapshot("two sections of a group differ in length", { section: flags });
    each(flags, (flag) => flag <= 1, "a flag is unknown");
  };
  const { trackWindow } = columns;
  ascends("trackArea", "trackEpisodic", "ledgers do not ascend");
  each("trackEpisodic", (flag) => flag <= 1, "a flag is unknown");
  each("trackWindow", isWindow, "a window is impossible");
  each("trackFrames", (frames, i) => frames <= trackWindow[i]! && frames <= burst, "a ledger holds impossible frames");
  addsUp("trackFrames", "trackFrameSize");
  addsUp("trackFrameSize", "trackFrameId");
  ascendsWithin("trackFrameSize", "trackFrameId", "a ledger frame does not ascend");

  ascends("mappingSource", "mappingTarget", "mappings do not ascend");
  each("mappingMode", (mode) => mode < mappingModes.length, "a learning mode is unknown");
  each("mappingWindow", isWindow, "a window is impossible");
  each("mappingFlags", (flags) => flags <= 7, "a flag is unknown");
  each("mappingDelay", (delay) => delay > 0, "a mapping has delay 0");
  each("mappingGroup", (group) => group <= 0xffff, "a group has an impossible number");

  ascends("memoryId", null, "memory neurons do not ascend");
  for (const section of ["memoryId", "injectedId", "frameNeuron"] as const) each(section, isMemoryId, "an id is none of a memory neuron");
  ascends("twinMemoryArea", "twinUpstreamArea", "twins do not ascend");
  each("frameNeuron", (id, i) => i === 0 || id >= columns.frameNeuron[i - 1]!, "replay frames do not ascend");
  each("frameOffset", (offset) => offset <= MAX_BURSTS, "a replay frame lies too far ahead");
  addsUp("frameVoxels", "voxelX");
  each("replayBurst", (due) => due > burst, "replay is due in an impossible burst");
  checkOptional("frameKind", "frameNeuron");
  checkOptional("replayKind", "replayBurst");
  const valued = columns.frameKind.reduce((count, kind, i) => count + kind * columns.frameVoxels[i]!, 0);
  if (valued !== columns.framePotential.length) refuseSnapshot("two sections do not add up", { section: "framePotential" });
  const fired = columns.firedId.reduce((count, id) => count + (isMemoryId(id) ? 1 : 0), 0);
  if (fired !== columns.firedMemoryArea.length) refuseSnapshot("two sections do not add up", { section: "firedMemoryArea" });
}

/** Puts checked columns into a state whose fired list is not filled yet. */
export function restoreLearning({ ledger, mappings, memory }: NetworkState, columns: SnapshotColumns): void {
  let frame = 0;
  let id = 0;
  columns.trackArea.forEach((area, i) => {
    const frames = Array.from({ length: columns.trackFrames[i]! }, () => {
      const size = columns.trackFrameSize[frame++]!;
      id += size;
      return columns.trackFrameId.slice(id - size, id);
    });
    ledger.restore({ area, episodic: columns.trackEpisodic[i] === 1, window: columns.trackWindow[i]!, frames });
  });
  columns.mappingSource.forEach((source, i) => {
    const flags = columns.mappingFlags[i]!;
    mappings.register({
      source,
      target: columns.mappingTarget[i]!,
      mode: mappingModes[columns.mappingMode[i]!]!,
      window: columns.mappingWindow[i]!,
      rise: columns.mappingRise[i]!,
      fall: columns.mappingFall[i]!,
      eta: columns.mappingEta[i]!,
      maxWeight: columns.mappingMaxWeight[i]!,
      decay: columns.mappingDecay[i]!,
      bidirectional: (flags & 1) !== 0,
      associative: (flags & 2) !== 0,
      frozen: (flags & 4) !== 0,
      psp: columns.mappingPsp[i]!,
      kind: columns.mappingKind[i]!,
      delay: columns.mappingDelay[i]!,
      group: columns.mappingGroup[i]!,
    });
  });

  columns.memoryId.forEach((neuron, i) => {
    memory.map(neuron, columns.memoryArea[i]!);
  });
  columns.injectedId.forEach((neuron, i) => {
    memory.injected.push({ id: neuron, area: columns.injectedArea[i]!, potential: columns.injectedPotential[i]! });
  });
  columns.twinMemoryArea.forEach((memoryArea, i) => {
    memory.setTwin(memoryArea, columns.twinUpstreamArea[i]!, columns.twinArea[i]!);
  });
  let voxel = 0;
  let valued = 0;
  columns.frameNeuron.forEach((neuron, i) => {
    const voxels = new Uint32Array(3 * columns.frameVoxels[i]!);
    for (let v = 0; v < voxels.length; v += 3, voxel++) {
      voxels.set([columns.voxelX[voxel]!, columns.voxelY[voxel]!, columns.voxelZ[voxel]!], v);
    }
    let potentials: Float32Array | null = null;
    if (columns.frameKind[i] === 1) {
      potentials = columns.framePotential.slice(valued, valued + columns.frameVoxels[i]!);
      valued += potentials.length;
    }
    const before = memory.frames.get(neuron) ?? [];
    const frame = { offset: columns.frameOffset[i]!, upstreamArea: columns.frameUpstreamArea[i]!, voxels, potentials };
    memory.setFrames(neuron, [...before, frame]);
  });
  columns.replayBurst.forEach((burst, i) => {
    const [x, y, z] = [columns.replayX[i]!, columns.replayY[i]!, columns.replayZ[i]!];
    memory.replay.push({
      burst,
      area: columns.replayArea[i]!,
      potential: columns.replayPotential[i]!,
      staged: columns.replayKind[i] === 1,
      x,
      y,
      z,
    });
  });
  const first = columns.firedId.length - columns.firedMemoryArea.length;
  columns.firedMemoryArea.forEach((area, i) => {
    memory.fired.push({ id: columns.firedId[first + i]!, area, potential: columns.firedPotential[first + i]!, episodic: false });
  });
}

function isWindow(window: number): boolean {
  return window >= 1 && window <= MAX_BURSTS;
}
