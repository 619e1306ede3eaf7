/** The palette and the help: every command is in both, objects are found by name and place, and it is quick on a large brain. */
import { expect, test } from "vitest";
import type { BrainRegion, CorticalArea, CorticalMapping } from "#contracts/connectome.ts";
import { createWindowCommands } from "./commands/window-commands.ts";
import { helpPages, searchHelp } from "./help.ts";
import { createSearch, type Found } from "./palette-search.ts";

// Whether a command can be done is asked of the window's parts; here each can.
const commands = createWindowCommands({} as never).map((command) => ({ ...command, when: () => true }));
const help = helpPages(commands);

const area = (id: string, name: string, firstNeuron: number, more: Partial<CorticalArea> = {}) =>
  ({ id, idText: id, name, kind: "custom", dimensions: [4, 4, 4], firstNeuron, neurons: 64, neuronsPerVoxel: 1, ...more }) as CorticalArea;
const areas = [area("a", "V1", 0), area("b", "Sehrinde Süd", 64), area("c", "V1 deep", 128)];
const mappings = [{ src: "a", dst: "b", rules: [{ morphology: "projector" }], synapses: 12 }] as unknown as CorticalMapping[];
const regions = [{ id: "r", name: "Cortex", areas: ["a"] }] as unknown as BrainRegion[];
const sets = [{ name: "Movers", areas: ["a", "b"] }];
const search = createSearch({ commands, areas, regions, sets, mappings, layouts: ["two screens"], help });
const kinds = (found: readonly Found[]) => new Set(found.map(({ kind }) => kind));

test("every command is found by its title and by its id", () => {
  for (const { id, title } of commands) {
    const ids = (query: string) => search(query).flatMap((item) => (item.kind === "command" ? [item.command.id] : []));
    expect(ids(title), title).toContain(id);
    expect(ids(id), id).toContain(id);
  }
});

test("every command is on a page of the help, under the keys it has", () => {
  const listed = new Set(help.flatMap((page) => page.commands.map(({ id }) => id)));
  expect(commands.filter(({ id }) => !listed.has(id))).toEqual([]);
  expect(help.filter(({ text }) => text.trim() === "")).toEqual([]);
});

test("help is searched in its text and in the titles of its commands", () => {
  expect(searchHelp(help, "counterfactual nonsense")).toEqual([]);
  expect(searchHelp(help, "tracepoint").map(({ id }) => id)).toEqual(["breakpoints"]);
  expect(searchHelp(help, "full screen").flatMap((page) => page.commands.map(({ id }) => id))).toContain("view.fullScreen");
});

test("a command that cannot be done now is found when it is asked for, last", () => {
  const some = createSearch({
    commands: commands.map((command) => ({ ...command, when: () => command.id !== "brain.run" })),
    areas: [],
    regions: [],
    sets: [],
    mappings: [],
    layouts: [],
    help: [],
  });
  expect(some("").some((item) => item.kind === "command" && item.command.id === "brain.run")).toBe(false);
  expect(some("brain.run").find((item) => item.kind === "command" && item.command.id === "brain.run")).toMatchObject({ possible: false });
});

test.each([
  ["#70", 70, [0, 1, 2]],
  ["70", 70, [0, 1, 2]],
  ["V1 1,2,3", 27, [1, 2, 3]],
  ["v1 (1, 2, 3)", 27, [1, 2, 3]],
  ["sehrinde sud 0 0 1", 65, [0, 0, 1]],
])("%j is a neuron", (query, neuron, voxel) => {
  expect(search(query)[0]).toMatchObject({ kind: "neuron", neuron, voxel });
});

test.each(["#100000", "V1 9,9,9", "nowhere 1,2,3"])("%j is no neuron", (query) => expect(kinds(search(query)).has("neuron")).toBe(false));

test("areas, regions, sets, mappings, layouts, settings and help are found by name, accents or not", () => {
  expect(kinds(search("sud"))).toContain("area");
  expect(kinds(search("cortex"))).toContain("region");
  expect(kinds(search("movers"))).toContain("set");
  expect(search("v1 projector").find(({ kind }) => kind === "mapping")).toMatchObject({ from: "V1", to: "Sehrinde Süd" });
  expect(kinds(search("two screens"))).toContain("layout");
  expect(kinds(search("contrast"))).toContain("setting");
  expect(kinds(search("raster"))).toContain("help");
  expect(kinds(search(">raster"))).toEqual(new Set(["command"]));
});

test("the better match comes first", () => {
  const names = search("v1").flatMap((item) => (item.kind === "area" ? [item.area.name] : []));
  expect(names).toEqual(["V1", "V1 deep"]);
});

test("a key costs less than 50 ms in a brain of 1,000 areas and 5,000 mappings", () => {
  const many = Array.from({ length: 1000 }, (_, i) => area(`area${i}`, `Area ${i}`, i * 64));
  const lines = Array.from({ length: 5_000 }, (_, i) => ({
    src: `area${i % 1000}`,
    dst: `area${(i * 7) % 1000}`,
    rules: [],
    synapses: i,
  }));
  const large = createSearch({ commands, areas: many, regions, sets, mappings: lines as unknown as CorticalMapping[], layouts: [], help });
  large("warm up");
  const times = ["a", "ar", "area 7", "area 77 →", "area 5"].map((query) => {
    const from = performance.now();
    large(query);
    return performance.now() - from;
  });
  // The least: a machine that does something else meanwhile fails nothing.
  expect(Math.min(...times)).toBeLessThan(50);
});
