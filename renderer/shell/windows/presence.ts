/**
 * Whether another window is still there, however it ends. Each window holds a lock of its own for as long as it lives, and who waits
 * for that lock gets it once the window is closed, read anew or has crashed. A page served without TLS from another machine has no
 * locks; what is left then is a last word on leaving, which a browser may lose.
 */
export interface Presence {
  /** Resolves once the others can tell that this window is there. */
  hold(id: string): Promise<void>;
  /** Calls once when the window of this id is there no more. */
  whenGone(id: string, then: () => void): void;
}

const lockOf = (id: string) => `gyrus.window.${id}`;

export function createPresence(locks: LockManager | undefined): Presence {
  return {
    hold: (id) =>
      new Promise((resolve) => {
        if (!locks) return resolve();
        void locks.request(lockOf(id), () => {
          resolve();
          return new Promise(() => {});
        });
      }),
    whenGone(id, then) {
      void locks?.request(lockOf(id), () => then());
    },
  };
}
