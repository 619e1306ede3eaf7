/**
 * What arrives at each neuron in the next 255 bursts, one array of f64 sums per burst in a ring.
 *
 * A sum starts at -0 and no weight is -0, so -0 marks a neuron to which nothing is on its way: one array holds membership and value.
 * Emptied arrays are used again, so a steady network allocates nothing.
 */
export class InputSums {
  readonly sums: Float64Array;
  /** Neurons that have a sum. */
  size = 0;

  constructor(neurons: number) {
    this.sums = new Float64Array(neurons).fill(-0);
  }
}

export class InputSchedule {
  readonly #neurons: number;
  readonly #slots: (InputSums | undefined)[] = new Array(256).fill(undefined);
  readonly #free: InputSums[] = [];

  constructor(neurons: number) {
    this.#neurons = neurons;
  }

  /** The sums due in `burst`, which is 1 to 255 bursts ahead. */
  at(burst: number): InputSums {
    let slot = this.#slots[burst & 255];
    if (slot === undefined) {
      slot = this.#free.pop() ?? new InputSums(this.#neurons);
      this.#slots[burst & 255] = slot;
    }
    return slot;
  }

  find(burst: number): InputSums | undefined {
    return this.#slots[burst & 255];
  }

  /** Hands over the sums due now; `release` takes them back. */
  take(burst: number): InputSums {
    const due = this.at(burst);
    this.#slots[burst & 255] = undefined;
    return due;
  }

  release(slot: InputSums): void {
    slot.sums.fill(-0);
    slot.size = 0;
    this.#free.push(slot);
  }
}

export function isUntouched(sum: number): boolean {
  return sum === 0 && 1 / sum === Number.NEGATIVE_INFINITY;
}
