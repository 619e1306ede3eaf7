import { expect, test } from "vitest";
import { createReferenceEngine } from "./reference/reference-engine.ts";
import { replayDocument } from "./replay-document.ts";
import { goldenNames, readGolden } from "./testing/golden-files.ts";

interface Recorded {
  bursts: Record<string, unknown>[];
  [field: string]: unknown;
}

const recorded = (name: string) => structuredClone(readGolden(name, "extensions")) as Recorded;
const run = (document: unknown) => replayDocument(createReferenceEngine(), document);

/** Every kind of record, and a file that has it. */
const kinds: [field: string, file: string][] = [
  ["fired", "spike_train"],
  ["candidates", "modulator_edit"],
  ["potential_after", "force_fire"],
  ["countdown_after", "spike_train"],
  ["consecutive_after", "spike_train"],
  ["threshold_after", "modulator_neuro"],
  ["leak_after", "rate_leak_area"],
  ["excitability_after", "modulator_neuro"],
  ["synapses_after", "rstdp_reward"],
  ["homeostat_after", "rate_leak_per_neuron"],
  ["formation_suppressed", "memory_formation_switch"],
  ["op_results", "wirehead_refusal"],
  ["force_fire_accepted", "force_fire"],
];

/** Changes a number or truth value in a record. */
function spoilt(value: unknown): unknown {
  if (typeof value === "number") return value + 0.5;
  if (typeof value === "boolean") return !value;
  if (Array.isArray(value)) return [...value.slice(0, -1), spoilt(value.at(-1))];
  const [name, inner] = Object.entries(value as object)[0]!;
  return { ...(value as object), [name]: spoilt(inner) };
}

test.each(kinds)("a wrong record is found: %s of %s", (field, file) => {
  const document = recorded(file);
  const filled = (value: unknown) => value !== undefined && JSON.stringify(value) !== "[]";
  const burst = document.bursts.find((one) => filled(one[field]))!;
  burst[field] = spoilt(burst[field]);
  expect(run(document)).toMatchObject({ match: false, firstMismatch: { burst: burst.burst, what: expect.stringContaining(field) } });
});

test("standard, which repairs FEAGI's defects, differs from the recordings that show them and from no other", () => {
  const differ = goldenNames("extensions").filter(
    (name) => !replayDocument(createReferenceEngine(), readGolden(name, "extensions"), "standard").match,
  );
  expect(differ).toEqual([
    // A new synapse joins its mapping's group.
    "associative_reward",
    // Traces decay while a ledger fills.
    "connectome_restore",
    // Two modulators of one driver give each its own signal.
    "memory_formation_switch",
    // Without modulators nothing is gated.
    "modulator_delete_last",
    // Factors do not make contributions be divided.
    "modulator_gate_gain_noflags",
    // Baselines take edits, and are given back.
    "modulator_neuro",
    // A moved leak does not act back.
    "rate_leak_area",
  ]);
});

const malformed: [path: string, change: (document: Recorded) => void][] = [
  ["neurons", (document) => Object.assign(document, { neurons: {} })],
  ["neurons[1].threshold", (document) => Object.assign((document.neurons as object[])[1]!, { threshold: "high" })],
  ["bursts[5].ops[0][0]", ({ bursts }) => Object.assign(bursts[5]!, { ops: [["rename", "a", "b"]] })],
  ["bursts[5].ops[0][0]", ({ bursts }) => Object.assign(bursts[5]!, { ops: [["set_bindings"]] })],
  ["bursts[5].ops[0][0]", ({ bursts }) => Object.assign(bursts[5]!, { ops: [["restore"]] })],
  ["bursts[2].burst", ({ bursts }) => Object.assign(bursts[2]!, { burst: 7 })],
  ["modulators.bindings[0].type", ({ modulators }) => Object.assign((modulators as { bindings: object[] }).bindings[0]!, { type: "mood" })],
];
test.each(malformed)("a malformed file is refused at its place: %s", (path, change) => {
  const document = recorded("modulator_edit");
  change(document);
  expect(() => run(document)).toThrow(
    expect.objectContaining({ code: "E_NETWORK", details: { issues: [expect.objectContaining({ path })] } }),
  );
});
