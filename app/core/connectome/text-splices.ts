/**
 * What two texts differ in, as few small replacements: so an edit of a genome document is kept, repeated and taken back without
 * keeping the document twice. Found by the pieces that both texts have exactly once, in the same order (patience diff).
 */

/** At `at` of the text before, `removed` gives way to `inserted`. */
export interface Splice {
  at: number;
  removed: string;
  inserted: string;
}

/** A piece ends after a character that ends something in JSON. */
const pieces = (text: string) => text.split(/(?<=[\n,{}[\]])/);

/** Ascending, without overlap. */
export function splicesBetween(before: string, after: string): Splice[] {
  const found: Splice[] = [];
  compare(pieces(before), pieces(after), 0, found);
  return found;
}

function compare(before: readonly string[], after: readonly string[], at: number, found: Splice[]): void {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  if (old.length === 0 && now.length === 0) return;
  let place = at + lengthOf(before.slice(0, start));
  const anchors = old.length === 0 || now.length === 0 ? [] : commonOnce(old, now);
  if (anchors.length === 0) {
    found.push({ at: place, removed: old.join(""), inserted: now.join("") });
    return;
  }
  let [i, j] = [0, 0];
  for (const [a, b] of [...anchors, [old.length, now.length] as const]) {
    compare(old.slice(i, a), now.slice(j, b), place, found);
    place += lengthOf(old.slice(i, a + 1));
    [i, j] = [a + 1, b + 1];
  }
}

/** Places of pieces that both have exactly once, the longest run of them that ascends in both. */
function commonOnce(before: readonly string[], after: readonly string[]): [number, number][] {
  const once = (list: readonly string[]) => {
    const places = new Map<string, number>();
    list.forEach((piece, i) => {
      places.set(piece, places.has(piece) ? -1 : i);
    });
    return places;
  };
  const there = once(after);
  const pairs = [...once(before)].flatMap(([piece, a]): [number, number][] => {
    const b = there.get(piece) ?? -1;
    return a < 0 || b < 0 ? [] : [[a, b]];
  });
  const tails: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, b], i) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (pairs[tails[middle]!]![1] < b) low = middle + 1;
      else high = middle;
    }
    previous[i] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = i;
  });
  const run: [number, number][] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i]!) run.push(pairs[i]!);
  return run.reverse();
}

const lengthOf = (list: readonly string[]) => list.reduce((sum, piece) => sum + piece.length, 0);

/** The text after; null when it does not hold what the splices remove. */
export function spliced(text: string, splices: readonly Splice[]): string | null {
  const parts: string[] = [];
  let at = 0;
  for (const splice of splices) {
    if (splice.at < at || text.slice(splice.at, splice.at + splice.removed.length) !== splice.removed) return null;
    parts.push(text.slice(at, splice.at), splice.inserted);
    at = splice.at + splice.removed.length;
  }
  return parts.join("") + text.slice(at);
}

/** The splices that lead back. */
export function invertedSplices(splices: readonly Splice[]): Splice[] {
  let shift = 0;
  return splices.map(({ at, removed, inserted }) => {
    const back = { at: at + shift, removed: inserted, inserted: removed };
    shift += inserted.length - removed.length;
    return back;
  });
}

/** The same splices in a text that later ones have changed; null where one of those changed what they are about. */
export function splicesAfter(splices: readonly Splice[], later: readonly Splice[]): Splice[] | null {
  const moved: Splice[] = [];
  for (const splice of splices) {
    let shift = 0;
    for (const { at, removed, inserted } of later) {
      const end = at + removed.length;
      // Two that touch without a character between them may mean the same place.
      if (end < splice.at || (end === splice.at && removed.length > 0)) shift += inserted.length - removed.length;
      else if (at < splice.at + splice.removed.length || at === splice.at) return null;
    }
    moved.push({ ...splice, at: splice.at + shift });
  }
  return moved;
}
