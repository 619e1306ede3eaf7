/** Where boxes of voxels would stand among the areas of a genome, and where there is room for them. */
import type { Vec3 } from "#contracts/connectome.ts";
import type { BoxPlacement, PlacedBox } from "#contracts/genome-edit.ts";
import type { Genome } from "./genome.ts";

/** Boxes are placed in their order; each proposal keeps clear of those before it. Boxes that only touch do not overlap. */
export function placementPreview(into: Genome, boxes: readonly PlacedBox[]): BoxPlacement[] {
  const areas = [...into.areas.values()];
  const standing: PlacedBox[] = areas.map(({ position, dimensions }) => ({ position, dimensions }));
  return boxes.map((box) => {
    const overlaps = areas.filter((area) => overlap(area, box)).map(({ id }) => id);
    const free = nearestFree(box, standing);
    standing.push({ position: free, dimensions: box.dimensions });
    return { ...box, overlaps, free };
  });
}

function overlap(a: PlacedBox, b: PlacedBox): boolean {
  return [0, 1, 2].every((i) => a.position[i]! < b.position[i]! + b.dimensions[i]! && b.position[i]! < a.position[i]! + a.dimensions[i]!);
}

interface Place {
  position: Vec3;
  /** Squared, in voxels. */
  distance: number;
}

/**
 * The nearest free whole position. Whatever is in the way of a place, the best position lies beyond one of its faces; so the place is
 * replaced by those that just clear these faces, nearest first, and the first one that is free is the nearest of all.
 */
function nearestFree({ position, dimensions }: PlacedBox, standing: readonly PlacedBox[]): Vec3 {
  const asked = position.map((coordinate) => Math.round(coordinate) + 0) as Vec3;
  const places = new Places();
  places.add({ position: asked, distance: 0 });
  for (let place = places.takeNearest(); place; place = places.takeNearest()) {
    const box = { position: place.position, dimensions };
    const obstacle = standing.find((one) => overlap(one, box));
    if (!obstacle) return place.position;
    for (const [i, coordinate] of place.position.entries()) {
      const away = asked[i]!;
      // Only away from the asked place: no step is ever taken back.
      if (coordinate >= away) places.add(movedTo(box, asked, i, Math.ceil(obstacle.position[i]! + obstacle.dimensions[i]!)));
      if (coordinate <= away) places.add(movedTo(box, asked, i, Math.floor(obstacle.position[i]! - dimensions[i]!)));
    }
  }
  return asked;
}

function movedTo({ position }: PlacedBox, asked: Vec3, axis: number, coordinate: number): Place {
  const moved = position.with(axis, coordinate) as Vec3;
  return { position: moved, distance: moved.reduce((sum, one, i) => sum + (one - asked[i]!) ** 2, 0) };
}

/** Places in a binary heap by distance, equally near ones in the order of their coming; none twice. */
class Places {
  readonly #heap: (Place & { order: number })[] = [];
  readonly #seen = new Set<string>();

  add(place: Place): void {
    const key = place.position.join();
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const heap = this.#heap;
    let at = heap.push({ ...place, order: this.#seen.size }) - 1;
    for (let parent = (at - 1) >> 1; at > 0 && this.#isBefore(at, parent); at = parent, parent = (at - 1) >> 1) this.#swap(at, parent);
  }

  takeNearest(): Place | undefined {
    const heap = this.#heap;
    const nearest = heap[0];
    const last = heap.pop();
    if (!nearest || !last || heap.length === 0) return nearest;
    heap[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = right < heap.length && this.#isBefore(right, left) ? right : left;
      if (child >= heap.length || !this.#isBefore(child, at)) return nearest;
      this.#swap(child, at);
      at = child;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a]!, this.#heap[b]!];
    return one.distance < other.distance || (one.distance === other.distance && one.order < other.order);
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b]!, this.#heap[a]!];
  }
}
