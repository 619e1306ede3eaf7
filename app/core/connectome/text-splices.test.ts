import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { invertedSplices, spliced, splicesAfter, splicesBetween } from "./text-splices.ts";

const document = readFileSync(new URL("../genome/golden/probe-edits.json", import.meta.url), "utf8");
const text = fc.array(fc.constantFrom('"a": 1,', '"b": 2,', "{", "}", "[3]", "\n", ","), { maxLength: 30 }).map((parts) => parts.join(""));

describe("splices between two texts", () => {
  test("lead from one to the other and back, whatever the texts are", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const splices = splicesBetween(before, after);
        expect(spliced(before, splices)).toBe(after);
        expect(spliced(after, invertedSplices(splices))).toBe(before);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test("name only what differs, however far apart", () => {
    const after = document.replace('"genome_title"', '"title"').replace('"cAAAAA": ', '"cAAAA9": ').replace("9999", "77");
    const splices = splicesBetween(document, after);
    expect(splices.reduce((sum, { removed }) => sum + removed.length, 0)).toBeLessThan(300);
    expect(splices.length).toBeGreaterThan(1);
  });

  test("do not fit a text that holds something else at their place", () => {
    const splices = splicesBetween("{a,b,c}", "{a,x,c}");
    expect(spliced("{a,y,c}", splices)).toBeNull();
    expect(splicesBetween(document, document)).toEqual([]);
  });
});

describe("splices in a text that changed since", () => {
  const first = splicesBetween("{a,b,c,d,e,}", "{a,x,c,d,e,}");

  test("move with what is before them", () => {
    const later = splicesBetween("{a,x,c,d,e,}", "{longer,x,c,d,}");
    const back = splicesAfter(invertedSplices(first), later)!;
    expect(spliced("{longer,x,c,d,}", back)).toBe("{longer,b,c,d,}");
  });

  test("are none where a later one changed the same place", () => {
    expect(splicesAfter(invertedSplices(first), splicesBetween("{a,x,c,d,e,}", "{a,z,c,d,e,}"))).toBeNull();
    expect(splicesAfter(invertedSplices(first), splicesBetween("{a,x,c,d,e,}", "{}"))).toBeNull();
  });
});
