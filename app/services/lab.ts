/**
 * The lab as every door sees it: call a command, hear announcements, look at firing frames.
 *
 * Doors (transports/*) know this interface only; `createLab` in this room makes it from the ports of `ports.ts`.
 */
import type { CallContext } from "#contracts/command.ts";
import type { Announcement } from "#contracts/wire.ts";

/** A viewer of firing frames. Frames come only against credit; without it the newest waits and the rest are counted. */
export interface FrameSubscription {
  credit(frames: number): void;
  close(): void;
}

export interface Lab {
  /** Validates input and output against the registry, then runs the command. Rejects with a LabError. */
  call(name: string, input: unknown, context: CallContext): Promise<unknown>;
  /** Announcements from now on; the current status is announced at once. Returns the way to stop. */
  subscribe(listener: (announcement: Announcement) => void): () => void;
  /** `sink` gets a buffer of its own each time: the binary message of contracts/wire.ts. */
  openFrames(sink: (message: ArrayBuffer) => void): FrameSubscription;
  /** Pauses, writes a last checkpoint, closes every file. */
  close(): Promise<void>;
}
