/** Exports land whole or not at all, and never on anything but a file. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeExport } from "./write-export.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gyrus-export-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("parts lie beside each other, and an older export is replaced", async () => {
  const target = path.join(folder, "brain.csv");
  await writeExport(target, [{ name: "", pieces: ["old"] }]);
  const files = await writeExport(target, [
    { name: "", pieces: ["a,", "b"] },
    { name: "areas", pieces: ["c"] },
  ]);
  expect(files.map((file) => [path.basename(file.path), file.bytes])).toEqual([
    ["brain.csv", 3],
    ["brain.areas.csv", 1],
  ]);
  expect(readFileSync(target, "utf8")).toBe("a,b");
});

test.skipIf(process.platform === "win32")("a device or a folder is never replaced (skipped on Windows, which has no mkfifo)", async () => {
  // A socket or pipe is no ordinary file either, and unlike a device a test may lose it.
  const pipe = path.join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  for (const target of [pipe, folder]) {
    await expect(writeExport(target, [{ name: "", pieces: ["x"] }])).rejects.toMatchObject({ code: "E_IO" });
  }
  expect(statSync(pipe).isFIFO()).toBe(true);
  expect(readdirSync(folder)).toEqual(["pipe"]);
});

test("a failure midway leaves nothing", async () => {
  const broken = function* () {
    yield "half";
    throw new Error("broken");
  };
  const parts = [
    { name: "", pieces: ["whole"] },
    { name: "areas", pieces: broken() },
  ];
  await expect(writeExport(path.join(folder, "brain.csv"), parts)).rejects.toMatchObject({ code: "E_IO" });
  expect(readdirSync(folder)).toEqual([]);
});
