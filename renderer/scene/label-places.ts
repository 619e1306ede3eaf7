/** Where the name of an area may stand around its box on the screen, and how long names are shortened. */
import type { Rect } from "./declutter.ts";

/** Boxes smaller than this, in pixels, may have their name at the end of a line: there are often many side by side. */
const tiny = 18;
const gap = 4;
const leaderLengths = [18, 32, 48];
/** Up to the right, up to the left, …: directions that leave the crowd the soonest come first. */
const leaderDirections = [
  [0.6, -0.8],
  [-0.6, -0.8],
  [0.95, -0.3],
  [-0.95, -0.3],
  [0.6, 0.8],
  [-0.6, 0.8],
] as const;

/** The best place first: above, then around, then (tiny boxes) farther off with a line back. */
export function labelPlaces(box: Rect, width: number, height: number): { near: number; places: Rect[] } {
  const [left, right, middle] = [box.x, box.x + box.width - width, box.x + box.width / 2 - width / 2];
  const [above, below, beside] = [box.y - height - gap, box.y + box.height + gap, box.y + box.height / 2 - height / 2];
  const at = (x: number, y: number): Rect => ({ x: Math.round(x), y: Math.round(y), width, height });
  const places = [
    at(middle, above),
    at(left, above),
    at(right, above),
    at(middle, below),
    at(box.x + box.width + gap, beside),
    at(box.x - width - gap, beside),
    at(left, below),
    at(right, below),
  ];
  const near = places.length;
  if (Math.max(box.width, box.height) > tiny) return { near, places };
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  for (const length of leaderLengths) {
    for (const [dx, dy] of leaderDirections) {
      const [x, y] = [cx + dx * length, cy + dy * length];
      places.push(at(dx > 0 ? x : x - width, y - height / 2));
    }
  }
  return { near, places };
}

/** Keeps both ends, at whole words where that is possible: names of one kind often differ at the end only. */
export function shortName(name: string, most = 24): string {
  if (name.length <= most) return name;
  let head = name.slice(0, Math.floor(most / 2)).trimEnd();
  const word = head.lastIndexOf(" ");
  if (word > most / 6 && name[head.length] !== " ") head = head.slice(0, word);
  const tail = name.slice(name.length - (most - 1 - head.length));
  const words = name[name.length - tail.length - 1] === " " ? tail : tail.slice(tail.indexOf(" ") + 1);
  return `${head}…${(words.length > most / 6 ? words : tail).replace(/^[\s-]+/, "")}`;
}
