/**
 * The learning phase of a burst: the ledger takes the burst's fires, mappings change traces and weights and create synapses.
 *
 * Spikes of this burst are already on their way, so a weight acts from the next burst on. Rewards and learning rates are those that
 * modulators committed in the burst before. Source: spec/burst-engine.md 7.1, 7.2 and burst-engine-extensions.md 10.3, 10.4, 12;
 * the repairs of section 11 where the state is not strict.
 */
import { allOf, anyOf, nextTrace, nextWeight } from "#core/plasticity/window-rule.ts";
import { isMemoryId, REGULAR_NEURONS } from "./id-ranges.ts";
import type { Mapping } from "./mappings.ts";
import type { NetworkState } from "./network-state.ts";
import { ASSOCIATIVE_FLAG } from "./synapses.ts";

export function learn(state: NetworkState): void {
  const { ledger, mappings, synapses, changedWeights } = state;
  if (changedWeights !== null) changedWeights.length = 0;
  if (ledger.isEmpty && mappings.list.length === 0) return;
  ledger.record(state);
  const created: Created[] = [];
  for (const mapping of mappings.list) if (!mapping.frozen) learnMapping(state, mapping, created);
  if (created.length > 0) {
    synapses.makeRoom(created.length, state.strict);
    for (const synapse of created) synapses.add(synapse, state.strict);
    if (state.strict) synapses.reindex();
  }
}

interface Created {
  source: number;
  target: number;
  weight: number;
  psp: number;
  packed: number;
  group: number;
}

function learnMapping(state: NetworkState, mapping: Mapping, created: Created[]): void {
  const { mappings, ledger, synapses, strict } = state;
  const off = mapping.mode === "off";
  if (off && !strict) return;
  const slots = mappings.slots(mapping, state);
  const switched = mapping.bidirectional || mapping.associative;
  const aware = switched || slots.some((slot) => (synapses.flags[slot]! & ASSOCIATIVE_FLAG) !== 0);
  const gated = !off && (mapping.mode === "rstdp" || (state.modulators?.rewardDrivers(mapping.group) ?? []).length > 0);
  const group = state.modulators?.groups.get(mapping.group);
  const learning = group?.learning ?? 1;
  const reward = gated ? Math.fround((group?.reward ?? 0) * learning) : learning;

  const sourceFrames = ledger.recent(mapping.source, false, mapping.window);
  const targetFrames = ledger.recent(mapping.target, false, mapping.window);
  const idle = mapping.rise === 0 && mapping.fall === 0 && reward === 0;
  const available = sourceFrames !== null && targetFrames !== null;
  // FEAGI freezes the traces here.
  if (!strict && (!available || idle)) for (const slot of slots) synapses.trace[slot]! *= mapping.decay;
  if (!available) return;

  const regular = (id: number) => id < REGULAR_NEURONS;
  const heard = (ids: Set<number>) => (aware ? ids : new Set([...ids].filter(regular)));
  const sourceAny = heard(anyOf(sourceFrames));
  const targetAny = heard(anyOf(targetFrames));
  if (!off && !idle) {
    const sourceStands = sourceAny.size > 0 && (strict || isMemoryArea(state, mapping.source));
    const targetStands = targetAny.size > 0 && (strict || isMemoryArea(state, mapping.target));
    for (const slot of slots) {
      const flagged = (synapses.flags[slot]! & ASSOCIATIVE_FLAG) !== 0;
      const [s, t] = [synapses.source[slot]!, synapses.target[slot]!];
      const source = sourceAny.has(s) || (flagged && sourceStands && regular(s));
      const target = targetAny.has(t) || (flagged && targetStands && regular(t));
      const trace = nextTrace(synapses.trace[slot]!, mapping, source, target);
      synapses.trace[slot] = trace;
      const weight = nextWeight(synapses.weight[slot]!, trace, mapping, reward, source && target);
      if (Object.is(weight, synapses.weight[slot])) continue;
      if (gated && weight > synapses.weight[slot]!) consolidate(state, s, t);
      synapses.weight[slot] = weight;
      synapses.refresh(slot);
      state.changedWeights?.push(slot);
    }
  }
  if (!(strict ? aware : switched) || mapping.rise === 0 || (gated && !(reward > 0))) return;
  const ends = mapping.associative ? [sourceAny, targetAny] : [heard(allOf(sourceFrames)), heard(allOf(targetFrames))];
  const [from, into] = [creators(state, mapping, mapping.source, ends[0]!), creators(state, mapping, mapping.target, ends[1]!)];
  const first = created.length;
  create(state, mapping, from, into, created);
  if (gated) for (const { source, target } of created.slice(first)) consolidate(state, source, target);
}

/** Marks the memory neurons at the ends of a synapse that reward strengthened or made. */
function consolidate({ memory }: NetworkState, ...ends: number[]): void {
  for (const id of ends) if (isMemoryId(id)) memory.consolidated.add(id);
}

function isMemoryArea({ ledger, memory }: NetworkState, area: number): boolean {
  return ledger.has(area, true) || memory.hasArea(area);
}

/** Ids of one side that may get a synapse, ascending. Of memory neurons those that fired by injection, where that is known. */
function creators(state: NetworkState, mapping: Mapping, area: number, ids: Set<number>): number[] {
  const episodes = state.ledger.recent(area, true, mapping.window);
  const episodic = episodes === null ? null : anyOf(episodes);
  return [...ids]
    .filter((id) => !isMemoryId(id) || episodic === null || episodic.has(id))
    .filter((id) => state.strict || state.areaOf(id) !== undefined)
    .sort((a, b) => a - b);
}

function create(state: NetworkState, mapping: Mapping, sources: number[], targets: number[], created: Created[]): void {
  const { rise, psp, kind, delay } = mapping;
  // FEAGI leaves new synapses out of their mapping's group.
  const group = state.strict ? 0 : mapping.group;
  for (const source of sources) {
    const connected = connectedTargets(state, source, mapping.target);
    for (const target of targets) {
      if (connected.has(target)) continue;
      created.push({ source, target, weight: rise, psp, packed: kind | (delay << 8) | (ASSOCIATIVE_FLAG << 16), group });
    }
  }
}

/** Targets in an area that a source has a valid indexed synapse to; the source itself may have been deleted. */
function connectedTargets(state: NetworkState, source: number, area: number): Set<number> {
  const { rowStart, entrySlot, outside } = state.freshRows();
  const { synapses, neurons } = state;
  const row = source < neurons.count ? entrySlot.subarray(rowStart[source]!, rowStart[source + 1]!) : (outside.get(source) ?? []);
  const connected = new Set<number>();
  for (const slot of row) {
    const target = synapses.target[slot]!;
    if (synapses.isLive(slot) && state.areaOf(target) === area) connected.add(target);
  }
  return connected;
}
