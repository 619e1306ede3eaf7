/** Where the native engine is looked for, what is said when there is none, and the faults that tests can ask for. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LabError } from "#contracts/errors.ts";
import { frameWord } from "#contracts/frame.ts";
import { generateNetwork } from "#core/engine/testing/generated.ts";
import { seeded } from "#core/engine/testing/seeded.ts";
import { forcedReference, loadNative, type NativePlaces } from "./load-native.ts";

const file = `engine.${process.platform}-${process.arch}.node`;
const buildDirectory = fileURLToPath(new URL("../../../native", import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gyrus-native-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function refusal(places: NativePlaces): LabError {
  try {
    loadNative(places);
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error("a module was loaded");
}

test("without a module every place looked at is named, in order", () => {
  const places = ["one", "two", "packaged", "built"].map((name) => join(folder, name));
  const [one, two, resourceDirectory, build] = places;
  const error = refusal({ env: { GYRUS_NATIVE_PATH: [one, two].join(delimiter) }, resourceDirectory, buildDirectory: build });
  expect(error.code).toBe("E_NATIVE_NOT_FOUND");
  expect(error.details.tried).toEqual(places.map((place) => join(place, file)));
});

test("a forced reference engine looks nowhere", () => {
  const error = refusal({ env: { GYRUS_FORCE_REFERENCE: "1" }, buildDirectory });
  expect(error).toMatchObject({ code: "E_NATIVE_NOT_FOUND", details: { tried: [] } });
});

test("a file that is no module is refused, and no later place is taken instead", () => {
  writeFileSync(join(folder, file), "not a library");
  const error = refusal({ env: { GYRUS_NATIVE_PATH: folder }, buildDirectory });
  expect(error).toMatchObject({ code: "E_NATIVE_NOT_FOUND", details: { tried: [join(folder, file)] } });
  expect(error.message).toContain("does not load");
});

const isBuilt = (() => {
  try {
    loadNative({ env: {}, buildDirectory });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!isBuilt)(isBuilt ? "a built module" : "a built module (skipped: no addon is built)", () => {
  test("is taken from the first directory of GYRUS_NATIVE_PATH that holds it", () => {
    const second = join(folder, "second");
    mkdirSync(second);
    copyFileSync(join(buildDirectory, file), join(second, file));
    const env = { GYRUS_NATIVE_PATH: [join(folder, "first"), second].join(delimiter) };
    expect(loadNative({ env, buildDirectory }).path).toBe(join(second, file));
  });

  test("a delay asked for counts as engine time", async () => {
    const engine = loadNative({ env: { GYRUS_TEST_NATIVE_DELAY_MS: "15" }, buildDirectory }).createEngine({ threads: 1 });
    engine.load(generateNetwork(seeded(3)));
    const frame = new Uint32Array(engine.frameWords);
    engine.burstIntoSync(frame);
    expect(frame[frameWord.engineNanos]).toBeGreaterThanOrEqual(15e6);
    await engine.burstInto(frame);
    expect(frame[frameWord.engineNanos]).toBeGreaterThanOrEqual(15e6);
    engine.dispose();
  });

  test("a failure asked for comes once, at its burst, and leaves the state as it was", async () => {
    const native = loadNative({ env: { GYRUS_TEST_NATIVE_FAIL_AT: "2" }, buildDirectory });
    const engine = native.createEngine({ threads: 1 });
    engine.load(generateNetwork(seeded(3)));
    const frame = new Uint32Array(engine.frameWords);
    await engine.burstInto(frame);
    const before = engine.stateHash();
    await expect(engine.burstInto(frame)).rejects.toMatchObject({ code: "E_ENGINE" });
    expect(engine.stateHash()).toBe(before);
    await engine.burstInto(frame);
    expect(engine.burst).toBe(2);
    engine.dispose();
  });
});

test.each(["GYRUS_FORCE_REFERENCE", "SYNAPSE_FORCE_PYTHON"])("%s=1 forces the reference engine, any other value does not", (name) => {
  expect(forcedReference({ [name]: "1" })).toBe(name);
  expect(forcedReference({ [name]: "0" })).toBeNull();
});
