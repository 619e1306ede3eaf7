/** A brain and its bursts for the bench: areas of one size in a grid, and in each burst a seeded random share of all voxels. */
import { encodingBitset, FRAME_MAGIC, FRAME_VERSION, frameHeaderWords, frameWord, sectionHeaderWords } from "#contracts/frame.ts";
import { framePrefixWords } from "#contracts/wire.ts";
import type { SceneArea } from "../scene-types.ts";

const kinds = ["input", "custom", "output", "memory"] as const;
/** Areas in a row of the grid, and voxels between two. */
const perRow = 4;
const gap = 24;

export function generateAreas(dimensions: readonly [number, number, number], count: number): SceneArea[] {
  const neurons = dimensions[0] * dimensions[1] * dimensions[2];
  return Array.from({ length: count }, (_, i) => ({
    id: `area ${i}`,
    name: `Area ${i}`,
    kind: kinds[i % kinds.length]!,
    dimensions,
    position: [(i % perRow) * (dimensions[0] + gap), Math.floor(i / perRow) * (dimensions[1] + gap), 0],
    neurons,
    index: i,
    firstNeuron: i * neurons,
    neuronsPerVoxel: 1,
  }));
}

/** Makes messages as a host sends them: of any neuron fires `share` of the bursts. Bitsets, which are smaller from 1 in 8 on. */
export function createMessages(areas: readonly SceneArea[], share: number): (burst: number) => ArrayBuffer {
  const templates = Array.from({ length: 8 }, (_, seed) => writeMessage(areas, share, seed + 1));
  return (burst) => {
    const message = templates[burst % templates.length]!.slice();
    message[framePrefixWords + frameWord.burst] = burst;
    return message.buffer;
  };
}

function writeMessage(areas: readonly SceneArea[], share: number, seed: number): Uint32Array {
  const random = xorshift(seed * 0x9e3779b9);
  const threshold = share * 0x1_0000_0000;
  const sections = areas.map(({ index, firstNeuron, neurons }) => {
    const words = Math.ceil(neurons / 32);
    const section = new Uint32Array(sectionHeaderWords + words);
    let count = 0;
    for (let i = 0; i < neurons; i++) {
      if (random() >= threshold) continue;
      section[sectionHeaderWords + (i >>> 5)]! |= 1 << (i & 31);
      count++;
    }
    section.set([index!, count, encodingBitset, firstNeuron!, words]);
    return section;
  });
  const words = sections.reduce((sum, { length }) => sum + length, frameHeaderWords);
  const message = new Uint32Array(framePrefixWords + words);
  message[1] = 1;
  const header = message.subarray(framePrefixWords);
  header[frameWord.magic] = FRAME_MAGIC;
  header[frameWord.version] = FRAME_VERSION;
  header[frameWord.totalWords] = words;
  header[frameWord.fired] = sections.reduce((sum, section) => sum + section[1]!, 0);
  header[frameWord.sections] = sections.length;
  let at = frameHeaderWords;
  for (const section of sections) {
    header.set(section, at);
    at += section.length;
  }
  return message;
}

function xorshift(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}
