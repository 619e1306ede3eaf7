/** The sections of a snapshot of FEAGI's neurons (contracts/snapshot.ts) with their types. What they mean is checked by state-snapshot.ts. */
import { type SnapshotSection, snapshotSection } from "#contracts/snapshot.ts";
import { extensionSections } from "#contracts/snapshot-extensions.ts";
import { type Section, seal, unseal } from "./snapshot-container.ts";

const u32s = ["lastUpdate", "area", "x", "y", "z", "source", "target", "areaIndex", "globals"] as const;
const lists = ["arrivalBurst", "arrivalTarget", "candidateId", "firedId", "stagedId", "forcedId"] as const;
const u16s = ["countdown", "consecutiveFires", "refractoryPeriod", "consecutiveFireLimit", "snoozePeriod"] as const;
const u8s = ["neuronFlags", "kind", "delay", "synapseFlags", "synapseState", "areaPspUniform", "areaMpDrivenPsp"] as const;
const learningU32s = [
  ...(["trackArea", "trackWindow", "trackFrames", "trackFrameSize", "trackFrameId"] as const),
  ...(["mappingSource", "mappingTarget", "mappingWindow", "mappingGroup"] as const),
  ...(["memoryId", "memoryArea", "injectedId", "injectedArea", "firedMemoryArea"] as const),
  ...(["twinMemoryArea", "twinUpstreamArea", "twinArea"] as const),
  ...(["frameNeuron", "frameOffset", "frameUpstreamArea", "frameVoxels", "voxelX", "voxelY", "voxelZ"] as const),
  ...(["replayBurst", "replayArea", "replayX", "replayY", "replayZ"] as const),
] as const;
const learningU8s = ["trackEpisodic", "mappingMode", "mappingRise", "mappingFall", "mappingFlags", "mappingKind", "mappingDelay"] as const;
const extensionU32s = [
  ...(["modulatorDriver", "modulatorNumber", "subscriptionArea", "subscriptionModulator"] as const),
  ...(["groupNumber", "groupSize", "groupMember", "baselineArea", "baselineSize", "baselineNeuron", "suppressedArea"] as const),
  ...(["trainArea", "trainNeuron", "associativeBurst", "associativeTarget", "sparseArea", "sparseId", "consolidatedId"] as const),
  ...(["watchError", "watchCorrect", "watchDelay", "watchPairs", "watchInput", "watchOutput"] as const),
  ...(["watchFrames", "watchFrameSize", "watchFrameId"] as const),
  ...(["homeostatArea", "homeostatEvery", "homeostatArmBursts", "homeostatEpoch", "homeostatArmed"] as const),
  ...(["homeostatSize", "homeostatNeuron"] as const),
] as const;
const extensionU16s = ["synapseGroup", "sparseRefractory", "sparseFireLimit", "sparseSnooze", "sparseFires", "sparseCountdown"] as const;
const extensionU8s = ["modulatorKind", "baselineKind", "replayKind", "frameKind", "homeostatFlags", "homeostatRule"] as const;
type U32 = (typeof u32s)[number] | (typeof lists)[number] | (typeof learningU32s)[number] | (typeof extensionU32s)[number];
type U16 = (typeof u16s)[number] | (typeof extensionU16s)[number];
type U8 = (typeof u8s)[number] | (typeof learningU8s)[number] | (typeof extensionU8s)[number];

type ColumnOf<S extends SnapshotSection> = S extends U32
  ? Uint32Array
  : S extends U16
    ? Uint16Array
    : S extends U8
      ? Uint8Array
      : Float32Array;
export type SnapshotColumns = { [S in SnapshotSection]: ColumnOf<S> };

export interface SnapshotContents {
  strict: boolean;
  int8: boolean;
  burst: number;
  columns: SnapshotColumns;
}

const elementTypes = new Map<SnapshotSection, typeof Uint32Array | typeof Uint16Array | typeof Uint8Array>([
  ...[...u32s, ...lists, ...learningU32s, ...extensionU32s].map((name) => [name, Uint32Array] as const),
  ...[...u16s, ...extensionU16s].map((name) => [name, Uint16Array] as const),
  ...[...u8s, ...learningU8s, ...extensionU8s].map((name) => [name, Uint8Array] as const),
]);
const absentAtZero: readonly string[] = ["synapseGroup", "replayKind", "frameKind"];
/** When a section is left out. */
function absence(name: string): Section<string>["absent"] {
  if (!(name in extensionSections)) return undefined;
  return absentAtZero.includes(name) ? "zero" : "empty";
}
/** Sections in ascending id. */
const sections = (Object.entries(snapshotSection) as [SnapshotSection, number][])
  .sort((a, b) => a[1] - b[1])
  .map(([name, id]): Section<SnapshotSection> => ({ name, id, type: elementTypes.get(name) ?? Float32Array, absent: absence(name) }));

export function encodeSnapshot({ strict, int8, burst, columns }: SnapshotContents): Uint8Array {
  return seal(sections, { mode: (strict ? 1 : 0) | (int8 ? 2 : 0), burst, columns });
}

export function decodeSnapshot(snapshot: Uint8Array): SnapshotContents {
  const { mode, burst, columns } = unseal(sections, snapshot, (word) => word <= 3);
  return { strict: (mode & 1) !== 0, int8: (mode & 2) !== 0, burst, columns: columns as SnapshotColumns };
}
