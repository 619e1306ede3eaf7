/**
 * Decodes messages in order on a thread of their own. Where a page may not start one (a file: address), the window decodes
 * them itself: slower, but the same frames.
 */
import { type DecodedFrame, decodeFrame } from "./frame-decode.ts";

export type DecodeFrames = (message: ArrayBuffer) => void;

export function createFrameDecoder(onFrame: (frame: DecodedFrame) => void): DecodeFrames {
  const inline = (message: ArrayBuffer) => onFrame(decodeFrame(message));
  let decode = inline;
  try {
    const worker = new Worker(new URL("./frame.worker.ts", import.meta.url), { type: "module", name: "frames" });
    worker.onmessage = ({ data }: MessageEvent<DecodedFrame>) => onFrame(data);
    worker.onerror = () => {
      decode = inline;
      worker.terminate();
    };
    decode = (message) => worker.postMessage(message, [message]);
  } catch {
    // SecurityError: this page may not start workers.
  }
  return (message) => decode(message);
}
