/**
 * The recording's vault: deflate on the threads Node keeps for it, and files of a folder that holds this session's recording only.
 *
 * A recording is of the process that made it. What an earlier one left in the folder is removed before the first file is written.
 */
import { mkdir, open, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { constants, deflateRaw, inflateRaw } from "node:zlib";
import { LabError } from "#contracts/errors.ts";
import type { RecordingVault } from "#core/recording/vault.ts";

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Without a folder there is memory alone. */
export function createRecordingVault(folder: string | null): RecordingVault {
  return {
    pack: (bytes) => deflate(bytes, { level: constants.Z_BEST_SPEED }),
    async unpack(packed) {
      const bytes = await inflate(packed);
      // The bytes are read as words, which want their start aligned.
      return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
    },
    disk: folder === null ? null : diskAt(folder),
  };
}

function diskAt(folder: string): NonNullable<RecordingVault["disk"]> {
  let emptied: Promise<void> | null = null;
  const empty = async () => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
  };
  return {
    async write(name, bytes) {
      emptied ??= empty();
      await emptied;
      await writeFile(path.join(folder, name), bytes);
    },
    async read(name, from, length) {
      const bytes = new Uint8Array(length);
      const file = await open(path.join(folder, name));
      try {
        const { bytesRead } = await file.read(bytes, 0, length, from);
        if (bytesRead < length) throw new LabError("E_IO", "A file of the recording is shorter than it was written", { name });
      } finally {
        await file.close();
      }
      return bytes;
    },
    remove: (name) => rm(path.join(folder, name), { force: true }),
    async clear() {
      emptied = empty();
      await emptied;
    },
  };
}
