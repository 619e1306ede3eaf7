/** What a person names is read whole, or refused in words. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLabFiles } from "./lab-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gyrus-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const { read } = createLabFiles("");

test("plain and packed files are read up to their limit, also once unpacked", async () => {
  const [plain, packed] = [path.join(folder, "a.json"), path.join(folder, "a.json.gz")];
  const text = "1".repeat(1000);
  writeFileSync(plain, text);
  writeFileSync(packed, gzipSync(text));
  for (const file of [plain, packed]) {
    expect(new TextDecoder().decode(await read(file, 1000))).toBe(text);
    await expect(read(file, 999)).rejects.toMatchObject({ code: "E_IO", details: { maxBytes: 999 } });
  }
});

test.each([
  ["/dev/zero", "E_IO", "no ordinary file"],
  [tmpdir(), "E_IO", "a folder"],
  ["/nowhere/at.all", "E_NOT_FOUND", "no such file"],
])("%s is refused as %s: it is %s", async (file, code, reason) => {
  await expect(read(file, 1000)).rejects.toMatchObject({ code, message: expect.stringContaining(reason) });
});
