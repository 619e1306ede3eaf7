/** Which engine a verb runs on: `auto` takes the native one where it is there and passes its self-test. */

import { loadNative, type NativeModule } from "#adapters/native/load-native.ts";
import { askedSimd } from "#adapters/native/native-engine.ts";
import { LabError } from "#contracts/errors.ts";
import type { Engine } from "#core/engine/engine.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { createShadowEngine } from "#core/engine/shadow-engine.ts";
import { nativePlaces } from "../paths.ts";

export const engineChoices = ["auto", "native", "reference", "shadow"] as const;
export type EngineChoice = (typeof engineChoices)[number];

const nowNanos = () => Number(process.hrtime.bigint());

export function makeEngine(choice: EngineChoice, threads: number): Engine {
  const reference = () => createReferenceEngine({ nowNanos });
  if (choice === "reference") return reference();
  const native = nativeEngine(threads, choice !== "auto");
  if (choice === "shadow" && native) return createShadowEngine(reference(), native, { states: true });
  return native ?? reference();
}

function nativeEngine(threads: number, required: boolean): Engine | null {
  const simd = askedSimd(process.env);
  let native: NativeModule;
  try {
    native = loadNative(nativePlaces());
  } catch (error) {
    if (!required && error instanceof LabError) return null;
    throw error;
  }
  return native.createEngine({ threads, simd });
}
