/**
 * Stopped and restored anywhere, a recorded network runs on to the same states as if it had never stopped, on this engine and from
 * this engine on the reference one; and a snapshot that was damaged anywhere is refused.
 */
import { expect, test } from "vitest";
import type { EngineImage } from "#contracts/network.ts";
import { snapshotHeaderBytes } from "#contracts/snapshot.ts";
import type { Engine } from "../engine.ts";
import { createReferenceEngine } from "../reference/reference-engine.ts";
import { replayDocument } from "../replay-document.ts";
import { snapshotDifference } from "../snapshot-difference.ts";
import type { MakeEngine } from "./conformance.ts";
import { burstFrame } from "./differential.ts";
import { goldenNames, readGolden } from "./golden-files.ts";
import { resealed } from "./resealed.ts";
import { seeded } from "./seeded.ts";

/** A network and the patch before each of its bursts. */
interface Tape {
  image: EngineImage;
  patches: Uint32Array[];
}

/** Above this many neurons a network is stopped at a few bursts only. */
const MANY_NEURONS = 2000;

export function goldenSnapshotRules(make: MakeEngine): void {
  for (const name of goldenNames()) {
    const tapes = tapesOf(readGolden(name));
    if (tapes.length === 0) continue;
    test(`${name}, stopped and restored`, async () => {
      const [engine, other] = [await make(), await make()];
      for (const tape of tapes) runStopped(tape, engine, [other, createReferenceEngine()]);
      engine.dispose();
      other.dispose();
    });
  }

  test("a snapshot cut short or changed anywhere is refused with its reason and changes nothing, or is another state", async () => {
    const random = seeded(31);
    let refused = 0;
    for (const name of ["plasticity_rstdp", "memory_replay", "delays_mixed", "int8_basic", "force_fire"]) {
      const engine = await make();
      const { image, patches } = tapesOf(readGolden(name))[0]!;
      engine.load(image);
      for (const patch of patches.slice(0, patches.length >> 1)) run(engine, patch);
      const [good, before] = [engine.snapshot(), engine.stateHash()];
      for (let n = 0; n < 40; n++) {
        const cut = good.slice(0, random.int(0, good.length - 1));
        expect(() => engine.restore(cut)).toThrow(refusal);
        const flipped = good.slice();
        flipped[random.int(0, good.length - 1)]! ^= 1 << random.int(0, 7);
        expect(() => engine.restore(flipped)).toThrow(refusal);
        expect(engine.stateHash()).toBe(before);
      }
      for (let n = 0; n < 200; n++) {
        const [at, bit] = [random.int(0, good.length - 9), 1 << random.int(0, 7)];
        const poisoned = resealed(good, (view) => view.setUint8(at, view.getUint8(at) ^ bit));
        try {
          engine.restore(poisoned);
        } catch (error) {
          expect(error).toMatchObject({ code: "E_NETWORK", message: expect.stringMatching(/\w/) });
          expect(engine.stateHash()).toBe(before);
          refused++;
          continue;
        }
        expect(snapshotDifference(withOneNaN(poisoned), withOneNaN(engine.snapshot()))).toBeNull();
        run(engine, patches.at(-1)!);
        engine.restore(good);
      }
      engine.dispose();
    }
    expect(refused).toBeGreaterThan(300);
  });
}

const refusal = expect.objectContaining({ code: "E_NETWORK" });

/** The words of a snapshot with every NaN alike: of those that are read, one is written. */
function withOneNaN(snapshot: Uint8Array): Uint8Array {
  const bytes = snapshot.slice(0, -8);
  const [words, reals] = [new Uint32Array(bytes.buffer), new Float32Array(bytes.buffer)];
  for (let at = snapshotHeaderBytes / 4; at < words.length; at++) if (Number.isNaN(reals[at])) words[at] = 0x7fc00000;
  return bytes;
}

/** Runs a tape without a stop, and again from each stop on every one of `others`. */
function runStopped({ image, patches }: Tape, engine: Engine, others: readonly Engine[]): void {
  const stops = stopsOf(patches.length, image.neurons.count);
  const hashes: bigint[] = [];
  const snapshots = new Map<number, Uint8Array>();
  engine.load(image);
  for (let n = 0; n <= patches.length; n++) {
    if (n > 0) run(engine, patches[n - 1]!);
    hashes.push(engine.stateHash());
    if (stops.includes(n)) snapshots.set(n, engine.snapshot());
  }
  for (const [stop, snapshot] of snapshots) {
    for (const other of others) {
      other.restore(snapshot);
      expect(other.stateHash(), `restored at ${stop}`).toBe(hashes[stop]);
      for (let n = stop; n < patches.length; n++) {
        run(other, patches[n]!);
        const isSoonOrLast = n < stop + 3 || n === patches.length - 1;
        if (isSoonOrLast) expect(other.stateHash(), `burst ${n + 1}, restored at ${stop}`).toBe(hashes[n + 1]);
      }
    }
  }
}

/** Bursts after which to stop: the first and last ones and some between. */
function stopsOf(bursts: number, neurons: number): number[] {
  const between = neurons > MANY_NEURONS ? 2 : 8;
  const spread = Array.from({ length: between }, (_, at) => Math.floor(((at + 1) * bursts) / (between + 1)));
  return [...new Set([0, 1, 2, ...spread, bursts - 1])].filter((stop) => stop >= 0 && stop < bursts);
}

function run(engine: Engine, patch: Uint32Array): void {
  engine.apply(patch);
  burstFrame(engine);
}

/** What a replay of the document tells an engine, once per network it loads. */
function tapesOf(document: unknown): Tape[] {
  const tapes: Tape[] = [];
  let patch: number[] = [];
  const listening: Partial<Engine> = {
    load(image) {
      tapes.push({ image, patches: [] });
      patch = [];
    },
    apply: (words) => void patch.push(...words),
    burstIntoSync() {
      tapes.at(-1)!.patches.push(Uint32Array.from(patch));
      patch = [];
      return 0;
    },
  };
  const engine = createReferenceEngine();
  const listener = new Proxy(engine, {
    get(target, name) {
      const verb = Reflect.get(target, name) as unknown;
      if (typeof verb !== "function") return verb;
      const heard = listening[name as keyof Engine] as ((...args: unknown[]) => unknown) | undefined;
      return (...args: unknown[]) => {
        heard?.(...args);
        return verb.apply(target, args);
      };
    },
  });
  replayDocument(listener, document);
  return tapes;
}
