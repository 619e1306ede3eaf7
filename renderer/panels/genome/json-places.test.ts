import { json } from "@codemirror/lang-json";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { areaAt, changeBetween, placeOfArea, rangeAt, rangeOf } from "./json-places.ts";

const doc = `{
  "title": "a.b",
  "blueprint": {
    "_____10c-cAAAAA-cx-___bbx-i": 4,
    "_____10c-cAAAAA-cx-dstmap-d": { "cB.B": [["projector", [1, 1, 1]], ["sweeper", [2]]] },
    "_____10c-cBBBBB-nx-fire_t-f": 0.5
  }
}`;
const state = EditorState.create({ doc, extensions: [json()] });
const textAt = (path: string) => {
  const range = rangeAt(state, path);
  return range && state.sliceDoc(range.from, range.to);
};

test("a path leads to its value, through keys with dots and lists", () => {
  expect(textAt("title")).toBe('"a.b"');
  expect(textAt("blueprint._____10c-cAAAAA-cx-___bbx-i")).toBe("4");
  expect(textAt("blueprint._____10c-cAAAAA-cx-dstmap-d.cB.B[1][0]")).toBe('"sweeper"');
  expect(rangeAt(state, "blueprint.nowhere")).toBeNull();
});

test("a problem of the writing itself is where its line and column say", () => {
  const message = "Not valid JSON at line 2, column 3: expected a key in quotes";
  const { from } = rangeOf(state, { path: "", message });
  expect(from).toBe(doc.indexOf('"title"'));
  expect(rangeOf(state, { path: "title", message: "" })).toEqual(rangeAt(state, "title"));
});

test("an area is found by its keys, and a position tells its area", () => {
  expect(doc.slice(placeOfArea(state, "cBBBBB")!)).toMatch(/^"_____10c-cBBBBB/);
  expect(areaAt(state, doc.indexOf("sweeper"))).toBe("cAAAAA");
  expect(areaAt(state, doc.indexOf("title"))).toBeNull();
});

test("of two texts only what differs is replaced", () => {
  expect(changeBetween('{"a": 1, "b": 2}', '{"a": 15, "b": 2}')).toEqual({ from: 7, to: 7, insert: "5" });
  expect(changeBetween("same", "same")).toEqual({ from: 4, to: 4, insert: "" });
  expect(changeBetween("aaa", "aa")).toEqual({ from: 2, to: 3, insert: "" });
});
