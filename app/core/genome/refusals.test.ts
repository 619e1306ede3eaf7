/** One-change genomes: accepted or refused as recorded in the strict reading; where the standard reading answers otherwise, by name. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type JsonNode, type JsonObject, readJson } from "./json.ts";
import { parseGenome } from "./parse.ts";
import { compactJson } from "./signatures.ts";

const read = (name: string) => readFileSync(new URL(`golden/${name}`, import.meta.url), "utf8");

interface Recorded {
  case: string;
  http_status: number;
  raw?: string;
  response: { cortical_area_count?: number };
  "areas [size,neurons,per_voxel,refractory,threshold,position]": Record<string, [number[], number, number, number, number, number[]]>;
}

// Values are taken over as nodes, so that 2.0 stays 2.0.
const cases = JSON.parse(read("refusals.json")).cases as Recorded[];
const caseNodes = items(member(readJson(read("refusals.json")), "cases"));

function member(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === "object" ? node.members.get(key) : undefined;
}
function items(node: JsonNode | undefined): JsonNode[] {
  return node?.kind === "array" ? node.items : [];
}

function textOf(recorded: Recorded, node: JsonNode | undefined): string {
  if (recorded.raw !== undefined) return recorded.raw;
  const root = readJson(read("probe-edits.json")) as JsonObject;
  for (const change of items(member(node, "changes"))) {
    const path = items(member(change, "path")).map((step) => (step.kind === "string" ? step.value : ""));
    const last = path.pop() ?? "";
    const parent = path.reduce<JsonNode | undefined>((at, step) => member(at, step), root);
    const value = member(change, "value");
    if (parent?.kind !== "object") throw new Error(`no place for ${recorded.case}`);
    if (value) parent.members.set(last, value);
    else parent.members.delete(last);
  }
  return compactJson(root);
}

/** Refused although the server accepts: it would only fail later, wrap around, or be misread. */
const refusedByStandard = [
  "version 2.0 plus genome_schema_version 99",
  "refractory_period 70000",
  "pattern integer -1",
  "pattern of 2 axes",
];
/** Accepted although the server refuses. */
const acceptedByStandard = ["extra area id __odd1", "extra area id _pwrxx", "region root with child, text keys"];

describe.each(cases.map((recorded, i): [string, Recorded, string] => [recorded.case, recorded, textOf(recorded, caseNodes[i])]))(
  "%s",
  (name, recorded, text) => {
    const wasAccepted = recorded.http_status === 200;

    test("the strict reading answers as recorded", () => {
      const parsed = parseGenome(text, { strict: true });
      expect(parsed.ok).toBe(wasAccepted);
      if (!parsed.ok) return;
      expect(parsed.genome.areas.size).toBe(recorded.response.cortical_area_count);
      for (const [letter, expected] of Object.entries(recorded["areas [size,neurons,per_voxel,refractory,threshold,position]"])) {
        const area = [...parsed.genome.areas.values()].find(({ idText }) => idText === `c${letter.repeat(5)}__`);
        const [width, height, depth] = area?.dimensions ?? [0, 0, 0];
        const neurons = width * height * depth * (area?.neuronsPerVoxel ?? 0);
        const { refractoryPeriod, firingThreshold } = area?.parameters ?? {};
        expect([area?.dimensions, neurons, area?.neuronsPerVoxel, refractoryPeriod, firingThreshold, area?.position]).toEqual(expected);
      }
    });

    test("the standard reading differs only where it is meant to", () => {
      const expected = acceptedByStandard.includes(name) || (wasAccepted && !refusedByStandard.includes(name));
      expect(parseGenome(text).ok).toBe(expected);
    });

    test("whoever refuses says where, what was expected and what was found", () => {
      const parsed = parseGenome(text);
      for (const problem of parsed.ok ? [] : parsed.problems) {
        expect(problem.code).toMatch(/^[A-Z_]+$/);
        expect(problem.expected).not.toBe("");
        expect(problem.found).not.toBe("");
        expect(problem.message).not.toBe("");
      }
      expect(parsed.ok || parsed.problems.length > 0).toBe(true);
    });
  },
);
