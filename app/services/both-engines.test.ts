import { expect, test } from "vitest";
import { inTurn } from "./both-engines.ts";

test("each engine is first as often as the other", () => {
  const ran: string[] = [];
  const run = (kind: "native" | "reference") => () => ran.push(kind);
  for (let turn = 0; turn < 4; turn++) inTurn(turn, { native: run("native"), reference: run("reference") });
  expect(ran.filter((_, i) => i % 2 === 0)).toEqual(["native", "reference", "native", "reference"]);
  expect(inTurn(1, { native: () => "n", reference: () => "r" })).toEqual({ native: "n", reference: "r" });
});
