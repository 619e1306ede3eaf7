/** A stretch of a recording as it is kept in a file. */
import { LabError } from "#contracts/errors.ts";
import { joined } from "./joined.ts";
import { type openBlock, recordWords } from "./tape.ts";

/** A stretch of a recording, as it is kept in a file: the state before it is kept apart. */
export interface KeptRange {
  first: number;
  last: number;
  /** Keyframes within the stretch that share the wiring it begins with; others are told again by a replay. */
  keyframes: { start: number; hash: bigint; besideBytes: number; moment: Uint8Array }[];
  /** The records of its bursts, one after another (tape.ts). */
  tape: Uint8Array;
}

type Block = ReturnType<typeof openBlock>;

/** The records of some bursts, one after another; E_CONFLICT where they take more than `mostBytes`. */
export async function recordsOf(
  blockOf: (burst: number) => Block | Promise<Block>,
  first: number,
  last: number,
  mostBytes: number,
): Promise<Uint8Array> {
  const records: Uint8Array[] = [];
  let size = 0;
  for (let burst = first; burst <= last; burst++) {
    const { buffer, byteLength } = recordWords(await blockOf(burst), burst).slice();
    size += byteLength;
    if (size > mostBytes) {
      const advice = `Keep fewer bursts: ${first} to ${burst - 1} fit.`;
      throw new LabError("E_CONFLICT", "So long a stretch has no room in one file", { first, last, mostBytes }, advice);
    }
    records.push(new Uint8Array(buffer));
  }
  return joined(records);
}

export function unfit(burst: number): LabError {
  return new LabError("E_IO", `What was kept of burst ${burst} does not fit the rest`, { burst }, "Keep the recording again.");
}
