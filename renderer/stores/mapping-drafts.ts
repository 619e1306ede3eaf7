/**
 * Rules of mappings while they are edited, by pair. A draft begins as the living rules; a rule that is set aside stays in this window
 * and out of the genome. When the living rules change beneath a draft that held nothing new, it follows them.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CorticalId, MappingRule } from "#contracts/connectome.ts";
import type { Pair } from "./editing-store.ts";

export interface DraftRule extends MappingRule {
  /** Stays with the rule while rows move. */
  key: number;
  /** False: set aside, left out of what is applied. */
  isUsed: boolean;
}
export interface Draft {
  rules: readonly DraftRule[];
  /** The living rules that it began from. */
  base: string;
}

interface MappingDraftsState {
  /** Ends of the mapping that the mapping view shows. */
  src: CorticalId | null;
  dst: CorticalId | null;
  drafts: ReadonlyMap<string, Draft>;
  begin(src: CorticalId | null, dst: CorticalId | null): void;
  /** `living`: the rules the pair has now. */
  set(pair: Pair, rules: readonly DraftRule[], living: readonly MappingRule[]): void;
  drop(pair: Pair): void;
}
export type MappingDrafts = StoreApi<MappingDraftsState>;

const pairKey = ({ src, dst }: Pair) => `${src}>${dst}`;
let lastKey = 0;

export function createMappingDrafts(): MappingDrafts {
  return createStore<MappingDraftsState>((set) => ({
    src: null,
    dst: null,
    drafts: new Map(),
    begin: (src, dst) => set({ src, dst }),
    set: (pair, rules, living) =>
      set(({ drafts }) => ({ drafts: new Map(drafts).set(pairKey(pair), { rules, base: JSON.stringify(living) }) })),
    drop: (pair) => set(({ drafts }) => ({ drafts: new Map([...drafts].filter(([key]) => key !== pairKey(pair))) })),
  }));
}

export function newDraftRule(rule: Partial<MappingRule> & Pick<MappingRule, "morphology">): DraftRule {
  return {
    ...{ scalar: [1, 1, 1], multiplier: 1, plastic: false, plasticityConstant: 1, ltpMultiplier: 1, ltdMultiplier: 1 },
    ...{ plasticityWindow: 5, delayBursts: 1, attractivity: 100 },
    ...rule,
    key: ++lastKey,
    isUsed: true,
  };
}

/** As a mapping has it: without what only a draft knows. */
export function ruleOf({ key: _, isUsed: _used, ...rule }: DraftRule): MappingRule {
  return rule;
}

export function usedRules(rules: readonly DraftRule[]): MappingRule[] {
  return rules.filter(({ isUsed }) => isUsed).map(ruleOf);
}

export interface DraftView {
  rules: readonly DraftRule[];
  /** Applying it would change something. */
  isChanged: boolean;
  /** The living rules became others after the draft was begun. */
  isStale: boolean;
}

/** What to show for a pair: its draft over the rules that live. */
export function draftView(drafts: ReadonlyMap<string, Draft>, pair: Pair, living: readonly MappingRule[]): DraftView {
  const now = JSON.stringify(living);
  const draft = drafts.get(pairKey(pair));
  if (!draft) return { rules: living.map((rule, i) => ({ ...rule, key: -1 - i, isUsed: true })), isChanged: false, isStale: false };
  const used = JSON.stringify(usedRules(draft.rules));
  if (now === draft.base || used === now) return { rules: draft.rules, isChanged: used !== now, isStale: false };
  if (used !== draft.base) return { rules: draft.rules, isChanged: true, isStale: true };
  const aside = draft.rules.filter(({ isUsed }) => !isUsed);
  return { rules: [...living.map(newDraftRule), ...aside], isChanged: false, isStale: false };
}
