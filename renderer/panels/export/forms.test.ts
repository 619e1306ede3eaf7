/** What is chosen in the dialog becomes the very options that command line and API take. */
import { expect, test } from "vitest";
import { ExportOptions } from "#contracts/exports.ts";
import { type Card, type Choices, doors, type Form, forms, isDoor, requestOf, untouched, type What, wholes } from "./forms.ts";

const around = { selected: ["Y0JCQkJCX18="], probes: [12, 40], recorded: { first: 3, last: 90 } };
const requested = (what: What, form: Form, choices: Partial<Choices> = {}) => requestOf(what, form, { ...untouched, ...choices }, around);

test("every form and every door is offered somewhere, and a form asks for what the contract takes", () => {
  expect(new Set<string>(Object.values(wholes).flat())).toEqual(new Set([...Object.keys(forms), ...Object.keys(doors)]));
  for (const [what, cards] of Object.entries(wholes) as [What, readonly Card[]][])
    for (const card of cards) if (!isDoor(card)) ExportOptions.parse(requested(what, card));
});

test("a scope is all areas, the selected ones or a region, with a filter of synapses; a whole brain takes none", () => {
  expect(requested("network", "csv")).toMatchObject({ scope: {} });
  expect(requested("network", "csv", { scope: "selected", synapses: "inhibitory", minWeight: 0.5 })).toMatchObject({
    scope: { areas: around.selected, synapses: { type: "inhibitory", minWeight: 0.5 } },
  });
  expect(requested("network", "csv", { scope: "region-1" })).toMatchObject({ scope: { regions: ["region-1"] } });
  expect(requested("whole", "brain", { scope: "selected", minWeight: 2 })).toEqual({ format: "brain", verify: true });
});

test("bursts go along where they are asked for, or where a part of what a form holds by itself is", () => {
  expect(requested("network", "csv").bursts).toBeUndefined();
  expect(requested("network", "csv", { withActivity: true, last: 20 }).bursts).toEqual({ first: 3, last: 20 });
  expect(requested("activity", "csv").bursts).toEqual({ first: 3, last: 90 });
  expect(requested("activity", "nwb", { stepMs: 2 })).toMatchObject({ format: "nwb", stepMs: 2 });
  expect(requested("activity", "nwb").bursts).toBeUndefined();
  expect(requested("activity", "nwb", { first: 10 }).bursts).toEqual({ first: 10, last: 90 });
  expect(requested("network", "graphml", { withActivity: true, first: 10 }).bursts).toBeUndefined();
});

test("probes are the neurons of the trace, without a scope, over a range where one is named", () => {
  expect(requested("probes", "csv", { scope: "selected", synapses: "inhibitory" })).toEqual({
    format: "csv",
    probes: [12, 40],
    verify: true,
  });
  expect(requested("probes", "nwb", { first: 5, stepMs: 1 })).toMatchObject({
    probes: [12, 40],
    bursts: { first: 5, last: 90 },
    stepMs: 1,
  });
});

test("ids, packing and rows a file go only where a form has a use for them", () => {
  const choices = { idBase: 1 as const, compression: "gzip" as const, rowsPerFile: 1000 };
  expect(requested("network", "parquet", choices)).toMatchObject(choices);
  expect(requested("network", "mtx", choices)).toEqual({ format: "mtx", scope: {}, compression: "gzip", verify: true });
  expect(requested("network", "sonata", { ...choices, stepMs: 1 })).toEqual({ format: "sonata", scope: {}, stepMs: 1, verify: true });
  expect(requested("network", "csv", { compression: "snappy" }).compression).toBeUndefined();
});
