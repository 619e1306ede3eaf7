/** The clocks of this machine. */
import type { LabClock } from "#services/ports.ts";

export function createLabClock(): LabClock {
  return {
    nowMs: () => performance.now(),
    time: () => new Date().toISOString(),
    sleep(ms) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, ms);
      return {
        done: promise,
        wake() {
          clearTimeout(timer);
          resolve();
        },
      };
    },
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  };
}
