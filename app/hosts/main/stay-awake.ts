/**
 * Keeps the computer awake while the brain runs, and with it the recording, which is on whenever bursts are. Only where the person wants
 * it; the screen may go dark. Electron's blocker comes as an argument.
 */
export interface PowerBlocker {
  start(type: "prevent-app-suspension"): number;
  stop(id: number): unknown;
}

export interface StayAwake {
  /** The brain runs, or does no longer. */
  follow(isRunning: boolean): void;
  /** What the person set. */
  want(isWanted: boolean): void;
  /** Whether the computer is kept awake now. */
  isOn(): boolean;
}

export function createStayAwake(blocker: PowerBlocker): StayAwake {
  let isRunning = false;
  let isWanted = true;
  let id: number | null = null;
  const settle = () => {
    const isDue = isRunning && isWanted;
    if (isDue && id === null) id = blocker.start("prevent-app-suspension");
    if (!isDue && id !== null) {
      blocker.stop(id);
      id = null;
    }
  };
  return {
    follow(now) {
      isRunning = now;
      settle();
    },
    want(now) {
      isWanted = now;
      settle();
    },
    isOn: () => id !== null,
  };
}
