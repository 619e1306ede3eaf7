import { expect, test } from "vitest";
import { t } from "./messages.ts";

test("values take their place, numbers by the locale", () => {
  expect(t("explorer.noMatch", { query: "V1" })).toContain("V1");
  expect(t("scene.fired", { fired: 1234567, burst: 8 })).toContain((1234567).toLocaleString());
});

test("the word follows the count", () => {
  expect(t("growth.problemCount", { count: 1 })).toBe("1 problem.");
  expect(t("growth.problemCount", { count: 2 })).toBe("2 problems.");
  expect(t("growth.problemCount", { count: 0 })).toBe("0 problems.");
});
