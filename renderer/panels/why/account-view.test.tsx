import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Account } from "#contracts/debug.ts";
import { WorkbenchProvider } from "../../shell/workbench.ts";
import { createBrainStore } from "../../stores/brain-store.ts";
import { AccountView } from "./AccountView.tsx";

const silent: Account = {
  ...{ neuron: 7, burst: 5, area: 1, fired: false, cause: null, contributions: [], sum: 0, input: 0, potential: -2 },
  sentence: "Neuron 7 did not fire at burst 5: nothing was added for it.",
  carried: { stored: -2, elapsed: 1, leak: 0, forgotten: false, left: -2, drive: 0 },
  tests: [
    { name: "alive", passed: true, value: 1, bound: 1, text: "it is alive" },
    { name: "input", passed: false, value: 0, bound: 1, text: "nothing was added for it" },
  ],
  blockedBy: "input",
  engine: { sum: null, potential: -2, firedPotential: null },
  residual: { sum: 0, potential: 0 },
  exact: true,
};

function shown(account: Account): string {
  const stores = { brain: createBrainStore(), why: {} };
  const html = renderToStaticMarkup(
    <WorkbenchProvider value={{ stores } as never}>
      <AccountView account={account} state={{ chosen: new Set(), withoutInput: false } as never} />
    </WorkbenchProvider>,
  );
  return html.replaceAll(/<[^>]*>/g, "\n");
}

test("why a neuron did not fire is said once; what it passed before that stands below", () => {
  const text = shown(silent);
  expect(text.match(/nothing|reached/gi)).toHaveLength(1);
  expect(text).toContain("it is alive");
});

test("numbers below zero have a minus sign, in the host's sentence too", () => {
  const text = shown({
    ...silent,
    sentence: "Neuron 7 did not fire at burst 5: potential -2 < threshold 3.",
    tests: [{ name: "threshold", passed: false, value: -2, bound: 3, text: "potential -2 < threshold 3" }],
    blockedBy: "threshold",
  });
  expect(text).toContain("potential −2");
  expect(text).not.toMatch(/-\d/);
});
