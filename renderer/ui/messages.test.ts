import { afterEach, expect, test } from "vitest";
import { chooseLocale, t } from "./messages.ts";

test("values take their place, numbers by the locale", () => {
  expect(t("explorer.noMatch", { query: "V1" })).toContain("V1");
  expect(t("scene.fired", { fired: 1234567, burst: 8 })).toContain((1234567).toLocaleString());
});

test("the word follows the count", () => {
  expect(t("growth.problemCount", { count: 1 })).toBe("1 problem.");
  expect(t("growth.problemCount", { count: 2 })).toBe("2 problems.");
  expect(t("growth.problemCount", { count: 0 })).toBe("0 problems.");
});

const windowAt = (search: string) => ({ location: { search }, document: { documentElement: {} } }) as unknown as Window;
afterEach(() => chooseLocale(windowAt("")));

test("the pseudo-locale stretches sentences and leaves values alone", () => {
  chooseLocale(windowAt("?locale=pseudo"));
  expect(t("explorer.noMatch", { query: "Motor" })).toMatch(/^\[.*Motor.*[~ ]+\]$/);
  expect(t("growth.problemCount", { count: 2 })).toMatch(/^\[2 problems\.[~ ]+\]$/);
});

test("from right to left is said to the document; an unknown language is English", () => {
  const window = windowAt("?locale=pseudo-rtl");
  chooseLocale(window);
  expect(window.document.documentElement.dir).toBe("rtl");
  chooseLocale(windowAt("?locale=xx"));
  expect(t("common.close")).toBe("Close");
});
