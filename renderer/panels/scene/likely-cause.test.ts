import { expect, test } from "vitest";
import type { Problem } from "#contracts/commands/connectome/edits.ts";
import { likelyCause } from "./likely-cause.ts";

const problem = (code: string, severity: Problem["severity"]): Problem => ({ code, severity, message: `${code}!`, path: "" });

test("an error comes before missing input, missing input before a warning", () => {
  expect(likelyCause([problem("DEAD_AREA", "warning"), problem("NO_SYNAPSES", "error")], 0)).toContain("NO_SYNAPSES!");
  expect(likelyCause([problem("DEAD_AREA", "warning")], 0)).toContain("Nothing stimulates");
  expect(likelyCause([problem("DEAD_AREA", "warning")], 1)).toContain("DEAD_AREA!");
});

test("what is said of every silent brain is no cause", () => {
  expect(likelyCause([problem("SILENT", "info"), problem("OVERLOAD", "warning")], 1)).toContain("too weak");
});
