/** Small values that outlive a session: rollout, recent genomes, how the last session ended. */
import type { SettingsStore } from "#services/ports.ts";
import type { Database } from "./open-database.ts";

export function createSettingsStore(database: Database): SettingsStore {
  const read = database.prepare("select value from setting where key = ?").pluck();
  const write = database.prepare("insert into setting values (@key, @value) on conflict (key) do update set value = excluded.value");
  return {
    get(key) {
      const text = read.get(key) as string | undefined;
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    set: (key, value) => void write.run({ key, value: JSON.stringify(value ?? null) }),
  };
}
