/** The tree of causes of one firing: its largest contributions, the firings they came from, and so on back to input. */

import type { Account, CausalTree, Contribution } from "#contracts/debug.ts";
import { LabError } from "#contracts/errors.ts";
import type { History } from "#core/recording/history.ts";
import { accountsOf, type CauseOptions } from "./why.ts";

/** Firings in one tree. */
const MOST_NODES = 2000;

export interface TreeQuestion {
  neuron: number;
  burst: number;
  depth: number;
  breadth: number;
}

export async function causalTree(
  history: History,
  { neuron, burst, depth, breadth }: TreeQuestion,
  options?: CauseOptions,
): Promise<CausalTree> {
  const nodes: CausalTree["nodes"] = [];
  /** By burst: neurons still to be asked about, and how many levels may follow below each. */
  const waiting = new Map<number, Map<number, number>>([[burst, new Map([[neuron, depth]])]]);
  let known = 1;
  let cutOff = 0;
  while (waiting.size > 0) {
    if (options?.signal.aborted) throw new LabError("E_CANCELLED", "The tree of causes was cancelled", { nodes: nodes.length });
    // Causes lie in earlier bursts, so all who ask for this burst have asked by now and one replay answers them.
    const latest = Math.max(...waiting.keys());
    const asked = waiting.get(latest)!;
    waiting.delete(latest);
    for (const [id, account] of await accountsOf(history, [...asked.keys()], latest, options)) {
      const levels = asked.get(id)!;
      nodes.push(nodeOf(account, breadth, goOn(levels)));
    }
  }
  return { root: nodeId(neuron, burst), nodes, depth, breadth, cutOff };

  function goOn(levels: number) {
    return ({ synapse }: Contribution): string | null => {
      if (synapse === null) return null;
      const { source, firedAt } = synapse;
      const there = waiting.get(firedAt);
      const isNew = there?.get(source) === undefined;
      if (levels === 0 || firedAt < history.first || (isNew && known >= MOST_NODES)) {
        cutOff++;
        return null;
      }
      if (isNew) known++;
      waiting.set(firedAt, (there ?? new Map()).set(source, Math.max(levels - 1, there?.get(source) ?? 0)));
      return nodeId(source, firedAt);
    };
  }
}

function nodeOf(account: Account, breadth: number, follow: (contribution: Contribution) => string | null): CausalTree["nodes"][number] {
  const size = ({ value }: Contribution) => (typeof value === "number" ? Math.abs(value) : Number.POSITIVE_INFINITY);
  const ordered = account.contributions.toSorted((a, b) => size(b) - size(a));
  const others = ordered.slice(breadth);
  const { neuron, burst, area, fired, cause, sentence, carried, sum, potential, exact } = account;
  return {
    ...{ id: nodeId(neuron, burst), neuron, burst, area, fired, cause, sentence, carried: carried.left, sum, potential, exact },
    branches: ordered.slice(0, breadth).map((contribution) => ({ ...contribution, node: follow(contribution) })),
    others: { count: others.length, sum: others.reduce((total, { value }) => total + (typeof value === "number" ? value : 0), 0) },
  };
}

function nodeId(neuron: number, burst: number): string {
  return `${neuron}@${burst}`;
}
