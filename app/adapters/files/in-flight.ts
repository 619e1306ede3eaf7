/** One byte on disk that is 1 while a native call is under way: it outlives the process, so the next one knows how this one ended. */
import { closeSync, constants, openSync, readSync, writeSync } from "node:fs";

export interface InFlight {
  /** The last process died inside a native call. */
  died: boolean;
  enter(): void;
  leave(): void;
  close(): void;
}

const OPEN_OR_CREATE = constants.O_RDWR | constants.O_CREAT;

export function openInFlight(file: string): InFlight {
  const byte = new Uint8Array(1);
  let descriptor: number;
  try {
    descriptor = openSync(file, OPEN_OR_CREATE, 0o600);
  } catch {
    return { died: false, enter() {}, leave() {}, close() {} };
  }
  const died = readSync(descriptor, byte, 0, 1, 0) === 1 && byte[0] === 1;
  const mark = (value: number) => {
    byte[0] = value;
    writeSync(descriptor, byte, 0, 1, 0);
  };
  mark(0);
  return { died, enter: () => mark(1), leave: () => mark(0), close: () => closeSync(descriptor) };
}
