/**
 * Checks a whole engine patch before anything of it is applied, so that a patch applies entirely or not at all.
 */
import { LabError } from "#contracts/errors.ts";
import { type PatchOp, patchOp } from "#contracts/patch.ts";
import { modulatorKinds } from "#contracts/patch-extensions.ts";
import { isMemoryId, REGULAR_NEURONS } from "./id-ranges.ts";

/**
 * Arguments of an operation, one letter each: u word, f f32, b 0 or 1, s packed synapse (kind, delay, flags), w window, y byte,
 * o learning mode, g mapping flags, m id of a memory neuron, k kind of modulator, v one that scales a setting, n group number, h the
 * same or 0, q flags of a homeostat, a bursts of arming.
 */
interface Shape {
  name: PatchOp;
  head: string;
  /** Repeats to the end of the arguments. */
  group: string;
}

const shapes = new Map<number, Shape>();
function shape(name: PatchOp, head: string, group = ""): void {
  shapes.set(patchOp[name], { name, head, group });
}
shape("stageInput", "", "uf");
shape("forceFire", "u", "uuuf");
shape("setPowerAmount", "f");
shape("setFatigueActive", "b");
shape("areaThreshold", "uf");
shape("areaThresholdLimit", "uf");
shape("areaThresholdGradient", "uffff");
shape("areaRefractory", "uu");
shape("areaLeak", "uf");
shape("areaConsecutiveFireLimit", "uu");
shape("areaSnooze", "uu");
shape("areaExcitability", "uf");
shape("areaAccumulation", "ub");
shape("areaPostsynapticCurrent", "uf");
shape("areaDegeneration", "uf");
shape("areaPspUniform", "ub");
shape("areaMpDrivenPsp", "ub");
shape("resetAreaRuntime", "u");
shape("deleteNeurons", "", "u");
shape("removeSynapse", "uu");
shape("removeSynapsesFromTo", "u", "u");
shape("addSynapses", "", "uuffs");
shape("updateSynapseWeight", "uuf");
shape("rebuildSynapseIndex", "");
shape("neuronMembranePotential", "uf");
shape("neuronLeak", "uf");
shape("neuronRefractory", "uu");
shape("addNeurons", "u", "uuuffffuu");
shape("moveNeurons", "", "uu");
shape("neuronSettings", "", "uffffuu");
shape("neuronStates", "", "ufu");
shape("removeSynapseSlots", "", "u");
shape("reviveNeurons", "", "u");
shape("synapseWeights", "", "uf");
shape("trackFiring", "uwb");
shape("registerMapping", "uuowyyfffgfs");
shape("unregisterMapping", "uu");
shape("freezeMapping", "uub");
shape("resetMappingWeights", "uuf");
shape("mapMemoryNeurons", "", "mu");
shape("removeMemoryNeurons", "", "m");
shape("memoryInject", "", "muf");
shape("registerTwins", "", "uuu");
shape("replayFrames", "m", "u");
shape("setModulators", "", "ukuff");
shape("setSubscriptions", "", "uu");
shape("modulationGroup", "n", "u");
shape("removeModulator", "u");
shape("rebaseModulated", "uv");
shape("releaseModulated", "");
shape("groupSynapses", "", "uuh");
shape("spikeTrainAreas", "", "u");
shape("rateModulatedLeak", "uqfffffuaffuf");
shape("stopRateModulatedLeak", "u");
shape("setClassifierWatches", "", "u");
shape("sparseMemory", "ufffuu");
shape("clearConsolidated", "");
shape("scheduleReplay", "uub", "uuuf");
shape("unregisterTwin", "uu");
shape("untrackFiring", "ub");
shape("addGroupedSynapses", "h", "uuffs");

/** Largest window, and largest offset of a replay frame, in bursts. */
export const MAX_BURSTS = 65_535;

/** What the third word of a replay frame says: number of voxels, whether potentials follow them, words of the frame. */
export function frameShape(word: number): { voxels: number; valued: boolean; words: number } {
  const voxels = word & 0x7fffffff;
  const valued = word >>> 31 === 1;
  return { voxels, valued, words: 3 + voxels * (valued ? 4 : 3) };
}

/** Ranges by letter, and what a word outside them is told. */
const ranges: Record<string, readonly [least: number, most: number, message: string]> = {
  b: [0, 1, "is neither 0 nor 1"],
  w: [1, MAX_BURSTS, `is no window of 1..${MAX_BURSTS} bursts`],
  y: [0, 255, "lies outside 0..255"],
  o: [0, 2, "is no learning mode"],
  g: [0, 3, "has unknown flags"],
  k: [0, modulatorKinds.length - 1, "is no kind of modulator"],
  v: [0, 2, "is no kind that scales a setting"],
  n: [1, 65_535, "is no group of 1..65535"],
  h: [0, 65_535, "is no group of 0..65535"],
  q: [0, 3, "has unknown flags"],
  a: [1, 0xffffffff, "is no number of bursts"],
};

export function checkPatch(patch: Uint32Array, finiteOnly: boolean, neuronCount: number): void {
  let neurons = neuronCount;
  let at = 0;
  for (let op = 0; at < patch.length; op++) {
    const refuse = (message: string): never => {
      const name = shapes.get(patch[at]!)?.name ?? `opcode ${patch[at]}`;
      throw new LabError("E_INVALID", `The engine patch was refused at operation ${op} (${name}): ${message}`, {
        issues: [{ path: `operation ${op} (${name})`, message }],
      });
    };
    const known = shapes.get(patch[at]!) ?? refuse("there is no such operation");
    if (at + 2 > patch.length) refuse("its argument count is missing");
    const count = patch[at + 1]!;
    if (at + 2 + count > patch.length) refuse(`it names ${count} argument words, ${patch.length - at - 2} follow`);
    const { head, group } = known;
    const repeated = count - head.length;
    if (repeated < 0 || (group === "" ? repeated !== 0 : repeated % group.length !== 0)) refuse(`${count} argument words do not fit it`);
    const check = (letter: string, argument: number) => {
      const word = patch[at + 2 + argument]!;
      if (letter === "f" && finiteOnly && (word & 0x7f800000) === 0x7f800000) refuse(`argument ${argument} is not a finite number`);
      const range = ranges[letter];
      if (range && (word < range[0] || word > range[1])) refuse(`argument ${argument} ${range[2]}`);
      if (letter === "m" && !isMemoryId(word)) refuse(`argument ${argument} is no id of a memory neuron`);
      if (letter === "s" && ((word >>> 8) & 0xff) === 0) refuse(`argument ${argument} holds delay 0`);
    };
    for (let i = 0; i < head.length; i++) check(head[i]!, i);
    for (let place = 0; place < group.length; place++) {
      const letter = group[place]!;
      if (letter !== "u") for (let i = head.length + place; i < count; i += group.length) check(letter, i);
    }
    if (known.name === "removeSynapsesFromTo" && patch[at + 2]! > repeated)
      refuse(`it names ${patch[at + 2]} sources, ${repeated} ids follow`);
    if (known.name === "replayFrames") {
      for (let frame = at + 3, end = at + 2 + count; frame < end; ) {
        const { voxels, valued, words } = frameShape(patch[frame + 2] ?? 0);
        if (frame + words > end) refuse("a frame reaches past its end");
        if (patch[frame]! > MAX_BURSTS) refuse("a frame lies too far ahead");
        for (let i = frame + words - (valued ? voxels : 0); i < frame + words; i++) check("f", i - at - 2);
        frame += words;
      }
    }
    if (known.name === "setModulators") {
      const numbers = Array.from({ length: repeated / group.length }, (_, row) => patch[at + 2 + row * group.length]!);
      if (new Set(numbers).size < numbers.length) refuse("it lists a modulator twice");
    }
    if (known.name === "setClassifierWatches") {
      for (let watch = at + 2, end = watch + count; watch < end; ) {
        const words = 4 + 2 * (patch[watch + 3] ?? 0);
        if (watch + words > end) refuse("a watch reaches past its end");
        if (patch[watch + 2]! > MAX_BURSTS) refuse("a watch looks too far back");
        watch += words;
      }
    }
    if (known.name === "addNeurons") {
      neurons += repeated / group.length;
      if (neurons > REGULAR_NEURONS) refuse(`there would be ${neurons} neurons`);
    }
    at += 2 + count;
  }
}
