/**
 * The long-term memories of a `.connectome` file as pattern memory keeps them. A pattern is known by the hash of who fired, so it is the
 * file's where neurons have the ids they have there; else it is made anew from the frames, where a voxel says which neuron it was.
 * Source: spec/burst-engine-extensions.md 9 and 15.1.
 */
import { PatchWriter } from "#contracts/patch.ts";
import type { Connectome } from "../connectome/connectome.ts";
import { switchesOf } from "../development/switches.ts";
import { patternHash } from "../engine/learning-rules.ts";
import { neuronAt } from "../engine/stimulus.ts";
import type { MemoryNeuron, MemoryTotals } from "../plasticity/memory-array.ts";
import { framesPatch } from "../plasticity/memory-patch.ts";
import { encodeMemoryState } from "../plasticity/memory-state.ts";
import { fits, type PatternFrame } from "../plasticity/pattern-frames.ts";
import type { MemoryArea } from "../plasticity/pattern-memory.ts";
import type { ConnectomeBody } from "./connectome-body.ts";

const FIRST_ID = 50_000_000;
const LAST_ID = 99_999_999;

export interface FoundMemories {
  /** State of pattern memory; empty where there is nothing to remember. */
  state: Uint8Array;
  /** Tells an engine of them and of what they replay. */
  patch: Uint32Array;
  /** Index of the memory area of each. */
  areaOf: ReadonlyMap<number, number>;
  /** Memories of the file that found no place. */
  leftOut: number;
}

type Grown = Pick<Connectome, "genome" | "areas" | "dynamics">;

/** `hasSameIds`: neurons are here what they are in the file. `burst`: the last that ran here. */
export function memoriesOf(
  body: ConnectomeBody,
  grown: Grown,
  { hasSameIds, burst }: { hasSameIds: boolean; burst: number },
): FoundMemories {
  const settings = new Map(switchesOf(grown.genome, grown.areas, grown.dynamics).memory.map((one) => [one.area, one]));
  const framesOf = new Map(body.replayFrames.map(({ neuron, frames }) => [neuron, frames]));
  const indexOf = (index: number, id: string | null) => grown.areas.get(id ?? body.areaIds.get(index) ?? "")?.index;
  const neurons: MemoryNeuron[] = [];
  const patterns: [number, PatternFrame[]][] = [];
  const known = new Set<string>();
  let leftOut = 0;
  for (const one of body.longTermNeurons) {
    const area = settings.get(indexOf(one.area, one.areaId) ?? -1);
    const frames = (framesOf.get(one.id) ?? []).map(({ offset, upstreamArea, upstreamAreaId, voxels, potentials }) => ({
      ...{ offset, upstreamArea: indexOf(upstreamArea, upstreamAreaId) ?? -1, voxels: voxels.map(([x, y, z]) => [x, y, z]) },
      ...(potentials ? { potentials: Array.from(potentials) } : {}),
    })) as PatternFrame[];
    const hash = area && hashOf(area, grown, frames, hasSameIds ? one.patternHash : null);
    const isKnown = hash === undefined || known.has(`${area!.area}/${hash}`);
    if (!one.isActive || one.id < FIRST_ID || one.id > LAST_ID || isKnown) {
      leftOut++;
      continue;
    }
    known.add(`${area!.area}/${hash}`);
    const { id, lifespan, isLongTerm: longTerm, activations } = one;
    const [created, lastSeen] = [Math.min(one.created, burst), Math.min(one.lastSeen, burst)];
    neurons.push({ id, area: area!.area, hash, lifespan, longTerm, created, lastSeen, activations });
    if (frames.length > 0) patterns.push([id, frames]);
  }
  return { ...saved(neurons, patterns, burst), areaOf: new Map(neurons.map(({ id, area }) => [id, area])), leftOut };
}

function saved(neurons: MemoryNeuron[], patterns: [number, PatternFrame[]][], burst: number): { state: Uint8Array; patch: Uint32Array } {
  if (neurons.length === 0) return { state: new Uint8Array(0), patch: new Uint32Array(0) };
  const tallies = new Map<number, MemoryTotals>();
  for (const { area, longTerm } of neurons) {
    const { created, longTerm: long, ...others } = tallies.get(area) ?? noTotals;
    tallies.set(area, { ...others, created: created + 1, longTerm: long + (longTerm ? 1 : 0) });
  }
  const array = { nextId: Math.max(...neurons.map(({ id }) => id)) + 1, tallies: [...tallies], slots: neurons };
  // Areas register when a brain begins to run; until then nobody watches, and bursts before count as silent.
  const memory = { burst, detected: 0, areas: [], array, patterns, history: [] };
  const patch = new PatchWriter().op(
    "mapMemoryNeurons",
    neurons.flatMap(({ id, area }) => [id, area]),
  );
  for (const [id, frames] of patterns) patch.append(framesPatch(id, frames));
  return { state: encodeMemoryState({ memory, pending: new Uint32Array(0) }), patch: patch.take() };
}

const noTotals: MemoryTotals = { created: 0, reactivated: 0, longTerm: 0, expired: 0, evicted: 0, refused: 0, suppressed: 0 };

/** Undefined where it cannot be known, or the frames do not fit the area. */
function hashOf(area: MemoryArea, grown: Grown, frames: readonly PatternFrame[], told: bigint | null): bigint | undefined {
  const { upstream, temporalDepth, change } = area;
  const needsPotentials = change !== undefined && temporalDepth >= 2;
  if (!fits(frames, { upstream, temporalDepth, needsPotentials })) return undefined;
  if (told !== null) return told;
  if (needsPotentials || frames.length === 0) return undefined;
  const byIndex = new Map([...grown.areas.values()].map((one) => [one.index, one]));
  if (upstream.some((index) => byIndex.get(index)?.kind === "memory" || byIndex.get(index)?.neuronsPerVoxel !== 1)) return undefined;
  const windows: number[][] = [];
  for (let offset = 0; offset < temporalDepth; offset++) {
    for (const index of [...upstream].sort((a, b) => a - b)) {
      const voxels = frames.filter((frame) => frame.offset === offset && frame.upstreamArea === index).flatMap((frame) => frame.voxels);
      const ids = voxels.map((voxel) => neuronAt(byIndex.get(index)!, voxel));
      if (ids.includes(null)) return undefined;
      windows.push(ids as number[]);
    }
  }
  return patternHash(windows);
}
