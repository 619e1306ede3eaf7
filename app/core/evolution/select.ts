/** Who has children: tournaments among those that were judged, over score or, where there are species, over the score shared within one. */
import type { Judged } from "#contracts/evolution.ts";
import type { Draw } from "./draw.ts";

/** Places in `judged`, the best first. A failure is last; of equals the one that was born first. */
export function ranking(judged: readonly Pick<Judged, "score">[]): number[] {
  const score = (place: number) => judged[place]!.score ?? Number.NEGATIVE_INFINITY;
  return judged.map((_, place) => place).sort((a, b) => (score(a) === score(b) ? a - b : score(b) - score(a)));
}

/**
 * How attractive each is as a parent: its rank counted from the worst (1 up), divided by the size of its species. Ranks serve because
 * scores may be negative, and cannot be shared then.
 */
export function attractions(ranked: readonly number[], species: readonly number[]): number[] {
  const sizes = new Map<number, number>();
  for (const one of species) sizes.set(one, (sizes.get(one) ?? 0) + 1);
  const attraction = new Array<number>(ranked.length).fill(0);
  ranked.forEach((place, rank) => {
    attraction[place] = (ranked.length - rank) / (sizes.get(species[place]!) ?? 1);
  });
  return attraction;
}

/** The place of the most attractive of `size` drawn ones. */
export function tournament(attraction: readonly number[], size: number, draw: Draw): number {
  let winner = draw.below(attraction.length);
  for (let round = 1; round < size; round++) {
    const rival = draw.below(attraction.length);
    if (attraction[rival]! > attraction[winner]! || (attraction[rival] === attraction[winner] && rival < winner)) winner = rival;
  }
  return winner;
}
