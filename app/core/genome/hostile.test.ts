/** Damaged, truncated and made-up documents: always an answer, never an exception, and a list of problems when it is no. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseGenome } from "./parse.ts";
import { validateGenome } from "./validate.ts";

const read = (name: string) => readFileSync(new URL(`../../../resources/genomes/${name}.json`, import.meta.url), "utf8");
const sources = ["barebones", "vision", "brightness", "blender-keyframe"].map(read);

function expectAnswer(text: string): void {
  for (const strict of [false, true]) {
    const parsed = parseGenome(text, { strict });
    if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
  }
  const report = validateGenome(text);
  expect(report.valid).toBe(report.errors.length === 0);
}

const source = fc.constantFrom(...sources);
/** Values that replace one value of a real genome. */
const stranger = fc.oneof(
  fc.constantFrom(
    "null",
    "[]",
    "{}",
    '""',
    "-1",
    "0",
    "1e999",
    "4294967296",
    "1.5",
    '"MEMORY"',
    "true",
    '[[["*"]]]',
    '{"a":[[1]]}',
    '{"__proto__":1}',
  ),
  fc.json({ maxDepth: 3 }),
);

describe("hostile documents", () => {
  test("a genome cut anywhere is refused with a place", () => {
    fc.assert(
      fc.property(source, fc.double({ min: 0, max: 0.999, noNaN: true }), (text, share) => {
        const parsed = parseGenome(text.slice(0, Math.floor(text.trimEnd().length * share)));
        expect(parsed.ok ? "accepted" : parsed.problems[0]?.code).toBe("JSON_SYNTAX");
      }),
      { numRuns: 60 },
    );
  });

  test("one value exchanged for another", () => {
    fc.assert(
      fc.property(source, fc.double({ min: 0, max: 1, noNaN: true }), stranger, (text, share, value) => {
        const values = [...text.matchAll(/:\s*("[^"]*"|-?[\d.]+|true|false|null|\{\}|\[)/g)].filter(([match]) => !match.endsWith("["));
        const chosen = values[Math.min(values.length - 1, Math.floor(share * values.length))];
        if (!chosen) return;
        const start = chosen.index + chosen[0].length - (chosen[1]?.length ?? 0);
        expectAnswer(text.slice(0, start) + value + text.slice(chosen.index + chosen[0].length));
      }),
      { numRuns: 60 },
    );
  });

  test("characters dropped, doubled or changed", () => {
    fc.assert(
      fc.property(
        source,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.string({ maxLength: 3 }),
        fc.nat(4),
        (text, share, insert, drop) => {
          const at = Math.floor(text.length * share);
          expectAnswer(text.slice(0, at) + insert + text.slice(at + drop));
        },
      ),
      { numRuns: 100 },
    );
  });

  test("any JSON at all, at the top and in every part", () => {
    const part = fc.jsonValue({ maxDepth: 4 });
    const key = fc.oneof(fc.string(), fc.constantFrom("_____10c-cAreaA-cx-___bbx-i", "_____10c-cAreaA-cx-dstmap-d", "cAreaA", "__proto__"));
    const genome = fc.record({
      version: fc.oneof(fc.constantFrom("2.0", "2.1", "3.0"), part),
      blueprint: fc.oneof(fc.dictionary(key, fc.oneof(part, fc.dictionary(key, part))), part),
      neuron_morphologies: part,
      brain_regions: fc.oneof(fc.dictionary(fc.string(), fc.record({ parent_region_id: part, areas: part })), part),
      physiology: part,
      genome_schema_version: fc.oneof(fc.constantFrom(undefined, 2, 3, 7), part),
    });
    fc.assert(
      fc.property(fc.oneof(genome, part), (document) => {
        expectAnswer(JSON.stringify(document));
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ["empty", ""],
    ["not JSON", "GIF89a"],
    ["binary", "\0\u0001\ufffd".repeat(100)],
    ["deep nesting", '{"blueprint":'.repeat(500_000)],
    ["wide nesting", `{"version":"2.0","blueprint":${"[".repeat(100)}${"]".repeat(100)}}`],
  ])("%s is refused", (_, text) => {
    expect(parseGenome(text).ok).toBe(false);
    expect(validateGenome(text)).toMatchObject({ valid: false, areas: 0, signatures: null });
  });

  test("more values than memory has room for are refused early", () => {
    expect(parseGenome(`[${"0,".repeat(5_000_000)}0]`)).toMatchObject({
      ok: false,
      problems: [{ code: "JSON_SYNTAX", expected: "at most 4000000 values" }],
    });
  });

  test.each([
    ["flat", (i: number) => [`_____10c-c${i.toString(36).padStart(5, "0")}-nx-refrac-i`, 1]],
    ["hierarchical", (i: number) => [`c${i.toString(36).padStart(5, "0")}`, {}]],
  ])("more areas than any brain has are refused in a %s document", (_, entry) => {
    const blueprint = Object.fromEntries(Array.from({ length: 70_000 }, (_, i) => entry(i)));
    const parsed = parseGenome(JSON.stringify({ version: "2.0", blueprint }));
    expect(parsed.ok ? [] : parsed.problems.map(({ code }) => code)).toEqual(["AREAS_TOO_MANY"]);
  });

  test("a document full of faults is answered with a short list", () => {
    const blueprint = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [`_____10c-c${String(i).padStart(5, "0")}-nx-refrac-i`, -1]),
    );
    const parsed = parseGenome(JSON.stringify({ version: "2.0", blueprint }));
    expect(parsed.ok ? 0 : parsed.problems.length).toBe(201);
    expect(parsed.ok || parsed.problems.at(-1)?.code).toBe("MORE_FINDINGS");
  });
});
