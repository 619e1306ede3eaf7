/** An account as files to take away: all of it as JSON, its sum as a table. Numbers are the engine's, independent of the reader's locale. */
import type { WhyState } from "../../stores/why-store.ts";

export function accountJson({ question, account, tree, effects, counterfactual, tested }: WhyState): string {
  const left = tested && { synapses: [...tested.chosen], input: tested.withoutInput };
  const causes = tree && { ...tree, nodes: [...tree.nodes.values()] };
  return `${JSON.stringify({ question, account, causes, effects, leftOut: left, counterfactual }, null, 2)}\n`;
}

const columns = [
  "origin",
  "slot",
  "source",
  "fired_at",
  "delay",
  "weight",
  "psp",
  "inhibitory",
  "divisor",
  "factor",
  "value",
  "sum",
] as const;

/** One row a contribution, in the engine's order. */
export function accountCsv({ account }: Pick<WhyState, "account">): string {
  const rows = (account?.contributions ?? []).map(({ origin, value, sum, synapse }) => {
    const { slot, source, firedAt, delay, weight, psp, inhibitory, divisor, factor } = synapse ?? {};
    return [origin, slot, source, firedAt, delay, weight, psp, inhibitory, divisor, factor, value, sum].map((cell) => cell ?? "").join(",");
  });
  return `${[columns.join(","), ...rows].join("\n")}\n`;
}
