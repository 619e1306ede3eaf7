/** The file of secrets, with a cipher in place of the one that only Electron on a desktop has. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSecrets } from "#adapters/secrets/secrets.ts";
import { openKeyStore, type SafeStorage } from "./key-store.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gyrus-keys-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const file = () => path.join(folder, "secrets.json");

function storage(key = randomBytes(32)): SafeStorage {
  const iv = Buffer.alloc(16);
  return {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => "gnome_libsecret",
    encryptString: (text) => {
      const cipher = createCipheriv("aes-256-gcm", key, iv);
      const bytes = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([cipher.getAuthTag(), bytes]);
    },
    decryptString: (bytes) => {
      const decipher = createDecipheriv("aes-256-gcm", key, iv).setAuthTag(bytes.subarray(0, 16));
      return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString("utf8");
    },
  };
}

test("a kept secret is there in the next session and not readable in the file", async () => {
  const key = randomBytes(32);
  const first = createSecrets(openKeyStore(storage(key), file()));
  expect(await first.put("neo4j", "pass word", true)).toEqual({ isKept: true });
  expect(readFileSync(file(), "utf8")).not.toContain("pass word");
  const second = createSecrets(openKeyStore(storage(key), file()));
  expect(await second.find("neo4j")).toEqual({ secret: "pass word", isKept: true });
  await second.forget("neo4j");
  expect(await second.find("neo4j")).toBeNull();
});

test("another key opens nothing, and is no reason to fail", async () => {
  await createSecrets(openKeyStore(storage(), file())).put("neo4j", "pass word", true);
  expect(await createSecrets(openKeyStore(storage(), file())).find("neo4j")).toBeNull();
});

test("a secret that is not to be kept takes the kept one's place and lives for the session", async () => {
  const key = randomBytes(32);
  const secrets = createSecrets(openKeyStore(storage(key), file()));
  await secrets.put("neo4j", "old", true);
  expect(await secrets.put("neo4j", "new", false)).toEqual({ isKept: false });
  expect(await secrets.find("neo4j")).toEqual({ secret: "new", isKept: false });
  expect(await createSecrets(openKeyStore(storage(key), file())).find("neo4j")).toBeNull();
});

test.each([
  ["no encryption", { ...storage(), isEncryptionAvailable: () => false }],
  ["Linux without a key ring", { ...storage(), getSelectedStorageBackend: () => "basic_text" }],
  ["an Electron that has none", undefined],
])("with %s there is no key store, and secrets live in memory", async (_, none) => {
  expect(openKeyStore(none, file())).toBeNull();
  const secrets = createSecrets(null, { neo4j: "from the environment" });
  expect(secrets.hasKeyStore).toBe(false);
  expect(await secrets.find("neo4j")).toEqual({ secret: "from the environment", isKept: false });
  expect(await secrets.put("neo4j", "typed", true)).toEqual({ isKept: false });
});
