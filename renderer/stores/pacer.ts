/** Reads that follow the brain: one at a time, at most one a period, and never the last change missed. */
export interface Pacer {
  /** Something changed: reads at once where the period has passed, else when it has. */
  soon(): void;
  stop(): void;
}

export function createPacer(read: () => Promise<void>, periodMs: number): Pacer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isReading = false;
  let isAgain = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  let isStopped = false;
  const go = () => {
    timer = undefined;
    if (isReading) {
      isAgain = true;
      return;
    }
    isReading = true;
    lastMs = performance.now();
    void read().finally(() => {
      isReading = false;
      if (isAgain) soon();
      isAgain = false;
    });
  };
  const soon = () => {
    if (isStopped || timer !== undefined) return;
    const waitMs = lastMs + periodMs - performance.now();
    if (waitMs <= 0) go();
    else timer = setTimeout(go, waitMs);
  };
  return {
    soon,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
