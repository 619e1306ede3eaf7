/** The native engine against the definition: the conformance suite, and bit equality with the reference on generated networks. */
import { fileURLToPath } from "node:url";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { engineConformance } from "#core/engine/testing/conformance.ts";
import { differential } from "#core/engine/testing/differential.ts";
import { describe, expect, test } from "vitest";
import { loadNative, type NativeModule } from "./load-native.ts";

const buildDirectory = fileURLToPath(new URL("../../../native", import.meta.url));

function nativeModule(): NativeModule | undefined {
  try {
    return loadNative({ env: {}, buildDirectory });
  } catch {
    return undefined;
  }
}

const native = nativeModule();

describe.skipIf(native === undefined)(native ? "native engine" : "native engine (skipped: no addon is built, see scripts/build-native.mjs)", () => {
  const create = (threads: number) => (native as NativeModule).createEngine({ threads });

  test.each([1, 2])("writes the bits of the reference engine on generated networks, threads %i", (threads) => {
    let firings = 0;
    for (let seed = threads; seed <= 400; seed += 4) {
      const [reference, engine] = [createReferenceEngine(), create(threads)];
      firings += differential(reference, engine, seed).firings;
      engine.dispose();
    }
    expect(firings).toBeGreaterThan(1000);
  });
});
