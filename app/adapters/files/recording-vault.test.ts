import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { life } from "#core/recording/testing/lives.ts";
import { createRecordingVault } from "./recording-vault.ts";

const folder = () => mkdtemp(path.join(tmpdir(), "gyrus-recording-"));

test("packed bytes come back as they were", async () => {
  const vault = createRecordingVault(null);
  const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) >> 3);
  const packed = await vault.pack(bytes);
  expect(packed.length).toBeLessThan(bytes.length);
  expect(Buffer.compare(await vault.unpack(packed), bytes)).toBe(0);
});

test("what an earlier session left goes before the first file is written", async () => {
  const place = await folder();
  await writeFile(path.join(place, "bursts-1"), "old");
  await createRecordingVault(place).disk!.write("bursts-2", Uint8Array.of(1, 2, 3, 4));
  expect(await readdir(place)).toEqual(["bursts-2"]);
});

test("parts of a file are read, and a file that was cut short is told", async () => {
  const { write, read } = createRecordingVault(await folder()).disk!;
  await write("bursts-1", Uint8Array.of(1, 2, 3, 4));
  expect(Array.from(await read("bursts-1", 1, 2))).toEqual([2, 3]);
  await expect(read("bursts-1", 2, 5)).rejects.toMatchObject({ code: "E_IO" });
});

test("a recording that outgrew its memory is read back from its files and repeats the run", async () => {
  const place = await folder();
  const brain = life(5, { vault: createRecordingVault(place), limits: { ramBytes: 100_000, diskBytes: 1 << 30 } });
  for (let n = 0; n < 40; n++) {
    brain.live(32, 0.01);
    await brain.recorder.settled();
  }
  expect((await readdir(place)).length).toBeGreaterThan(3);
  expect(brain.recorder.first).toBe(1);
  for (const burst of [0, 33, 700]) {
    const engine = await brain.recorder.engineAt(burst);
    expect(engine.stateHash()).toBe(brain.hashes.get(burst));
  }
  expect(await brain.recorder.verify(1, brain.recorder.last)).toBe(1280);
  await brain.recorder.drop();
  expect(await readdir(place)).toEqual([]);
});
