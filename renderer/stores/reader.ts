/** What a view reads while somebody looks at it: when the brain has moved, at most once a period, and at once when it comes into sight. */
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { messageOf } from "../ui/error-text.ts";
import { createPacer } from "./pacer.ts";

export interface Reader {
  follow(status: BrainStatus): void;
  /** Reads as long as somebody watches; returns the way to stop. */
  watch(): () => void;
  /** Reads again after a change of one's own. */
  again(): void;
  close(): void;
}

interface Reading {
  /** Reads with the brain at this state; `went`: another brain, or an earlier burst than the last time. */
  read: (status: BrainStatus, went: boolean) => Promise<void>;
  /** Says what a read was refused with; null: the last one was not. */
  tell: (problem: string | null) => void;
  periodMs?: number;
}

const usualMs = 1000;

export function createReader(bridge: LabBridge, { read, tell, periodMs = usualMs }: Reading): Reader {
  let watchers = 0;
  let status: BrainStatus | null = null;
  let readAt: Pick<BrainStatus, "generation" | "burst"> | null = null;
  /** What there is to read; a turn of the pacer is not spent on nothing. */
  const readable = () => (watchers > 0 && status !== null && status.brainId !== null && bridge.connection.phase === "open" ? status : null);
  const soon = () => {
    if (readable()) pacer.soon();
  };
  const pacer = createPacer(async () => {
    const now = readable();
    if (now === null) return;
    const went = readAt === null || readAt.generation !== now.generation || readAt.burst > now.burst;
    try {
      await read(now, went);
      readAt = now;
      tell(null);
    } catch (error) {
      readAt = null;
      // That the connection went away is shown elsewhere.
      if (bridge.connection.phase === "open") tell(messageOf(error));
    }
  }, periodMs);
  return {
    follow(next) {
      const isNews =
        status === null || next.burst !== status.burst || next.generation !== status.generation || next.brainId !== status.brainId;
      status = next;
      if (isNews) soon();
    },
    watch() {
      watchers++;
      soon();
      return () => {
        watchers--;
      };
    },
    again: soon,
    close: () => pacer.stop(),
  };
}
