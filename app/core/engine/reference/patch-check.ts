/**
 * Checks a whole engine patch before anything of it is applied, so that a patch applies entirely or not at all.
 */
import { LabError } from "#contracts/errors.ts";
import { type PatchOp, patchOp } from "#contracts/patch.ts";
import { REGULAR_NEURONS } from "./network-state.ts";

/** Arguments of an operation, one letter each: u word, f f32, b 0 or 1, s packed synapse (kind, delay, flags). */
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
      if (letter === "b" && word > 1) refuse(`argument ${argument} is neither 0 nor 1`);
      if (letter === "s" && ((word >>> 8) & 0xff) === 0) refuse(`argument ${argument} holds delay 0`);
    };
    for (let i = 0; i < head.length; i++) check(head[i]!, i);
    for (let place = 0; place < group.length; place++) {
      const letter = group[place]!;
      if (letter !== "u") for (let i = head.length + place; i < count; i += group.length) check(letter, i);
    }
    if (known.name === "removeSynapsesFromTo" && patch[at + 2]! > repeated)
      refuse(`it names ${patch[at + 2]} sources, ${repeated} ids follow`);
    if (known.name === "addNeurons") {
      neurons += repeated / group.length;
      if (neurons > REGULAR_NEURONS) refuse(`there would be ${neurons} neurons`);
    }
    at += 2 + count;
  }
}
