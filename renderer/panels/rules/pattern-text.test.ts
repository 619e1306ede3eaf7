import { expect, test } from "vitest";
import { parseToken, tokenText } from "./pattern-text.ts";

test.each(["*", "?", "!", "?+", "?-", "?+=", "?-=", "0", "17", "?+2", "?-3", "?-1:?+1", "2..5"])("%s reads and writes itself", (text) => {
  const token = parseToken(text);
  expect(token).not.toBeNull();
  expect(tokenText(token!)).toBe(text);
});

test("half of an offset range means the voxel itself", () => {
  expect(parseToken("?:?+2")).toEqual({ type: "offsetRange", from: 0, to: 2 });
});

test.each(["", "-1", "**", "?2", "1.5", "a", "2..", "..2"])("%j is no token", (text) => {
  expect(parseToken(text)).toBeNull();
});
