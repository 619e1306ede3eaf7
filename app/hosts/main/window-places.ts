/**
 * Where each window stood last, by its name, so that it stands there again; on a display that is still there, or else where the system
 * puts it. Electron's pieces come as arguments.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";

const Rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) });
export type Rectangle = z.infer<typeof Rectangle>;

const Place = Rectangle.extend({ isMaximized: z.boolean() });
export type Place = z.infer<typeof Place>;

/** So much of a window's head must lie on a display that it can be taken hold of, in CSS pixels. */
const graspable = 80;

/** The place where it can be seen on these displays; null where it cannot, as after a display was taken away. */
export function placeOn(place: Place | undefined, workAreas: readonly Rectangle[]): Place | null {
  if (place === undefined) return null;
  const area = workAreas.find(
    ({ x, y, width, height }) =>
      Math.min(place.x + place.width, x + width) - Math.max(place.x, x) >= graspable && place.y >= y && place.y + graspable <= y + height,
  );
  if (area === undefined) return null;
  return { ...place, width: Math.min(place.width, area.width), height: Math.min(place.height, area.height) };
}

export interface WindowPlaces {
  find(name: string, workAreas: readonly Rectangle[]): Place | null;
  note(name: string, place: Place): void;
}

/** A file that cannot be read counts as none. */
export function keepWindowPlaces(path: string): WindowPlaces {
  const places = read(path);
  return {
    find: (name, workAreas) => placeOn(places[name], workAreas),
    note(name, place) {
      places[name] = place;
      try {
        writeFileSync(path, JSON.stringify(places, null, 2));
      } catch {
        // A taste; the window closes all the same.
      }
    },
  };
}

function read(path: string): Record<string, Place> {
  try {
    return z.record(z.string(), Place).parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return {};
  }
}
