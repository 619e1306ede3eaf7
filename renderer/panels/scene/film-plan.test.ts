import { expect, test } from "vitest";
import { type FilmWish, filmPlan } from "./film-plan.ts";

const view = (name: string, azimuth: number) => ({
  name,
  pose: { target: [0, 0, 0] as [number, number, number], distance: 9, azimuth, elevation: 0 },
});
const saved = [view("front", 0), view("side", 1), view("top", 2)];
const wish: FilmWish = { of: "live", from: 1, to: 1, burstsPerSecond: 10, seconds: 3, views: [] };
const azimuths = (views: string[]) => filmPlan({ ...wish, views }, saved).poses.map(({ azimuth }) => azimuth);

test("the camera comes to the chosen views in the order of the choice; one that was deleted meanwhile is passed over", () => {
  expect(azimuths(["top", "front"])).toEqual([2, 0]);
  expect(azimuths(["top", "gone", "side"])).toEqual([2, 1]);
});

test("of what goes on meanwhile each flight has its seconds", () => {
  const plan = filmPlan({ ...wish, views: ["front", "side", "top"] }, saved);
  expect(plan).toMatchObject({ flights: 2, flightSeconds: 3, seconds: 6, pictures: 180, bursts: null });
  expect(filmPlan(wish, saved)).toMatchObject({ flights: 0, seconds: 3 });
});

test("bursts say how long a film is, and the flights share it evenly", () => {
  const plan = filmPlan({ ...wish, of: "bursts", from: 100, to: 41, views: ["front", "side", "top"] }, saved);
  expect(plan).toMatchObject({ bursts: { from: 41, to: 100 }, seconds: 6, flightSeconds: 3 });
});
