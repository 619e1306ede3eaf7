/** When a crashed brain host is started again: each time a little later, and no more after five crashes within a minute. */
const windowMs = 60_000;
const mostCrashes = 5;
const firstWaitMs = 100;

export interface Restarts {
  /** A crash happened at `now` (ms): how long to wait before the next start, or null to give up. */
  crashed(now: number): number | null;
}

export function countRestarts(): Restarts {
  let crashes: number[] = [];
  return {
    crashed(now) {
      crashes = [...crashes.filter((time) => now - time < windowMs), now];
      return crashes.length >= mostCrashes ? null : firstWaitMs * 2 ** (crashes.length - 1);
    },
  };
}
