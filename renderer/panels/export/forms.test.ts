/** What is chosen in the dialog becomes the very options that command line and API take. */
import { expect, test } from "vitest";
import { ExportOptions } from "#contracts/exports.ts";
import { type Choices, type Form, forms, isActive, requestOf, untouched, wholes } from "./forms.ts";

const recorded = { first: 3, last: 90 };
const requested = (form: Form, choices: Partial<Choices>, selected: string[] = []) =>
  requestOf(form, { ...untouched, ...choices }, selected, recorded);

test("every form is offered somewhere, and asks for what the contract takes", () => {
  expect(new Set<string>(Object.values(wholes).flat())).toEqual(new Set(Object.keys(forms)));
  for (const form of Object.keys(forms) as Form[]) ExportOptions.parse(requested(form, {}));
});

test("a scope is all areas, the selected ones or a region, with a filter of synapses; a whole brain takes none", () => {
  const id = "Y0JCQkJCX18=";
  expect(requested("csv", {})).toMatchObject({ scope: {} });
  expect(requested("csv", { scope: "selected", synapses: "inhibitory", minWeight: 0.5 }, [id])).toMatchObject({
    scope: { areas: [id], synapses: { type: "inhibitory", minWeight: 0.5 } },
  });
  expect(requested("csv", { scope: "region-1" })).toMatchObject({ scope: { regions: ["region-1"] } });
  expect(requested("brain", { scope: "selected", minWeight: 2 }, [id])).toEqual({ format: "brain", verify: true });
});

test("bursts go along where they are asked for, or where a part of what a form holds by itself is", () => {
  expect(requested("csv", {}).bursts).toBeUndefined();
  expect(requested("csv", { withActivity: true, last: 20 }).bursts).toEqual({ first: 3, last: 20 });
  expect(isActive("nwb") && requested("nwb", { stepMs: 2 })).toMatchObject({ format: "nwb", stepMs: 2 });
  expect(requested("nwb", {}).bursts).toBeUndefined();
  expect(requested("nwb", { first: 10 }).bursts).toEqual({ first: 10, last: 90 });
  expect(requested("graphml", { withActivity: true, first: 10 }).bursts).toBeUndefined();
});
