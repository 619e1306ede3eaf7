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

/** Characters of the texts whose genomes are remembered: parents are few and have many children. */
const MOST_CHARACTERS = 1_500_000;

// A lab that runs a brain and its window go first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const native = nativeModule();
const simd = askedSimd(process.env);
const createEngine = (): Engine => native?.createEngine({ threads: 1, simd }) ?? createReferenceEngine({ nowNanos: () => 0 });
const parents = new Map<string, Genome>();
let characters = 0;
let plan: Plan | null = null;

process.on("message", (message) => {
  const request = message as BreederRequest;
  if ("experiment" in request) plan = planOf(request.experiment, request.genomes);
  else process.send?.(bear(plan!, request.birth, request.isToBeJudged ? createEngine : null, remembered));
});
process.on("disconnect", () => process.exit(0));

/** Reading gives the same every time, so once is enough. */
function remembered(text: string): Genome {
  const known = parents.get(text);
  if (known) return known;
  const genome = readParent(text);
  parents.set(text, genome);
  characters += text.length;
  // The oldest are forgotten; the best of a generation come back with the next.
  for (const old of parents.keys()) {
    if (characters <= MOST_CHARACTERS) break;
    parents.delete(old);
    characters -= old.length;
  }
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
