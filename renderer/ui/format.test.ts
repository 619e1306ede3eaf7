import { expect, test } from "vitest";
import { formatCompact, formatCount, formatExact, formatFigure, formatPercent, formatSentence } from "./format.ts";
import { t } from "./messages.ts";

test("numbers below zero have a minus sign wherever a person reads them", () => {
  const shown = [formatCount(-7), formatCompact(-7), formatFigure(-0.25), formatFigure(-7), formatExact(-7), formatPercent(-0.07)];
  for (const text of [...shown, t("watches.difference", { difference: -7 })]) expect(text).toMatch(/−[0-9]/);
});

test("in a sentence of the host a hyphen before a number is a minus, between numbers and in names it is none", () => {
  expect(formatSentence("potential -2.5 < threshold (-1), of x-1 in 2026-11-27")).toBe(
    "potential −2.5 < threshold (−1), of x-1 in 2026-11-27",
  );
});
