import { expect, test } from "vitest";
import type { Problem } from "#contracts/commands/connectome/edits.ts";
import { likelyCause } from "./likely-cause.ts";

const problem = (code: string, severity: Problem["severity"]): Problem => ({ code, severity, message: `${code}!`, path: "" });

test("an error comes before missing input, missing input before a warning", () => {
  expect(likelyCause([problem("MAPPING_EMPTY", "warning"), problem("NO_SYNAPSES", "error")], 0)).toContain("NO_SYNAPSES!");
  expect(likelyCause([problem("MAPPING_EMPTY", "warning")], 0)).toContain("Nothing stimulates");
  expect(likelyCause([problem("MAPPING_EMPTY", "warning")], 1)).toContain("MAPPING_EMPTY!");
});

test("what is said of every silent brain is no cause", () => {
  expect(likelyCause([problem("SILENT", "info"), problem("OVERLOAD", "warning")], 1)).toContain("too weak");
});

test("of a brain that gets input and stays silent, what was measured on it is the likely cause", () => {
  const known = [problem("LEAK_RANGE", "warning"), problem("AREAS_UNDRIVEN", "info")];
  expect(likelyCause(known, 1)).toContain("AREAS_UNDRIVEN!");
  expect(likelyCause([...known, problem("AREA_DEAD", "warning")], 1)).toContain("AREA_DEAD!");
  expect(likelyCause(known, 0)).toContain("Nothing stimulates");
});
