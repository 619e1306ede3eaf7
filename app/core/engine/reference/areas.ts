/**
 * Cortical areas as the engine knows them: settings by area index, and per neuron the ordinal of its area among all areas that
 * have neurons (ascending index), so that the burst reads settings from small arrays.
 */
import type { EngineArea } from "#contracts/network.ts";

export class Areas {
  readonly #settings = new Map<number, EngineArea>();
  /** Area indexes that have neurons, ascending. */
  indexes = new Uint32Array(0);
  /** Per neuron: position of its area in `indexes`. */
  ordinal = new Uint32Array(0);
  // By ordinal.
  uniform = new Uint8Array(0);
  mpDriven = new Uint8Array(0);
  degeneration = new Float32Array(0);
  /** A flag was set for some area, even to false: propagation takes the general path. */
  flagged = false;
  /** Some area with neurons wears its synapses. */
  wearing = false;

  /** Settings in ascending area index. */
  list(): EngineArea[] {
    return [...this.#settings.values()].sort((a, b) => a.index - b.index);
  }

  find(index: number): EngineArea | undefined {
    return this.#settings.get(index);
  }

  /** Changes settings of an area, which gets a record if it has none. */
  update(index: number, change: Partial<Omit<EngineArea, "index">>): void {
    const old = this.#settings.get(index) ?? { index, pspUniform: null, mpDrivenPsp: null, degeneration: 0, baselinePsp: null };
    this.#settings.set(index, { ...old, ...change, index });
    this.#tabulate();
  }

  /** Assigns ordinals to the first `count` neurons. */
  assign(area: Uint32Array, count: number): void {
    const present = new Set<number>();
    for (let i = 0; i < count; i++) if (i === 0 || area[i] !== area[i - 1]) present.add(area[i]!);
    this.indexes = Uint32Array.from(present).sort();
    const ordinals = new Map<number, number>();
    this.indexes.forEach((index, ordinal) => {
      ordinals.set(index, ordinal);
    });
    this.ordinal = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      this.ordinal[i] = i > 0 && area[i] === area[i - 1] ? this.ordinal[i - 1]! : ordinals.get(area[i]!)!;
    }
    this.#tabulate();
  }

  #tabulate(): void {
    const settings = Array.from(this.indexes, (index) => this.#settings.get(index));
    this.uniform = Uint8Array.from(settings, (area) => (area?.pspUniform ? 1 : 0));
    this.mpDriven = Uint8Array.from(settings, (area) => (area?.mpDrivenPsp ? 1 : 0));
    this.degeneration = Float32Array.from(settings, (area) => area?.degeneration ?? 0);
    this.wearing = this.degeneration.some((coefficient) => coefficient > 0);
    this.flagged = false;
    for (const { pspUniform, mpDrivenPsp } of this.#settings.values()) {
      if (pspUniform !== null || mpDrivenPsp !== null) this.flagged = true;
    }
  }
}
