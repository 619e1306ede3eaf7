import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonSyntaxError, pathOf, plainValue, readJson } from "./json.ts";

function syntaxErrorOf(text: string): JsonSyntaxError {
  try {
    readJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
    throw error;
  }
  throw new Error("the text was accepted");
}

describe("reading JSON", () => {
  test("values are those of JSON.parse, whatever the document", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(3), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        expect(plainValue(readJson(spaced))).toEqual(JSON.parse(spaced));
      }),
    );
  });

  test("any text is either read as JSON.parse reads it or refused as JSON.parse refuses it", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"\\u00e9"',
      '"\\x"',
      "1",
      "-0",
      "01",
      "1.5e3",
      "1.",
      "true",
      "nul",
      " ",
      "\n",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join("");
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expect(() => readJson(text)).toThrow(JsonSyntaxError);
          return;
        }
        expect(plainValue(readJson(text))).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test("a value knows where it stands, and its path can be told", () => {
    const text = '{"a": [1, {"b": "x"}], "c": 2.0}';
    const root = readJson(text);
    const list = root.kind === "object" ? root.members.get("a") : undefined;
    const inner = list?.kind === "array" ? list.items[1] : undefined;
    const x = inner?.kind === "object" ? inner.members.get("b") : undefined;
    expect(x && text.slice(x.start, x.end)).toBe('"x"');
    expect(x && pathOf(root, x)).toBe("a[1].b");
  });

  test("whole numbers and numbers with a fraction of zero stay apart", () => {
    const root = readJson("[1, 1.0, 1e0]");
    expect(root.kind === "array" && root.items.map((item) => item.kind === "number" && item.integer)).toEqual([true, false, false]);
  });

  test("a key called __proto__ is a key like any other", () => {
    const value = plainValue(readJson('{"__proto__": {"polluted": 1}}')) as object;
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test.each([
    ['{"a": 1,\n "b": tru}', 2, 7],
    ['{"a": 1', 1, 8],
    ["", 1, 1],
    ["[1,]", 1, 4],
    ['{"a" 1}', 1, 6],
    ['\n\n"\\q"', 3, 3],
    ["[1] 2", 1, 5],
  ])("a slip in %j is placed at line %i, column %i", (text, line, column) => {
    const error = syntaxErrorOf(text);
    expect([error.line, error.column]).toEqual([line, column]);
  });

  test("deep nesting is refused before it can fill the stack", () => {
    expect(syntaxErrorOf("[".repeat(10_000_000)).column).toBe(129);
    expect(syntaxErrorOf('{"a":'.repeat(1_000_000)).message).toContain("128 levels");
  });
});
