/** Checkpoints and settings in memory, beside the event store in memory: a lab that runs where nothing can be written. */
import type { CheckpointPart, CheckpointStore, SettingsStore } from "#services/ports.ts";
import { checkpointParts } from "#services/ports.ts";

export function createMemoryCheckpointStore(): CheckpointStore {
  let newest: ReturnType<CheckpointStore["newest"]> = null;
  return {
    begin() {
      const pieces: { part: CheckpointPart; bytes: Uint8Array }[] = [];
      return {
        put({ part, bytes }) {
          pieces.push({ part, bytes: bytes.slice() });
          return bytes.length;
        },
        commit(burst) {
          const whole = (part: CheckpointPart) =>
            new Uint8Array(Buffer.concat(pieces.filter((piece) => piece.part === part).map(({ bytes }) => bytes)));
          newest = {
            burst,
            parts: Object.fromEntries(checkpointParts.map((part) => [part, whole(part)])) as Record<CheckpointPart, Uint8Array>,
          };
        },
      };
    },
    newest: () => newest,
    close() {},
  };
}

export function createMemorySettingsStore(): SettingsStore {
  const values = new Map<string, string>();
  return {
    get(key) {
      const text = values.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    set: (key, value) => void values.set(key, JSON.stringify(value ?? null)),
  };
}
