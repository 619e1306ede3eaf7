/**
 * Where labels stand: each beside its thing, on no other label and away from other things. The important ones choose first;
 * who finds no room waits until there is some.
 */

export interface Rect {
  /** Top left corner, CSS pixels. */
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface LabelWish {
  /** Where it could stand, the best first. */
  places: readonly Rect[];
  /** Higher chooses first. */
  priority: number;
  /** Places from this index on are apart from the thing and need a line to it. */
  near?: number;
  /** Index of its own thing among the obstacles. */
  own?: number;
  /** Place it held in the last picture: kept while it is hardly worse, so that labels do not jump about. */
  before?: number | undefined;
  /** Shown whatever it covers, as the selected one is. */
  must?: boolean;
}
export interface Limits {
  /** Most labels, and most of them with a line. */
  labels: number;
  lines: number;
  /** Labels stand in here. */
  within?: Rect;
}

/** A place so far down the list costs as much as a label that covers this share of itself with something else. */
const costOfRank = 0.03;
const costOfChange = 0.12;
/** Small things are covered by a small share of a label: covering any costs this much already. */
const costOfCovering = 0.2;
/** Largest share of a label that may lie over other things. */
const mostCovered = 0.5 + costOfCovering;

/** Index of the label to show → index of its place. Equal priorities keep their order: a still camera shows a still picture. */
export function declutter(labels: readonly LabelWish[], obstacles: readonly Rect[], limits: Limits): Map<number, number> {
  const order = labels.map((_, i) => i).sort((a, b) => labels[b]!.priority - labels[a]!.priority || a - b);
  const shown = new Map<number, number>();
  const taken: Rect[] = [];
  let lines = 0;
  for (const i of order) {
    if (shown.size >= limits.labels) break;
    const label = labels[i]!;
    let best = -1;
    let bestCost = Number.POSITIVE_INFINITY;
    for (const [at, place] of label.places.entries()) {
      const far = at >= (label.near ?? label.places.length);
      if ((far && lines >= limits.lines && !label.must) || (limits.within && !holds(limits.within, place))) continue;
      const change = label.before === undefined || label.before === at ? 0 : costOfChange;
      const base = at * costOfRank + change;
      if (base >= bestCost || taken.some((other) => common(place, other) > 0)) continue;
      const covered = costOfCover(place, obstacles, label.own);
      if (covered > mostCovered && !label.must) continue;
      if (base + covered < bestCost) {
        best = at;
        bestCost = base + covered;
      }
    }
    if (best < 0) continue;
    shown.set(i, best);
    if (best >= (label.near ?? label.places.length)) lines++;
    taken.push(label.places[best]!);
  }
  return shown;
}

function costOfCover(place: Rect, obstacles: readonly Rect[], own: number | undefined): number {
  let covered = 0;
  for (const [i, obstacle] of obstacles.entries()) if (i !== own) covered += common(place, obstacle);
  return covered === 0 ? 0 : costOfCovering + covered / (place.width * place.height);
}

function holds({ x, y, width, height }: Rect, inner: Rect): boolean {
  return inner.x >= x && inner.y >= y && inner.x + inner.width <= x + width && inner.y + inner.height <= y + height;
}

function common(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}
