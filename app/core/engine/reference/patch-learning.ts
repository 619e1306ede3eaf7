/**
 * Operations of an engine patch that concern learning and memory neurons. The whole patch was checked before.
 *
 * Source: spec/burst-engine.md 7; layouts in contracts/patch.ts.
 */
import { type Mapping, mappingModes } from "./mappings.ts";
import type { ReplayFrame } from "./memory-neurons.ts";
import type { NetworkState } from "./network-state.ts";
import type { Operation } from "./patch-apply.ts";
import { frameShape } from "./patch-check.ts";

type LearningOp =
  | "trackFiring"
  | "untrackFiring"
  | "registerMapping"
  | "unregisterMapping"
  | "freezeMapping"
  | "resetMappingWeights"
  | "mapMemoryNeurons"
  | "removeMemoryNeurons"
  | "memoryInject"
  | "registerTwins"
  | "replayFrames";

export const learningOperations: { [Op in LearningOp]: Operation } = {
  trackFiring: ({ ledger, burst }, words) => ledger.track(words[0]!, words[2] === 1, words[1]!, burst),
  untrackFiring: ({ ledger }, words) => ledger.untrack(words[0]!, words[1] === 1),
  registerMapping({ mappings, synapses, strict, modulators }, words, reals) {
    const mapping = readMapping(words, reals);
    if (mappings.wireheads(mapping, (group) => modulators?.rewardDrivers(group) ?? [])) return;
    mappings.register(mapping);
    if (strict) synapses.reindexPlastic();
  },
  unregisterMapping({ mappings, synapses, strict }, words) {
    if (mappings.unregister(words[0]!, words[1]!) && strict) synapses.reindexPlastic();
  },
  freezeMapping({ mappings }, words) {
    const mapping = mappings.find(words[0]!, words[1]!);
    if (mapping) mapping.frozen = words[2] === 1;
  },
  /** Also of a pair that no mapping is registered for. */
  resetMappingWeights(state, words, reals) {
    const { synapses } = state;
    for (let slot = 0; slot < synapses.count; slot++) {
      const isOfPair = synapses.isValid(slot) && state.areaOf(synapses.source[slot]!) === words[0];
      if (!isOfPair || state.areaOf(synapses.target[slot]!) !== words[1]) continue;
      synapses.weight[slot] = reals[2]!;
      synapses.trace[slot] = 0;
      synapses.refresh(slot);
    }
  },
  mapMemoryNeurons({ memory }, words) {
    for (let i = 0; i < words.length; i += 2) memory.map(words[i]!, words[i + 1]!);
  },
  removeMemoryNeurons,
  memoryInject({ memory }, words, reals) {
    for (let i = 0; i < words.length; i += 3) memory.injected.push({ id: words[i]!, area: words[i + 1]!, potential: reals[i + 2]! });
  },
  registerTwins({ memory }, words) {
    for (let i = 0; i < words.length; i += 3) memory.setTwin(words[i]!, words[i + 1]!, words[i + 2]!);
  },
  replayFrames({ memory }, words, reals) {
    const frames: ReplayFrame[] = [];
    for (let at = 1; at < words.length; ) {
      const { voxels, valued, words: size } = frameShape(words[at + 2]!);
      const end = at + 3 + 3 * voxels;
      const potentials = valued ? reals.slice(end, end + voxels) : null;
      frames.push({ offset: words[at]!, upstreamArea: words[at + 1]!, voxels: words.slice(at + 3, end), potentials });
      at += size;
    }
    memory.setFrames(words[0]!, frames);
  },
};

function readMapping(words: Uint32Array, reals: Float32Array): Mapping {
  return {
    source: words[0]!,
    target: words[1]!,
    mode: mappingModes[words[2]!]!,
    window: words[3]!,
    rise: words[4]!,
    fall: words[5]!,
    eta: reals[6]!,
    maxWeight: reals[7]!,
    decay: reals[8]!,
    bidirectional: (words[9]! & 1) !== 0,
    associative: (words[9]! & 2) !== 0,
    frozen: false,
    psp: reals[10]!,
    kind: words[11]! & 0xff,
    delay: (words[11]! >>> 8) & 0xff,
    group: words[11]! >>> 16,
  };
}

/** A removed memory neuron takes its synapses and its place in the ledgers with it; what it sent still arrives. */
function removeMemoryNeurons(state: NetworkState, words: Uint32Array): void {
  const { memory, synapses, ledger } = state;
  const doomed = new Set(words);
  for (const id of doomed) memory.remove(id);
  ledger.forget(doomed);
  for (let slot = 0; slot < synapses.count; slot++) {
    if (!doomed.has(synapses.source[slot]!) && !doomed.has(synapses.target[slot]!)) continue;
    synapses.remove(slot, state.strict, state.removedConduct);
  }
}
