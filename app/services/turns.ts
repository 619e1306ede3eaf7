/**
 * Takes turns at the engine. A burst is one turn, and so is everything that reads or changes the engine in between, so no verb
 * ever meets a burst under way. First come, first served: an edit waits for one burst at most.
 */
export interface Turns {
  take<T>(work: () => T | Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(work) {
      const turn = last.then(work);
      last = turn.catch(() => {});
      return turn;
    },
  };
}
