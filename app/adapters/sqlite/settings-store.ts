/** Small values that outlive a session: rollout, recent genomes, how the last session ended. */
import type { SettingsStore } from "#services/ports.ts";
import type { Database } from "./open-database.ts";

export function createSettingsStore(database: Database): SettingsStore {
  const read = database.prepare("select value from setting where key = ?").pluck();
  const write = database.prepare("insert into setting values (@key, @value) on conflict (key) do update set value = excluded.value");
  const stored = (key: string) => read.get(key) as string | undefined;
  /** What could not be written is kept for this session. */
  const unwritten = new Map<string, string>();
  return {
    get(key) {
      const text = unwritten.get(key) ?? stored(key);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    set(key, value) {
      const text = JSON.stringify(value ?? null);
      try {
        write.run({ key, value: text });
        unwritten.delete(key);
      } catch {
        unwritten.set(key, text);
      }
    },
  };
}
