/**
 * Orders of the neurons of an area, by what they fired in the bursts shown. "likeness" puts those that fire together side by side: by
 * their place along the first principal component of spike counts in bins (Hotelling 1933), found by power iteration.
 */
export const rasterOrders = ["number", "rate", "first", "likeness"] as const;
export type RasterOrder = (typeof rasterOrders)[number];

export interface FiredBurst {
  burst: number;
  /** Ids of the area's neurons. */
  ids: ArrayLike<number>;
}

/** Bursts of a bin, in which two firings count as together. */
const binBursts = 4;
const rounds = 40;
/** Of the newest bursts, so that it takes some hundredths of a second at most. */
const mostFirings = 300_000;

/** Neurons by rank, counted from `first`; null: as numbered. `bursts` ascend. */
export function rankedBy(order: RasterOrder, first: number, neurons: number, bursts: readonly FiredBurst[]): Uint32Array | null {
  if (order === "number") return null;
  const keys = new Float64Array(neurons);
  if (order === "rate") eachFiring(bursts, first, neurons, (neuron) => keys[neuron]!--);
  else if (order === "first") {
    keys.fill(Number.POSITIVE_INFINITY);
    eachFiring(bursts, first, neurons, (neuron, burst) => {
      keys[neuron] = Math.min(keys[neuron]!, burst);
    });
  } else keys.set(loadings(bursts, first, neurons));
  // Equal ones stay as they are numbered.
  return Uint32Array.from(keys.keys()).sort((a, b) => (keys[a] === keys[b] ? a - b : keys[a]! - keys[b]!));
}

/** Of each neuron on the first principal component; those that never fired come last. */
function loadings(bursts: readonly FiredBurst[], first: number, neurons: number): Float64Array {
  const newest = withinMost(bursts);
  const start = newest[0]?.burst ?? 0;
  const bins = Math.floor(((newest.at(-1)?.burst ?? start) - start) / binBursts) + 1;
  // One entry for each firing, so that silence costs nothing.
  const [who, when]: [number[], number[]] = [[], []];
  const counts = new Float64Array(neurons);
  eachFiring(newest, first, neurons, (neuron, burst) => {
    who.push(neuron);
    when.push(Math.floor((burst - start) / binBursts));
    counts[neuron]!++;
  });
  let component = Float64Array.from({ length: bins }, (_, bin) => Math.sin(1 + bin));
  const load = new Float64Array(neurons);
  for (let round = 0; round < rounds; round++) {
    // Deviations from each neuron's mean, as sums: the matrix of them is never written out.
    const mean = component.reduce((sum, one) => sum + one, 0) / bins;
    load.fill(0);
    for (let i = 0; i < who.length; i++) load[who[i]!]! += component[when[i]!]! - mean;
    const shared = load.reduce((sum, one, neuron) => sum + (one * counts[neuron]!) / bins, 0);
    const next = new Float64Array(bins).fill(-shared);
    for (let i = 0; i < who.length; i++) next[when[i]!]! += load[who[i]!]!;
    const length = Math.hypot(...next);
    if (length === 0) break;
    component = next.map((one) => one / length);
  }
  return load.map((one, neuron) => (counts[neuron] === 0 ? Number.POSITIVE_INFINITY : one / counts[neuron]!));
}

function withinMost(bursts: readonly FiredBurst[]): readonly FiredBurst[] {
  let firings = 0;
  const tooOld = bursts.findLastIndex(({ ids }) => {
    firings += ids.length;
    return firings > mostFirings;
  });
  return bursts.slice(tooOld + 1);
}

function eachFiring(bursts: readonly FiredBurst[], first: number, neurons: number, visit: (neuron: number, burst: number) => void): void {
  for (const { burst, ids } of bursts)
    for (let i = 0; i < ids.length; i++) {
      const neuron = ids[i]! - first;
      if (neuron >= 0 && neuron < neurons) visit(neuron, burst);
    }
}
