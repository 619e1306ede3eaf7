/** Which ids mean what: neurons with a slot below, memory neurons above, the rest reserved. Source: spec/burst-engine.md 2.1. */

/** Ids from here on belong to memory neurons. */
export const REGULAR_NEURONS = 50_000_000;
const FIRST_RESERVED = 100_000_000;

export function isMemoryId(id: number): boolean {
  return id >= REGULAR_NEURONS && id < FIRST_RESERVED;
}
