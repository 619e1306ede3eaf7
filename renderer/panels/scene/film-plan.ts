/** What a film is of and where the camera goes meanwhile, as the dialog asks for it, and what comes of it. */
import type { Pose } from "../../scene/camera-rig.ts";
import { type Film, picturesPerSecond } from "../../scene/capture.ts";

export interface FilmWish {
  /** What goes on meanwhile, or bursts of the recording. */
  of: "live" | "bursts";
  from: number;
  to: number;
  burstsPerSecond: number;
  /** Of each flight, or of the whole film where the camera stays; bursts have a length of their own. */
  seconds: number;
  /** Names of saved views, in the order in which the camera comes to them. */
  views: readonly string[];
}
interface FilmPlan extends Pick<Film, "poses" | "seconds" | "bursts"> {
  flights: number;
  /** Of each flight. */
  flightSeconds: number;
  pictures: number;
}

export function filmPlan(
  { of, from, to, burstsPerSecond, seconds, views }: FilmWish,
  saved: readonly { name: string; pose: Pose }[],
): FilmPlan {
  const poses = views.flatMap((view) => saved.find(({ name }) => name === view)?.pose ?? []);
  const flights = Math.max(0, poses.length - 1);
  const bursts = of === "bursts" ? { from: Math.min(from, to), to: Math.max(from, to) } : null;
  const whole = bursts ? (bursts.to - bursts.from + 1) / burstsPerSecond : seconds * Math.max(1, flights);
  return {
    ...{ poses, bursts, seconds: whole, flights },
    flightSeconds: flights === 0 ? 0 : whole / flights,
    pictures: Math.round(whole * picturesPerSecond),
  };
}
