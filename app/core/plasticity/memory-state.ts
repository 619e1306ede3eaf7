/**
 * The state of pattern memory as bytes, as it lies beside an engine snapshot in checkpoints, brain files and recordings.
 *
 * UTF-8 JSON. Hashes are hexadecimal; potentials are the bits of their f32, because JSON knows no NaN and no infinity. Nothing to
 * remember is no bytes at all.
 */
import { LabError } from "#contracts/errors.ts";
import type { MemoryNeuron } from "./memory-array.ts";
import type { PatternFrame } from "./pattern-frames.ts";
import type { PatternMemoryState } from "./pattern-memory.ts";

/** Pattern memory, and what it has asked of the engine for the next burst. */
export interface MemoryRunState {
  memory: PatternMemoryState;
  pending: Uint32Array;
}

const VERSION = 1;

export function encodeMemoryState({ memory, pending }: MemoryRunState): Uint8Array {
  const { array, patterns, history } = memory;
  const frame = ({ potentials, ...rest }: PatternFrame) => ({ ...rest, ...(potentials ? { potentials: bitsOf(potentials) } : {}) });
  const json = {
    ...{ version: VERSION, pending: Array.from(pending) },
    ...memory,
    array: { ...array, slots: array.slots.map((neuron) => neuron && { ...neuron, hash: neuron.hash.toString(16) }) },
    patterns: patterns.map(([neuron, frames]) => [neuron, frames.map(frame)]),
    history: history.map(([area, frames]) => [
      area,
      frames.map(({ ids, potentials }) => ({ ids, potentials: potentials && bitsOf(potentials) })),
    ]),
  };
  return new TextEncoder().encode(JSON.stringify(json));
}

/** E_NETWORK where the bytes hold no such state. */
export function decodeMemoryState(bytes: Uint8Array): MemoryRunState {
  try {
    const { version, pending, ...memory } = JSON.parse(new TextDecoder().decode(bytes)) as Stored;
    if (version !== VERSION) throw new Error(`version ${version} is unknown`);
    const { array, patterns, history } = memory;
    const frame = ({ potentials, ...rest }: PatternFrame): PatternFrame => ({
      ...rest,
      ...(potentials ? { potentials: potentialsOf(potentials) } : {}),
    });
    return {
      pending: Uint32Array.from(pending),
      memory: {
        ...memory,
        array: { ...array, slots: array.slots.map((neuron) => neuron && { ...neuron, hash: BigInt(`0x${neuron.hash}`) }) },
        patterns: patterns.map(([neuron, frames]) => [neuron, frames.map(frame)]),
        history: history.map(([area, frames]) => [
          area,
          frames.map(({ ids, potentials }) => ({ ids, potentials: potentials && potentialsOf(potentials) })),
        ]),
      },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError("E_NETWORK", `The state of pattern memory was refused: ${reason}`, { reason }, "Open the genome instead.", error);
  }
}

type Stored = Omit<PatternMemoryState, "array"> & {
  version: number;
  pending: number[];
  array: Omit<PatternMemoryState["array"], "slots"> & { slots: (null | (Omit<MemoryNeuron, "hash"> & { hash: string }))[] };
};

function bitsOf(potentials: readonly number[]): number[] {
  return Array.from(new Uint32Array(Float32Array.from(potentials).buffer));
}

function potentialsOf(bits: readonly number[]): number[] {
  return Array.from(new Float32Array(Uint32Array.from(bits).buffer));
}
