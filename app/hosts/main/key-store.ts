/**
 * Secrets of the lab in the key store of this computer: each encrypted by Electron's safeStorage, whose key only this account's key
 * store has, in one file of the lab's folder. Takes Electron's piece as an argument, so it runs without Electron.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { KeyStore } from "#adapters/secrets/secrets.ts";

/** Electron's safeStorage, structurally. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  /** Linux only. */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(bytes: Buffer): string;
}

/** Null where the computer has none: with `basic_text` whoever reads the file reads the secret. Asked once the app is ready. */
export function openKeyStore(storage: SafeStorage | undefined, file: string): KeyStore | null {
  if (!storage?.isEncryptionAvailable() || storage.getSelectedStorageBackend?.() === "basic_text") return null;
  const read = (): Record<string, string> => {
    try {
      return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, string>) : {};
    } catch {
      return {};
    }
  };
  const write = (kept: Record<string, string>) => {
    writeFileSync(`${file}.partial`, JSON.stringify(kept), { mode: 0o600 });
    renameSync(`${file}.partial`, file);
  };
  return {
    async find(name) {
      const kept = read()[name];
      if (kept === undefined) return null;
      try {
        return storage.decryptString(Buffer.from(kept, "base64"));
      } catch {
        // Another account's, or the key is gone: it is asked for again.
        return null;
      }
    },
    async put(name, secret) {
      try {
        write({ ...read(), [name]: storage.encryptString(secret).toString("base64") });
        return true;
      } catch {
        return false;
      }
    },
    async forget(name) {
      const { [name]: gone, ...others } = read();
      if (gone !== undefined) write(others);
    },
  };
}
