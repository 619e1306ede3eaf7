/** The breeder program: one process that breeds and judges, one child at a time, for whoever forked it, and ends with them. */
import { constants, setPriority } from "node:os";
import { loadNative, type NativeModule } from "#adapters/native/load-native.ts";
import { askedSimd } from "#adapters/native/native-engine.ts";
import type { BreederRequest } from "#adapters/processes/breeder-pool.ts";
import { LabError } from "#contracts/errors.ts";
import type { Engine } from "#core/engine/engine.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { bear, readParent } from "#core/evolution/birth.ts";
import { type Plan, planOf } from "#core/evolution/plan.ts";
import type { Genome } from "#core/genome/genome.ts";
import { nativePlaces } from "../paths.ts";

/** Parents are few and have many children. */
const MOST_PARENTS = 64;

// A lab that runs a brain and its window go first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const native = nativeModule();
const simd = askedSimd(process.env);
const createEngine = (): Engine => native?.createEngine({ threads: 1, simd }) ?? createReferenceEngine({ nowNanos: () => 0 });
const parents = new Map<string, Genome>();
let plan: Plan | null = null;

process.on("message", (message) => {
  const request = message as BreederRequest;
  if ("experiment" in request) plan = planOf(request.experiment, request.genomes);
  else process.send?.(bear(plan!, request.birth, request.isToBeJudged ? createEngine : null, remembered));
});
process.on("disconnect", () => process.exit(0));

/** Reading changes nothing, so it may be done once. */
function remembered(text: string): Genome {
  const genome = parents.get(text) ?? readParent(text);
  // The one that was asked for longest ago is forgotten.
  parents.delete(text);
  parents.set(text, genome);
  if (parents.size > MOST_PARENTS) parents.delete(parents.keys().next().value!);
  return genome;
}

function nativeModule(): NativeModule | null {
  try {
    return loadNative(nativePlaces());
  } catch (error) {
    if (error instanceof LabError) return null;
    throw error;
  }
}
