import { expect, test } from "vitest";
import { createMappingDrafts, draftView, newDraftRule, ruleOf, usedRules } from "./mapping-drafts.ts";

const pair = { src: "a", dst: "b" };
const rule = (morphology: string) => ruleOf(newDraftRule({ morphology }));

function bench() {
  const store = createMappingDrafts();
  const view = (living: ReturnType<typeof rule>[]) => draftView(store.getState().drafts, pair, living);
  return { store, view };
}
const names = (rules: readonly { morphology: string }[]) => rules.map(({ morphology }) => morphology);

test("without a draft the living rules are shown, and nothing is changed", () => {
  expect(bench().view([rule("projector")])).toMatchObject({ isChanged: false, rules: [{ morphology: "projector", isUsed: true }] });
});

test("a rule that is set aside is left out of what is applied and stays in the list afterwards", () => {
  const { store, view } = bench();
  const living = [rule("projector"), rule("sweeper")];
  const [first, second] = view(living).rules;
  store.getState().set(pair, [first!, { ...second!, isUsed: false }], living);
  expect(view(living).isChanged).toBe(true);
  const applied = usedRules(view(living).rules);
  expect(names(applied)).toEqual(["projector"]);
  const after = view(applied);
  expect([names(after.rules), after.isChanged]).toEqual([["projector", "sweeper"], false]);
});

test("an undo beneath a draft that held nothing new is followed; one that did is told to be stale", () => {
  const { store, view } = bench();
  const living = [rule("projector")];
  store.getState().set(pair, [...view(living).rules, { ...newDraftRule({ morphology: "sweeper" }), isUsed: false }], living);
  expect(names(view([rule("last_to_first")]).rules)).toEqual(["last_to_first", "sweeper"]);
  store.getState().set(pair, [newDraftRule({ morphology: "rotator_z" })], living);
  expect(view([rule("last_to_first")])).toMatchObject({ isChanged: true, isStale: true });
});
