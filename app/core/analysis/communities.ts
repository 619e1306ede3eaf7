/**
 * Communities: groups of areas with more links among them than their degrees alone would give. Groups are joined, each time the two that
 * raise modularity most, until none does. Nothing is random and ties go to the areas named first, so the same links give the same
 * communities. Source: Newman 2004, Phys. Rev. E 69:066133.
 */
export interface Link {
  /** Places of areas; a link counts in both directions alike. */
  src: number;
  dst: number;
  weight: number;
}

export interface Communities {
  /** By area, from 1, those with most areas first; null where it has no link. */
  of: (number | null)[];
  /** Share of weight within communities, less what degrees alone would give; null without a link. */
  modularity: number | null;
}

/** What adding up shares of weight may be off by. */
const ROUNDING = 1e-12;

export function communitiesOf(areas: number, links: readonly Link[]): Communities {
  const groups = groupsOf(links);
  for (let pair = bestPair(groups); pair !== null; pair = bestPair(groups)) join(groups, ...pair);
  const of = new Array<number | null>(areas).fill(null);
  const sorted = [...groups.values()].sort((a, b) => b.members.length - a.members.length || a.members[0]! - b.members[0]!);
  for (const [at, { members }] of sorted.entries()) for (const area of members) of[area] = at + 1;
  const modularity = sorted.reduce((sum, { within, degree }) => sum + within - degree ** 2, 0);
  return { of, modularity: sorted.length === 0 ? null : modularity };
}

/** All in shares of the weight at both ends of all links. */
interface Group {
  /** Ascending. */
  members: number[];
  within: number;
  degree: number;
  /** Half of what it shares with another, by the other's first area. */
  to: Map<number, number>;
}

/** Every linked area for itself, by its place. */
function groupsOf(links: readonly Link[]): Map<number, Group> {
  const total = links.reduce((sum, { weight }) => sum + 2 * weight, 0);
  const groups = new Map<number, Group>();
  if (total === 0) return groups;
  const places = [...new Set(links.flatMap(({ src, dst }) => [src, dst]))].sort((a, b) => a - b);
  for (const at of places) groups.set(at, { members: [at], within: 0, degree: 0, to: new Map() });
  for (const { src, dst, weight } of links) {
    const [one, other, share] = [groups.get(src)!, groups.get(dst)!, weight / total];
    one.degree += share;
    other.degree += share;
    if (src === dst) one.within += 2 * share;
    else {
      one.to.set(dst, (one.to.get(dst) ?? 0) + share);
      other.to.set(src, (other.to.get(src) ?? 0) + share);
    }
  }
  return groups;
}

/** The two whose joining raises modularity most; null: none does. */
function bestPair(groups: Map<number, Group>): [number, number] | null {
  let best: [number, number] | null = null;
  let most = ROUNDING;
  for (const [one, { degree, to }] of groups)
    for (const [other, share] of to) {
      const gain = 2 * (share - degree * groups.get(other)!.degree);
      if (other < one || gain <= most + (best === null ? 0 : ROUNDING)) continue;
      most = gain;
      best = [one, other];
    }
  return best;
}

function join(groups: Map<number, Group>, one: number, other: number): void {
  const [into, gone] = [groups.get(one)!, groups.get(other)!];
  groups.delete(other);
  into.members = [...into.members, ...gone.members].sort((a, b) => a - b);
  into.within += gone.within + 2 * (into.to.get(other) ?? 0);
  into.degree += gone.degree;
  into.to.delete(other);
  for (const [third, share] of gone.to) {
    if (third === one) continue;
    const joined = (into.to.get(third) ?? 0) + share;
    into.to.set(third, joined);
    const { to } = groups.get(third)!;
    to.delete(other);
    to.set(one, joined);
  }
}
