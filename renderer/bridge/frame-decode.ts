/**
 * A binary message of the host as the renderer uses it: the header of the burst and, area by area, which neurons fired.
 * Neuron ids stay as the engine numbers them; an area's first id turns them into local ones where they are drawn.
 */
import { type FrameHeader, type FrameSection, readFrameHeader, readFrameSections } from "#contracts/frame.ts";
import { framePrefixWords } from "#contracts/wire.ts";

export interface DecodedFrame extends FrameHeader {
  /** The brain it belongs to. */
  generation: number;
  /** Frames the host left out between the one before and this one. */
  skipped: number;
  sections: FrameSection[];
}

export function decodeFrame(message: ArrayBuffer): DecodedFrame {
  const words = new Uint32Array(message);
  const frame = words.subarray(framePrefixWords);
  return {
    ...readFrameHeader(frame),
    skipped: words[0] as number,
    generation: words[1] as number,
    sections: [...readFrameSections(frame)],
  };
}

/** The buffers that can change threads without a copy. */
export function buffersOf(frame: DecodedFrame): ArrayBuffer[] {
  return frame.sections.map(({ ids }) => ids.buffer as ArrayBuffer);
}
