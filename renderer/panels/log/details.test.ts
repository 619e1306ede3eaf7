import { expect, test } from "vitest";
import { burstOf, detailsOf, matches } from "./details.ts";

const event = (data: unknown) => ({ seq: 1, time: "2026-11-26T21:00:00Z", type: "debug.hit", source: "clock", data });
const nameOf = (id: string) => (id === "aXN2aUkAAAA=" ? "vision_C" : undefined);

test("details are words and numbers; the brain's id and the burst are left out, areas have their names", () => {
  const hit = event({
    brainId: "01M8",
    breakpoint: "01M8CVF9MG5R680D1JNMHAZDJ9",
    burst: 569,
    area: "aXN2aUkAAAA=",
    bytesWritten: 734160,
    once: false,
    terms: [{ text: "fires(V1)", value: 2 }],
  });
  expect(detailsOf(hit, nameOf)).toBe("area vision_C · bytes written 734,160 · once no · terms fires(V1) = 2");
  expect(burstOf(hit)).toBe(569);
});

test("an event without data has no details and no burst", () => {
  expect(detailsOf(event(null), nameOf)).toBe("");
  expect(burstOf(event(null))).toBeNull();
});

test("a filter finds words of the kind, the source, the burst and the details", () => {
  const hit = event({ burst: 569 });
  expect(matches(hit, ["hit", "569"], "")).toBe(true);
  expect(matches(hit, ["hit", "rollout"], "")).toBe(false);
});
