/**
 * Memory neurons in a burst: due replay, arrivals and injections, firing, new replay, and the synapses from or to them.
 *
 * Synapses with a memory neuron at an end are walked apart from the rows, so a brain without them pays nothing. A sum still has
 * its one order, as memory ids lie above all others. Source: spec/burst-engine.md 3, 7.5, 7.6.
 */
import { isMemoryId } from "./id-ranges.ts";
import { voxelIds } from "./lookup.ts";
import type { MemoryFire } from "./memory-neurons.ts";
import { transmissionOf } from "./modulators.ts";
import { type NetworkState, NO_NEURON, POWER_AREA } from "./network-state.ts";
import { integrateSparse } from "./sparse-memory.ts";
import { ASSOCIATIVE_FLAG } from "./synapses.ts";

/** Turns replay that is due into forced fires and staged input. */
export function dueReplay(state: NetworkState): void {
  const { memory, burst, neurons } = state;
  for (const { burst: due, area, potential, staged, x, y, z } of memory.replay) {
    if (due !== burst) continue;
    const id = voxelIds(neurons, area, Uint32Array.of(x, y, z), 3)[0]!;
    if (id !== NO_NEURON) (staged ? state.staged : state.forced).push(id, potential);
  }
  memory.replay = memory.replay.filter((row) => row.burst > burst);
}

/** Makes what arrives at memory neurons their first addends; returns how many it reaches. */
export function takeMemoryArrivals({ memory, burst, unknownCandidates }: NetworkState): number {
  memory.associativeInput = memory.associative.get(burst) ?? new Map();
  memory.associative.delete(burst);
  const due = memory.arrivals.get(burst);
  if (!due) return 0;
  memory.arrivals.delete(burst);
  for (const [id, sum] of due) unknownCandidates.set(id, sum);
  return due.size;
}

export function injectMemory({ memory, unknownCandidates }: NetworkState): void {
  for (const { id, potential } of memory.injected) {
    unknownCandidates.set(id, Math.fround((unknownCandidates.get(id) ?? 0) + potential));
  }
}

/**
 * Fires memory candidates whose area is known: at any injection, by their state once they got associative input, else at any sum. In
 * `standard` a sum that is not above zero fires none.
 */
export function fireMemory({ memory, unknownCandidates, strict, burst }: NetworkState): void {
  const injectedArea = new Map(memory.injected.map(({ id, area }) => [id, area]));
  memory.injected = [];
  const fired: MemoryFire[] = [];
  for (const [id, potential] of unknownCandidates) {
    const area = injectedArea.get(id) ?? memory.areaOf(id);
    if (!isMemoryId(id) || area === undefined) continue;
    const episodic = injectedArea.has(id);
    const associative = memory.associativeInput.get(id) ?? 0;
    if (!episodic && (associative !== 0 || memory.states.has(id))) {
      const state = memory.states.get(id) ?? { potential: 0, fires: 0, countdown: 0 };
      memory.states.set(id, state);
      const firedAt = integrateSparse(state, memory.settingsOf(area), { id, burst, sum: potential, associative });
      if (firedAt !== null) fired.push({ id, area, potential: firedAt, episodic });
    } else if (episodic || strict || potential > 0) {
      fired.push({ id, area, potential, episodic });
    }
  }
  memory.fired = fired.sort((a, b) => a.id - b.id);
}

/** Schedules the frames of every memory neuron that fired, where its area has a twin for them. */
export function scheduleReplay({ memory, areas, burst }: NetworkState): void {
  for (const { id, area, potential } of memory.fired) {
    const strength = areas.find(area)?.mpDrivenPsp === true ? potential : 1;
    for (const { offset, upstreamArea, voxels, potentials } of memory.frames.get(id) ?? []) {
      const twin = memory.twins.get(area)?.get(upstreamArea);
      if (twin === undefined) continue;
      for (let v = 0; v < voxels.length; v += 3) {
        const [x, y, z] = [voxels[v]!, voxels[v + 1]!, voxels[v + 2]!];
        const row = { burst: burst + offset + 1, area: twin, x, y, z };
        memory.replay.push({ ...row, potential: potentials === null ? strength : potentials[v / 3]!, staged: potentials !== null });
      }
    }
  }
}

/** Sends over the synapses that have a memory neuron at an end: regular sources first, ids and slots ascending. */
export function propagateOutside(state: NetworkState): void {
  const { fired, memory, neurons } = state;
  if (fired.count === 0 && memory.fired.length === 0) return;
  const { outside, outDegree } = state.freshRows();
  if (outside.size === 0) return;
  for (let f = 0; f < fired.count; f++) {
    const id = fired.ids[f]!;
    const slots = outside.get(id);
    if (slots) send(state, slots, neurons.area[id]!, outDegree[id]!, fired.potentials[f]!);
  }
  for (const { id, potential } of memory.fired) {
    const slots = outside.get(id);
    // What it sends follows the area it is mapped to, whatever area it was injected for; without one only the undivided path sends.
    const area = memory.areaOf(id);
    if (!slots || (area === undefined && state.generalPath)) continue;
    const degree = slots.reduce((count, slot) => count + (state.synapses.isLive(slot) ? 1 : 0), 0);
    send(state, slots, area, degree, potential);
  }
}

function send(state: NetworkState, slots: readonly number[], area: number | undefined, degree: number, firedAt: number): void {
  const { synapses, areas, arrivals, memory, neurons, burst, generalPath } = state;
  const settings = area === undefined ? undefined : areas.find(area);
  const divisor = generalPath && settings?.pspUniform !== true ? Math.max(1, degree) : 1;
  const driven = settings?.mpDrivenPsp === true;
  const drivenPsp = Number.isFinite(firedAt) ? Math.max(firedAt, 0) : 0;
  for (const slot of slots) {
    if (!synapses.isLive(slot) && !(state.removedConduct && !generalPath && synapses.isIndexed(slot))) continue;
    const target = synapses.target[slot]!;
    const toMemory = memory.areaOf(target) !== undefined;
    if (!toMemory && target >= neurons.count) continue;
    const product = Math.fround(synapses.weight[slot]! * (driven ? drivenPsp : synapses.psp[slot]!));
    const divided = Math.fround((synapses.kind[slot] === 0 ? product : -product) / divisor);
    const contribution = Math.fround(divided * transmissionOf(state, slot));
    const due = burst + synapses.delay[slot]!;
    if (toMemory) memory.addArrival(due, target, contribution, (synapses.flags[slot]! & ASSOCIATIVE_FLAG) !== 0);
    else arrivals.at(due).add(target, contribution);
  }
}

/** Wears the synapses of memory neurons that fired in an area with a degeneration coefficient. */
export function degenerateMemory({ memory, areas, synapses }: NetworkState): void {
  for (const { id } of memory.fired) {
    const area = memory.areaOf(id);
    const wear = area === undefined ? 0 : (areas.find(area)?.degeneration ?? 0);
    if (!(wear > 0) || area === POWER_AREA) continue;
    for (const slot of synapses.outside.get(id) ?? []) {
      if (!synapses.isLive(slot)) continue;
      const left = Math.fround(synapses.psp[slot]! - wear);
      synapses.psp[slot] = 0;
      if (left > 0) synapses.psp[slot] = left;
    }
  }
}
