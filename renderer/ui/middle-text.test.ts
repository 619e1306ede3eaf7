import { expect, test } from "vitest";
import { tailOf } from "./MiddleText.tsx";

const ends = (text: string) => {
  const at = tailOf(text);
  return at === null ? null : text.slice(at);
};

test("the end of a long name stays from the beginning of a word; a short name stays whole", () => {
  expect(ends("Peripheral vision sensor - bottom left")).toBe("bottom left");
  expect(ends("right_view_human_of_the_left")).toBe("of_the_left");
  expect(ends("feagi_v_copy")).toBeNull();
});

test("a name of one long word keeps its last letters", () => {
  expect(ends("Vestibulocerebellarcortex")).toBe("rcortex");
});
