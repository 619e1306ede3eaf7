/**
 * Moments: the part of an engine's state that bursts change, as a snapshot in which the rest is empty.
 *
 * The rest is the _build_: neuron settings and wiring, most of a snapshot's bytes. Only patches change it, and a mapping that
 * creates synapses. Weights and traces are of the moment while a mapping is registered, psps while an area wears, thresholds, leaks
 * and excitabilities while modulators or homeostats move them; in lif-delta what plastic synapses know.
 */
import { patchOp } from "#contracts/patch.ts";
import {
  type LifSnapshotSection,
  lifSnapshotSection,
  type SnapshotSection,
  snapshotEntryBytes,
  snapshotHeaderBytes,
  snapshotSection,
} from "#contracts/snapshot.ts";
import { xxHash64 } from "./hash.ts";
import { sectionPlaces, viewOf } from "./snapshot-sections.ts";

export const buildSections = [
  ...(["threshold", "thresholdLimit", "leak", "refractoryPeriod", "excitability", "consecutiveFireLimit", "snoozePeriod"] as const),
  ...(["neuronFlags", "area", "x", "y", "z"] as const),
  ...(["source", "target", "weight", "psp", "kind", "delay", "synapseFlags", "synapseState", "trace"] as const),
  "synapseGroup",
] as const satisfies readonly SnapshotSection[];
export const lifBuildSections = [
  ...(["setThreshold", "setReset", "setDecay", "setDrive", "setRefractorySteps", "setPoissonWeight", "setPoissonEntries"] as const),
  ...(["setRestingPotential", "poissonTable", "parameterSet", "neuronFlags", "area", "x", "y", "z"] as const),
  ...(["source", "target", "weight", "delay", "synapseState"] as const),
  ...(["projectionSource", "projectionTarget", "projectionLambda", "projectionAlpha", "projectionMaxWeight"] as const),
  ...(["projectionMuPlus", "projectionMuMinus", "plusLow", "plusHigh", "minusLow", "minusHigh"] as const),
] as const satisfies readonly LifSnapshotSection[];
/** What a moment may leave empty, as the build holds it. */
export const buildIds: ReadonlySet<number> = new Set([
  ...buildSections.map((name) => snapshotSection[name]),
  ...lifBuildSections.map((name) => lifSnapshotSection[name]),
]);

const momentary: ReadonlySet<number> = new Set(
  (
    [
      "stageInput",
      "forceFire",
      "setPowerAmount",
      "setFatigueActive",
      "neuronMembranePotential",
      "memoryInject",
      "replayFrames",
      "trackFiring",
      "untrackFiring",
      "mapMemoryNeurons",
      "registerTwins",
      "unregisterTwin",
      "scheduleReplay",
      "clearConsolidated",
      "setClassifierWatches",
      "spikeTrainAreas",
      "sparseMemory",
    ] as const
  ).map((name) => patchOp[name]),
);

/** Whether a patch may change more than a moment holds. */
export function changesBuild(patch: Uint32Array): boolean {
  for (let at = 0; at < patch.length; at += 2 + patch[at + 1]!) if (!momentary.has(patch[at]!)) return true;
  return false;
}

/** The snapshot of which `moment` is a part; the build is taken from another snapshot of the same build. */
export function completed(build: Uint8Array, moment: Uint8Array): Uint8Array {
  const own = sectionPlaces(moment);
  const isOwn = new Set(own.filter(({ id, length }) => length > 0 || !buildIds.has(id)).map(({ id }) => id));
  const pieces = [
    ...own.filter(({ id }) => isOwn.has(id)).map((place) => ({ from: moment, place })),
    ...sectionPlaces(build).flatMap((place) => (buildIds.has(place.id) && !isOwn.has(place.id) ? { from: build, place } : [])),
  ].sort((a, b) => a.place.id - b.place.id);
  const head = snapshotHeaderBytes + pieces.length * snapshotEntryBytes;
  let end = head;
  const sections = pieces.map(({ from, place }) => {
    const offset = end;
    end = Math.ceil((end + place.length) / 8) * 8;
    return { ...place, offset, piece: from.subarray(place.offset, place.offset + place.length) };
  });
  const bytes = new Uint8Array(end + 8);
  bytes.set(moment.subarray(0, snapshotHeaderBytes));
  const view = viewOf(bytes);
  view.setUint32(8, sections.length, true);
  sections.forEach(({ id, width, offset, piece }, i) => {
    const entry = snapshotHeaderBytes + i * snapshotEntryBytes;
    view.setUint32(entry, id, true);
    view.setUint32(entry + 4, width, true);
    view.setBigUint64(entry + 8, BigInt(offset), true);
    view.setBigUint64(entry + 16, BigInt(piece.length), true);
    bytes.set(piece, offset);
  });
  view.setBigUint64(end, xxHash64(bytes.subarray(0, end)), true);
  return bytes;
}
