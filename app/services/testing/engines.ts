/** Candidate engines for tests: the native one where it is built, else a second reference engine under its name, and faults for either. */
import { fileURLToPath } from "node:url";
import { loadNative } from "#adapters/native/load-native.ts";
import { LabError } from "#contracts/errors.ts";
import type { Engine } from "#core/engine/engine.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import type { NativeSupply } from "../ports.ts";

const nowNanos = () => Number(process.hrtime.bigint());
export const reference = () => createReferenceEngine({ nowNanos });

const make = nativeMaker();
/** Which engine stands as the candidate in this run, for test names. */
export const candidateName = make ? "native engine" : "second reference engine (no native build)";

export function candidate(): Engine {
  return make?.() ?? wearing(reference(), {});
}

export function supplyOf(create: () => Engine): NativeSupply {
  return { available: true, version: "test", simd: "none", path: "", error: "", create };
}

export interface Faults {
  /** These bursts throw, once each. */
  failing?: Set<number>;
  /** Added to every burst, also to its engine time. */
  delayMs?: number;
  /** This burst never ends. */
  stuckAt?: number;
  /** One neuron's spike is left out of the frame of this burst. */
  wrongAt?: number;
}

/** `engine` under the name native, with faults. */
export function wearing(engine: Engine, { failing = new Set(), delayMs = 0, wrongAt, stuckAt }: Faults): Engine {
  const before = () => {
    const next = engine.burst + 1;
    if (failing.delete(next)) throw new LabError("E_ENGINE", `made to fail at burst ${next}`, { engine: "native" });
  };
  const after = (frame: Uint32Array) => {
    frame[11] = frame[11]! + delayMs * 1e6;
    if (frame[3] === wrongAt) frame[5]!++;
  };
  const changed: Partial<Engine> = {
    kind: "native",
    async burstInto(frame) {
      before();
      if (engine.burst + 1 === stuckAt) await new Promise(() => {});
      const words = await engine.burstInto(frame);
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      after(frame);
      return words;
    },
    burstIntoSync(frame) {
      before();
      const words = engine.burstIntoSync(frame);
      after(frame);
      return words;
    },
  };
  return new Proxy(engine, {
    get(target, property) {
      if (property in changed) return changed[property as keyof Engine];
      const value = Reflect.get(target, property, target) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function nativeMaker(): (() => Engine) | null {
  try {
    const native = loadNative({ env: {}, buildDirectory: fileURLToPath(new URL("../../../native", import.meta.url)) });
    return () => native.createEngine({ threads: 2 });
  } catch {
    return null;
  }
}
