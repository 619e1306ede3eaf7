/** The thread that decodes firing frames, so that a big burst costs the window nothing but the hand-over. */
import { buffersOf, decodeFrame } from "./frame-decode.ts";

/** The part of a dedicated worker's global scope used here; the renderer's types know the window only. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ArrayBuffer>) => void) | null;
  postMessage(message: unknown, transfer: Transferable[]): void;
}
const scope = globalThis as unknown as WorkerScope;

scope.onmessage = ({ data }) => {
  const frame = decodeFrame(data);
  scope.postMessage(frame, buffersOf(frame));
};
