/** The operations of recorded networks as engine patches: one row per name, with the form of its arguments. */
import { type PatchOp, type PatchWriter, patchOp } from "#contracts/patch.ts";
import type { GoldenMappings } from "./golden-learning.ts";
import type { JsonPlace } from "./json-place.ts";

/** Argument forms: u id, index or number of bursts (the engine cuts these to u16), f f32, b flag. */
const plain: Record<string, readonly [op: PatchOp, form: string]> = {
  set_power_amount: ["setPowerAmount", "f"],
  set_fatigue_active: ["setFatigueActive", "b"],
  area_threshold: ["areaThreshold", "uf"],
  area_threshold_limit: ["areaThresholdLimit", "uf"],
  area_threshold_gradient: ["areaThresholdGradient", "uffff"],
  area_refractory: ["areaRefractory", "uu"],
  area_leak: ["areaLeak", "uf"],
  area_consecutive_fire_limit: ["areaConsecutiveFireLimit", "uu"],
  area_snooze: ["areaSnooze", "uu"],
  area_excitability: ["areaExcitability", "uf"],
  area_mp_charge_accumulation: ["areaAccumulation", "ub"],
  area_postsynaptic_current: ["areaPostsynapticCurrent", "uf"],
  area_degeneration: ["areaDegeneration", "uf"],
  area_psp_uniform: ["areaPspUniform", "ub"],
  area_mp_driven_psp: ["areaMpDrivenPsp", "ub"],
  reset_area_runtime: ["resetAreaRuntime", "u"],
  delete_neuron: ["deleteNeurons", "u"],
  remove_synapse: ["removeSynapse", "uu"],
  update_synapse_weight: ["updateSynapseWeight", "uuf"],
  rebuild_synapse_index: ["rebuildSynapseIndex", ""],
  neuron_membrane_potential: ["neuronMembranePotential", "uf"],
  neuron_leak: ["neuronLeak", "uf"],
  neuron_refractory: ["neuronRefractory", "uu"],
  freeze_mapping: ["freezeMapping", "uub"],
  reset_mapping_weights: ["resetMappingWeights", "uuf"],
  unregister_plasticity: ["unregisterMapping", "uu"],
};

/** Appends one `[name, arguments…]` to the patch. */
export function writeGoldenOperation(patch: PatchWriter, place: JsonPlace, mappings: GoldenMappings): void {
  const [nameAt, ...given] = place.list();
  if (!nameAt) place.refuse("names no operation");
  const name = nameAt.string();
  const takes = (count: number) => {
    if (given.length !== count) place.refuse(`has ${given.length} arguments where ${count} belong`);
    return given;
  };
  if (Object.hasOwn(plain, name)) {
    const [op, form] = plain[name]!;
    patch.begin(op, form.length);
    takes(form.length).forEach((at, i) => {
      writeArgument(patch, at, form[i]!);
    });
  } else if (name === "words") {
    for (const word of takes(1)[0]!.list()) patch.u32(word.u32());
  } else if (name === "delete_neurons") {
    const ids = takes(1)[0]!.list();
    patch.op(
      "deleteNeurons",
      ids.map((id) => id.u32()),
    );
  } else if (name === "remove_synapses_from_to") {
    const [sources, targets] = takes(2).map((at) => at.list().map((id) => id.u32()));
    patch.op("removeSynapsesFromTo", [sources!.length, ...sources!, ...targets!]);
  } else if (name === "add_synapse") {
    const [source, target, weight, psp, kind, delay] = takes(6);
    patch.begin("addSynapses", 5).u32(source!.u32()).u32(target!.u32()).f32(weight!.f32()).f32(psp!.f32());
    patch.u32(kind!.int(0, 255) | (delay!.int(1, 255) << 8));
  } else if (name === "register_plasticity") {
    const [index] = takes(1);
    mappings.write(patch, mappings.later[index!.u32()] ?? index!.refuse("names no mapping of `stdp_later`"));
  } else if (name === "force_fire") {
    const [area, entries] = takes(2);
    const voxels = entries!.list();
    patch.begin("forceFire", 1 + voxels.length * 4).u32(area!.u32());
    for (const voxel of voxels) {
      const [x, y, z, potential] = voxel.tuple(4);
      patch.u32(x!.u32()).u32(y!.u32()).u32(z!.u32()).f32(potential!.f32());
    }
  } else {
    nameAt.refuse(`names no operation: ${name}`);
  }
}

function writeArgument(patch: PatchWriter, at: JsonPlace, form: string): void {
  if (form === "f") patch.f32(at.f32());
  else if (form === "b") patch.u32(at.bool() ? 1 : 0);
  else patch.u32(at.u32());
}

/** The operations of a patch, one after the other: its opcode, its arguments as words and as f32. */
export function* operationsOf(patch: Uint32Array): Generator<{ code: number; words: Uint32Array; reals: Float32Array }> {
  const reals = new Float32Array(patch.buffer, patch.byteOffset, patch.length);
  for (let at = 0; at < patch.length; ) {
    const end = at + 2 + patch[at + 1]!;
    yield { code: patch[at]!, words: patch.subarray(at + 2, end), reals: reals.subarray(at + 2, end) };
    at = end;
  }
}

const namesOfOps = new Map<number, { name: string; form: string }>();
for (const [name, [op, form]] of Object.entries(plain)) namesOfOps.set(patchOp[op], { name, form });

/** One operation as `[name, arguments…]`; as its words where no name says it. */
export function goldenOperation(code: number, words: Uint32Array, reals: Float32Array): unknown[] {
  const known = namesOfOps.get(code);
  const isPlain = known?.form.length === words.length && [...known.form].every((form, i) => form !== "f" || isPlainReal(reals[i]!));
  if (!known || !isPlain) return ["words", [code, words.length, ...words]];
  return [known.name, ...[...known.form].map((form, i) => (form === "f" ? reals[i] : form === "b" ? words[i] === 1 : words[i]))];
}

/** A number that JSON says as it is. */
export function isPlainReal(real: number): boolean {
  return Number.isFinite(real) && !Object.is(real, -0);
}
