import { expect, test } from "vitest";
import { connectedTo } from "./visibility.ts";

const chain = ["ab", "bc", "cd", "da", "xb"].map(([src, dst]) => ({ src: src!, dst: dst! }));

test("isolating follows mappings so many steps in the direction asked for", () => {
  expect([...connectedTo(["b"], chain, 1, "efferents")]).toEqual(["b", "c"]);
  expect([...connectedTo(["b"], chain, 2, "efferents")]).toEqual(["b", "c", "d"]);
  expect([...connectedTo(["b"], chain, 1, "afferents")].sort()).toEqual(["a", "b", "x"]);
  expect([...connectedTo(["b"], chain, 1, "both")].sort()).toEqual(["a", "b", "c", "x"]);
});

test("a circle ends, and what is alone stays alone", () => {
  expect([...connectedTo(["a"], chain, 50, "efferents")].sort()).toEqual(["a", "b", "c", "d"]);
  expect([...connectedTo(["lonely"], chain, 3, "both")]).toEqual(["lonely"]);
});
