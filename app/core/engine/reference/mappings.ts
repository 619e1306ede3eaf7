/**
 * Plastic mappings: one registration per ordered pair of areas, and which synapses belong to each.
 *
 * A synapse belongs to the pair of the areas its ends have now. In `feagi-strict` it must also be in the plasticity index, which
 * is built at registrations and explicit rebuilds. Source: spec/burst-engine.md 7.2.
 */
import type { WindowRule } from "#core/plasticity/window-rule.ts";
import type { NetworkState } from "./network-state.ts";

export const mappingModes = ["off", "stdp", "rstdp"] as const;

export interface Mapping extends WindowRule {
  source: number;
  target: number;
  mode: (typeof mappingModes)[number];
  /** Bursts. */
  window: number;
  bidirectional: boolean;
  frozen: boolean;
  /** Of created synapses. */
  psp: number;
  kind: number;
  delay: number;
  /** Modulation group, 0: none. */
  group: number;
}

export class Mappings {
  #pairs: Mapping[] = [];
  #slots = new Map<Mapping, number[]>();
  #slotsOf = -1;
  /** Grows with every change of the registrations. */
  version = 0;

  /** Ascending (source, target). */
  get list(): readonly Mapping[] {
    return this.#pairs;
  }

  find(source: number, target: number): Mapping | undefined {
    return this.#pairs.find((pair) => pair.source === source && pair.target === target);
  }

  register(mapping: Mapping): void {
    this.unregister(mapping.source, mapping.target);
    this.#pairs.push(mapping);
    this.#pairs.sort((a, b) => a.source - b.source || a.target - b.target);
    this.version++;
  }

  /**
   * Whether a mapping would let a brain reward itself: it ends on a driver that rewards another plastic mapping, or a driver of its
   * own rewards is where another one ends. `drivers`: reward drivers of a group.
   */
  wireheads(mapping: Mapping, drivers: (group: number) => readonly number[]): boolean {
    if (mapping.mode === "off") return false;
    const own = drivers(mapping.group);
    return this.#pairs.some((pair) => {
      if (pair.mode === "off" || (pair.source === mapping.source && pair.target === mapping.target)) return false;
      return drivers(pair.group).includes(mapping.target) || own.includes(pair.target);
    });
  }

  unregister(source: number, target: number): boolean {
    const before = this.#pairs.length;
    this.#pairs = this.#pairs.filter((pair) => pair.source !== source || pair.target !== target);
    this.version++;
    return this.#pairs.length < before;
  }

  /** The synapses of a pair, ascending slot. Found anew after anything that could move one. */
  slots(mapping: Mapping, state: NetworkState): readonly number[] {
    const now = this.version + state.synapses.version + state.memory.version + state.neurons.count;
    if (now !== this.#slotsOf) {
      this.#slotsOf = now;
      this.#slots = this.#assign(state);
    }
    return this.#slots.get(mapping)!;
  }

  #assign(state: NetworkState): Map<Mapping, number[]> {
    const { synapses, strict } = state;
    const bySource = new Map<number, Map<number, number[]>>();
    const assigned = new Map<Mapping, number[]>();
    for (const pair of this.#pairs) {
      const slots: number[] = [];
      assigned.set(pair, slots);
      const targets = bySource.get(pair.source) ?? new Map<number, number[]>();
      bySource.set(pair.source, targets.set(pair.target, slots));
    }
    for (let slot = 0; slot < synapses.count; slot++) {
      if (!synapses.isValid(slot) || (strict && !synapses.isPlastic(slot))) continue;
      const source = state.areaOf(synapses.source[slot]!);
      const target = state.areaOf(synapses.target[slot]!);
      if (source !== undefined && target !== undefined) bySource.get(source)?.get(target)?.push(slot);
    }
    return assigned;
  }
}
