/**
 * Checkpoints on SQLite: lists of chunks named by the sha256 of their bytes.
 *
 * A chunk is written when its bytes are new; a checkpoint becomes visible by one transaction at the end, so a crash at any point
 * leaves the one before it. The last three are kept, with the chunks any of them names.
 */
import { createHash } from "node:crypto";
import { type CheckpointChunk, type CheckpointPart, type CheckpointStore, checkpointParts } from "#services/ports.ts";
import type { Database } from "./open-database.ts";

const KEPT = 3;

export function createCheckpointStore(database: Database): CheckpointStore {
  const known = database.prepare("select 1 from chunk where hash = ?").pluck();
  const insertChunk = database.prepare("insert into chunk values (?, ?)");
  const insertManifest = database.prepare("insert into checkpoint (burst, time) values (?, ?)");
  const insertEntry = database.prepare("insert into checkpoint_chunk values (?, ?, ?, ?)");

  const read = (checkpoint: number): Record<CheckpointPart, Uint8Array> | null => {
    const rows = database
      .prepare("select part, hash, bytes from checkpoint_chunk left join chunk using (hash) where checkpoint = ? order by ordinal")
      .all(checkpoint) as { part: CheckpointPart; hash: Uint8Array; bytes: Uint8Array | null }[];
    if (rows.some(({ hash, bytes }) => bytes === null || Buffer.compare(sha256(bytes), hash) !== 0)) return null;
    const whole = (part: CheckpointPart) => {
      const pieces = rows.filter((row) => row.part === part).map(({ bytes }) => bytes!);
      // A buffer of its own: the parts are read as typed arrays, which want its start aligned.
      const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
      let at = 0;
      for (const piece of pieces) {
        joined.set(piece, at);
        at += piece.length;
      }
      return joined;
    };
    return Object.fromEntries(checkpointParts.map((part) => [part, whole(part)])) as Record<CheckpointPart, Uint8Array>;
  };

  return {
    begin() {
      const entries: { part: CheckpointPart; hash: Uint8Array }[] = [];
      return {
        put({ part, bytes }: CheckpointChunk) {
          const hash = sha256(bytes);
          entries.push({ part, hash });
          if (known.get(hash) !== undefined) return 0;
          insertChunk.run(hash, bytes);
          return bytes.length;
        },
        commit(burst: number) {
          database.transaction(() => {
            const id = insertManifest.run(burst, new Date().toISOString()).lastInsertRowid;
            entries.forEach(({ part, hash }, ordinal) => void insertEntry.run(id, ordinal, part, hash));
            database.prepare("delete from checkpoint where id not in (select id from checkpoint order by id desc limit ?)").run(KEPT);
            database.exec("delete from chunk where hash not in (select hash from checkpoint_chunk)");
          })();
        },
      };
    },
    newest() {
      const rows = database.prepare("select id, burst from checkpoint order by id desc").all() as { id: number; burst: number }[];
      for (const { id, burst } of rows) {
        const parts = read(id);
        if (parts) return { burst, parts };
      }
      return null;
    },
    close() {},
  };
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}
