/** The evaluator program: one process that judges brains, one at a time, for whoever forked it, and ends with them. */
import { constants, setPriority } from "node:os";
import { loadNative, type NativeModule } from "#adapters/native/load-native.ts";
import { askedSimd } from "#adapters/native/native-engine.ts";
import type { EvaluatorAnswer, EvaluatorRequest } from "#adapters/processes/evaluation-pool.ts";
import { LabError } from "#contracts/errors.ts";
import type { Engine } from "#core/engine/engine.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { evaluate, type Outcome } from "#core/evolution/evaluate.ts";
import { nativePlaces } from "../paths.ts";

// A lab that runs a brain and its window go first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const native = nativeModule();
const simd = askedSimd(process.env);
const createEngine = (): Engine => native?.createEngine({ threads: 1, simd }) ?? createReferenceEngine({ nowNanos: () => 0 });

process.on("message", (message) => {
  const { at, job } = message as EvaluatorRequest;
  process.send?.({ at, outcome: outcomeOf(job) } satisfies EvaluatorAnswer);
});
process.on("disconnect", () => process.exit(0));

function outcomeOf(job: EvaluatorRequest["job"]): Outcome {
  try {
    return evaluate(job, createEngine);
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

function nativeModule(): NativeModule | null {
  try {
    return loadNative(nativePlaces());
  } catch (error) {
    if (error instanceof LabError) return null;
    throw error;
  }
}
