/**
 * Where firing frames wait for the screen. Once per animation frame all waiting frames go to every listener, oldest first,
 * and only then their credit goes back to the host: a window that draws slowly is sent less and never slows the brain.
 * A hidden window is not asked to draw, so it is sent nothing.
 */
import { maxFrameCredit } from "#contracts/wire.ts";
import type { DecodedFrame } from "./frame-decode.ts";
import { FrameRing } from "./frame-ring.ts";

/** Above this many firings in a frame fewer frames are asked for at a time: each costs milliseconds to scatter. */
const bigFrameFirings = 200_000;
const bigFrameCredit = 2;

export interface FrameInbox {
  /** Frames since the last animation frame, ascending; called at most once per animation frame. Returns the way to stop. */
  onFrames(listener: (frames: readonly DecodedFrame[]) => void): () => void;
  /** The newest frames that were shown, to look back into. */
  readonly recent: FrameRing;
  /** The brain that is on the bench: frames of an earlier one that are still on their way are paid for, not shown. */
  expect(generation: number): void;
}

/** The side of the inbox that a connection fills. */
export interface FrameSink extends FrameInbox {
  receive(message: ArrayBuffer): void;
  /** A new connection begins: what the old one owed is void. */
  restart(credit: (frames: number) => void): void;
}

interface InboxParts {
  /** Makes the decoder; it must call back in order. */
  decoder(onFrame: (frame: DecodedFrame) => void): (message: ArrayBuffer) => void;
  /** requestAnimationFrame, or a stand-in. */
  nextFrame(callback: () => void): void;
}

export function createFrameInbox({ decoder, nextFrame }: InboxParts): FrameSink {
  const listeners = new Set<(frames: readonly DecodedFrame[]) => void>();
  const recent = new FrameRing();
  let waiting: DecodedFrame[] = [];
  let asked = false;
  let credit: (frames: number) => void = () => {};
  /** Frames the host may still send or has sent and we have not shown. */
  let outstanding = 0;
  let expected = 0;
  const decode = decoder((frame) => {
    waiting.push(frame);
    if (asked) return;
    asked = true;
    nextFrame(show);
  });
  return {
    recent,
    onFrames(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    expect(generation) {
      expected = generation;
      if (recent.latest && recent.latest.generation < expected) recent.clear();
    },
    receive: decode,
    restart(giveCredit) {
      credit = giveCredit;
      outstanding = 0;
      expected = 0;
      grant(maxFrameCredit);
    },
  };

  function show(): void {
    asked = false;
    const received = waiting;
    waiting = [];
    const frames = received.filter(({ generation }) => generation >= expected);
    for (const frame of frames) recent.push(frame);
    if (frames.length > 0) for (const listener of listeners) listener(frames);
    outstanding = Math.max(0, outstanding - received.length);
    const big = frames.some(({ fired }) => fired > bigFrameFirings);
    grant((big ? bigFrameCredit : maxFrameCredit) - outstanding);
  }

  function grant(frames: number): void {
    if (frames <= 0) return;
    outstanding += frames;
    credit(frames);
  }
}
