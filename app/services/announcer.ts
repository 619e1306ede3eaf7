/** Tells every door what happened. A listener that throws is left out of the rest, never a reason for the brain to stop. */
import type { Announcement } from "#contracts/wire.ts";

export type Listener = (announcement: Announcement) => void;

export class Announcer {
  readonly #listeners = new Set<Listener>();

  announce(announcement: Announcement): void {
    for (const listener of this.#listeners) {
      try {
        listener(announcement);
      } catch {
        this.#listeners.delete(listener);
      }
    }
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
