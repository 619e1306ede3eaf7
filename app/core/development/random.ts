/**
 * The chance in growth: one small generator per use, started from a text key. What one rule draws never depends on what
 * another drew, so editing one mapping leaves the others as they were.
 */

/** FNV-1a, 32 bit, over UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** 2^32 over the golden ratio. */
const STEP = 0x9e3779b9;

export class Random {
  readonly #start: number;
  #state: number;

  constructor(key: string) {
    this.#start = hashOf(key);
    this.#state = this.#start;
  }

  /** Goes to where `draws` numbers have been drawn. */
  jumpTo(draws: number): void {
    this.#state = (this.#start + Math.imul(draws, STEP)) >>> 0;
  }

  /** The next 32 bits: a Weyl sequence, mixed. */
  next(): number {
    this.#state = (this.#state + STEP) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  }

  /** A whole number from 0 up to, and without, `bound`. */
  below(bound: number): number {
    return Math.floor((this.next() / 0x1_0000_0000) * bound);
  }
}
