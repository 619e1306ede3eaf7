/**
 * The recording file (.gyrusrec): bursts that were kept, to be looked into again. A container (sections.ts) with the magic "GYRUSREC":
 * META (JSON: first and last burst), BRAIN (a brain file of the state before the first), TAPE (the records of core/recording/tape.ts,
 * packed), KEYS (JSON: the keyframes, and where in MOMENTS each lies), MOMENTS (packed), INPUTS (JSON: what acted on the brain, from
 * which burst on). Bursts can be replayed from any keyframe and compared with the tape, so the file proves itself.
 */
import { z } from "zod";
import { LabError } from "#contracts/errors.ts";
import { endingHash } from "../engine/snapshot-sections.ts";
import { joined } from "../recording/joined.ts";
import type { KeptRange } from "../recording/kept-range.ts";
import { openBlock } from "../recording/tape.ts";
import { type BrainInput, parseInput } from "../stimulation/brain-input.ts";
import { hasMagic, packSections, unpackSections } from "./sections.ts";

const container = { magic: "GYRUSREC", version: 1 };
const sectionNames = ["META", "BRAIN", "TAPE", "KEYS", "MOMENTS", "INPUTS"] as const;

export interface KeptRecording {
  /** A brain file (brain-file.ts). */
  brain: Uint8Array;
  range: KeptRange;
  /** Ascending by burst; the first holds from the first burst on. */
  inputs: readonly { from: number; input: BrainInput }[];
}

/** How sections become small; the machine's. */
export interface Packing {
  pack(bytes: Uint8Array): Promise<Uint8Array>;
  unpack(packed: Uint8Array): Promise<Uint8Array>;
}

const Meta = z.object({ first: z.int().min(1), last: z.int().min(1) });
const Keys = z.array(
  z.object({ start: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{1,16}$/), besideBytes: z.int().min(0), bytes: z.int().min(0) }),
);
const Inputs = z.array(z.object({ from: z.int(), input: z.unknown() })).min(1);

export async function encodeRecording({ brain, range, inputs }: KeptRecording, { pack }: Packing): Promise<Uint8Array> {
  const { first, last, keyframes, tape } = range;
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const keys = keyframes.map(({ start, hash, besideBytes, moment }) => ({
    ...{ start, hash: hash.toString(16), besideBytes, bytes: moment.length },
  }));
  return packSections(container, {
    META: json({ first, last }),
    BRAIN: brain,
    TAPE: await pack(tape),
    KEYS: json(keys),
    MOMENTS: await pack(joined(keyframes.map(({ moment }) => moment))),
    INPUTS: json(inputs),
  });
}

/** Reads a recording file back. A damaged one is refused with its reason. */
export async function decodeRecording(bytes: Uint8Array, { unpack }: Packing): Promise<KeptRecording> {
  const sections = unpackSections(container, bytes, sectionNames, refuse);
  const json = <T>(name: "META" | "KEYS" | "INPUTS", schema: z.ZodType<T>): T => {
    const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(sections[name])));
    return parsed.success ? parsed.data : refuse("a section holds something else than this Gyrus writes", { section: name });
  };
  const keys = json("KEYS", Keys);
  const moments = await unpack(sections.MOMENTS);
  let at = 0;
  const keyframes = keys.map(({ start, hash, besideBytes, bytes: length }) => {
    // Moments are read as columns, which want their start aligned.
    const moment = moments.slice(at, at + length);
    if (moment.length !== length || besideBytes > length) return refuse("a keyframe is shorter than it says", { burst: start });
    if (endingHash(moment.subarray(0, length - besideBytes)) !== BigInt(`0x${hash}`))
      return refuse("a keyframe is not the one it says", { burst: start });
    at += length;
    return { start, hash: BigInt(`0x${hash}`), besideBytes, moment };
  });
  const inputs = json("INPUTS", Inputs).map(({ from, input }) => {
    const read = parseInput(input);
    return read ? { from, input: read } : refuse("what acted on the brain is not what this Gyrus writes", { burst: from });
  });
  const range = { ...json("META", Meta), keyframes, tape: await unpack(sections.TAPE) };
  const recorded = openBlock(range.first, range.tape).offsets.length;
  if (recorded !== range.last - range.first + 1) return refuse("it holds another number of bursts than it says", { recorded });
  return { brain: sections.BRAIN, range, inputs };
}

export function isRecordingFile(bytes: Uint8Array): boolean {
  return hasMagic(bytes, container.magic);
}

function refuse(reason: string, details: Record<string, unknown> = {}): never {
  const advice = "Use another copy of the file, or keep the bursts again; the brain on the bench is as it was.";
  throw new LabError("E_NETWORK", `The recording file was refused: ${reason}`, { reason, ...details }, advice);
}
