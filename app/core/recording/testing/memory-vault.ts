/** A vault in memory, for tests: packs as the real one does, and lets them see and spoil what is on its disk. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { RecordingVault } from "../vault.ts";

export function memoryVault({ hasDisk = true } = {}): RecordingVault & { files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  return {
    files,
    pack: async (bytes) => deflateRawSync(bytes, { level: 1 }),
    unpack: async (packed) => new Uint8Array(inflateRawSync(packed)),
    disk: hasDisk
      ? {
          write: async (name, bytes) => void files.set(name, bytes.slice()),
          read: async (name, from, length) => files.get(name)!.slice(from, from + length),
          remove: async (name) => void files.delete(name),
          clear: async () => files.clear(),
        }
      : null,
  };
}
