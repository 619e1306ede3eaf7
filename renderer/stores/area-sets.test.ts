import { expect, test } from "vitest";
import { createAreaSets } from "./area-sets.ts";
import { createBrainStore } from "./brain-store.ts";
import { createSelectionStore } from "./selection-store.ts";

const [a, b, c] = ["aWFiYzAwMDA=", "aWFiYzAwMDE=", "aWFiYzAwMDI="] as const;

function windowOn(place: Pick<Storage, "getItem" | "setItem">) {
  const brain = createBrainStore();
  const sets = createAreaSets(brain, place);
  const bench = (genomePath: string | null, brainId: string) =>
    brain.setState({ status: { genomePath, brainId, kept: null } as never, areaById: new Map([a, b, c].map((id) => [id, {}])) as never });
  const names = () => sets.store.getState().sets.map(({ name }) => name);
  return { brain, sets, bench, names };
}

function storage(): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

test("a set comes back with its genome, and each genome has its own", () => {
  const place = storage();
  const first = windowOn(place);
  first.bench("/eyes.json", "1");
  first.sets.save("motor", [a, b]);
  first.bench("/ears.json", "2");
  expect(first.names()).toEqual([]);
  const later = windowOn(place);
  later.bench("/eyes.json", "3");
  expect(later.sets.store.getState().sets).toEqual([{ name: "motor", areas: [a, b] }]);
});

test("a brain that is saved to a file takes its sets along", () => {
  const place = storage();
  const { sets, bench, names } = windowOn(place);
  bench(null, "1");
  sets.save("motor", [a]);
  bench("/mine.json", "1");
  expect(names()).toEqual(["motor"]);
  const later = windowOn(place);
  later.bench("/mine.json", "2");
  expect(later.names()).toEqual(["motor"]);
});

test("choosing selects what still exists and counts the rest; a set of which nothing is left leaves the selection", () => {
  const { brain, sets, bench } = windowOn(storage());
  const selection = createSelectionStore();
  bench("/eyes.json", "1");
  sets.save("motor", [a, b]);
  sets.save("gone", [b]);
  brain.setState({ areaById: new Map([[a, {}]]) as never });
  expect(sets.choose("motor", selection)).toBe(1);
  expect(selection.getState().areas).toEqual([a]);
  expect(sets.choose("gone", selection)).toBe(1);
  expect(selection.getState().areas).toEqual([a]);
});

test("a name stands for one set, whether it is saved again or given to another", () => {
  const { sets, bench, names } = windowOn(storage());
  bench("/eyes.json", "1");
  for (const name of ["motor", "touch", "motor"]) sets.save(name, [a]);
  expect(names()).toEqual(["motor", "touch"]);
  sets.rename("touch", "motor");
  expect(names()).toEqual(["motor"]);
  sets.remove("motor");
  expect(names()).toEqual([]);
});

test("another window knows a set at once", () => {
  const place = storage();
  const [one, other] = [windowOn(place), windowOn(place)];
  for (const { bench } of [one, other]) bench("/eyes.json", "1");
  one.sets.save("motor", [a]);
  other.sets.kept.reread();
  expect(other.names()).toEqual(["motor"]);
});
