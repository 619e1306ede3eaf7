/**
 * One question about one neuron in one burst, and what is known of it: the account, its causes, its effects, and another past without
 * some of what reached it. A new question puts an end to what was being asked.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Account, CausalTree, Counterfactual, Effects } from "#contracts/debug.ts";
import { LabError } from "#contracts/errors.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { messageOf } from "../ui/error-text.ts";

export type CauseNode = CausalTree["nodes"][number];

export interface Question {
  neuron: number;
  burst: number;
}

export interface WhyState {
  question: Question | null;
  account: Account | null;
  problem: string | null;
  isAsking: boolean;
  /** Recorded bursts in which the neuron fired, ascending, the newest of them. */
  fired: readonly number[];
  tree: { root: string; nodes: ReadonlyMap<string, CauseNode>; cutOff: number } | null;
  /** Rows of the tree that are open, by `branchId`. */
  open: ReadonlySet<string>;
  effects: Effects | null;
  /** Synapse slots chosen to be left out. */
  chosen: ReadonlySet<number>;
  /** The neuron's input from outside is left out too. */
  withoutInput: boolean;
  counterfactual: Counterfactual | null;
  /** What the counterfactual left out, so that a later choice does not seem tested. */
  tested: { chosen: ReadonlySet<number>; withoutInput: boolean } | null;
  /** Which of the slower questions is under way. */
  busy: "tree" | "effects" | "without" | null;
  /** Whether what is told shall be marked in the scene, and whether somebody looks at the view that tells it. */
  marks: boolean;
  isWatched: boolean;
}

export interface Why {
  store: StoreApi<WhyState>;
  ask(question: Question): Promise<void>;
  /** Goes on where the tree ended: the causes of this firing too. */
  extend(question: Question): Promise<void>;
  /** `necessary` runs another past to tell which targets needed the spike. */
  askEffects(necessary: boolean): Promise<void>;
  openRows(ids: ReadonlySet<string>): void;
  setMarks(marks: boolean): void;
  /** While the view is in sight; returns the way to stop. */
  watch(): () => void;
  choose(slot: number, isChosen: boolean): void;
  chooseInput(isChosen: boolean): void;
  /** Every synapse that contributed, also those without a bar of their own; or none. */
  chooseAll(isChosen: boolean): void;
  replayWithout(): Promise<void>;
  clear(): void;
}

export const listedFirings = 4096;
const depth = 3;
const breadth = 6;
const mostEffects = 200;

/** A loop of neurons has no end; nobody opens more levels of the tree than this. */
export const mostLevels = 12;

export const nodeId = ({ neuron, burst }: Question) => `${neuron}@${burst}`;

type Branch = CauseNode["branches"][number];

/** Of a row of the tree, below the row of this path. A firing that caused several has a row under each. */
export function branchId(path: string, { synapse, origin }: Branch, at: number): string {
  return `${path}/${synapse ? synapse.slot : origin} ${synapse?.firedAt ?? at}`;
}

/** The firing that a contribution came from, as far as the tree goes. */
export function sourceNode({ node, synapse }: Branch, nodes: ReadonlyMap<string, CauseNode>): CauseNode | undefined {
  return synapse ? nodes.get(node ?? nodeId({ neuron: synapse.source, burst: synapse.firedAt })) : undefined;
}

export function createWhy(bridge: LabBridge): Why {
  const store = createStore<WhyState>(() => ({ ...empty(), marks: true, isWatched: false }));
  let watchers = 0;
  let asking = new AbortController();

  /** What a question brings counts only while it is the question. */
  const during = async <T>(busy: WhyState["busy"], work: Promise<T>, take: (answer: T) => Partial<WhyState>) => {
    const mine = asking;
    store.setState({ busy, problem: null });
    try {
      const answer = await work;
      if (mine === asking) store.setState({ ...take(answer), busy: null });
    } catch (error) {
      if (mine === asking) store.setState({ busy: null, problem: messageOf(error) });
    }
  };
  const account = async (question: Question, signal: AbortSignal): Promise<Account> => {
    try {
      return await bridge.call("debug.why", question, { signal });
    } catch (error) {
      // It did not fire: then why not.
      if (error instanceof LabError && error.code === "E_CONFLICT") return bridge.call("debug.whyNot", question, { signal });
      throw error;
    }
  };
  const treeOf = (question: Question) => bridge.call("debug.tree", { ...question, depth, breadth }, { signal: asking.signal });

  return {
    store,
    async ask(question) {
      asking.abort();
      asking = new AbortController();
      const mine = asking;
      const { neuron } = question;
      const known = store.getState();
      store.setState({ ...empty(), question, fired: known.question?.neuron === neuron ? known.fired : [], isAsking: true });
      const listed = bridge
        .call("debug.evaluate", { condition: { op: "fired", neuron }, bursts: listedFirings }, { signal: mine.signal })
        .then(({ recorded }) => mine === asking && store.setState({ fired: recorded.last }))
        .catch(() => {});
      try {
        const answer = await account(question, mine.signal);
        if (mine !== asking) return;
        store.setState({ account: answer, isAsking: false });
        if (answer.fired) await during("tree", treeOf(question), (tree) => ({ tree: { ...tree, nodes: byId(tree) } }));
      } catch (error) {
        if (mine === asking) store.setState({ problem: messageOf(error), isAsking: false });
      }
      await listed;
    },
    extend: (question) =>
      during("tree", treeOf(question), (more) => {
        const { tree } = store.getState();
        return tree === null ? {} : { tree: { ...tree, nodes: new Map([...tree.nodes, ...byId(more)]) } };
      }),
    async askEffects(necessary) {
      const { question } = store.getState();
      if (!question) return;
      const call = bridge.call("debug.effects", { ...question, necessary, limit: mostEffects }, { signal: asking.signal });
      await during("effects", call, (effects) => ({ effects }));
    },
    openRows: (open) => store.setState({ open }),
    setMarks: (marks) => store.setState({ marks }),
    watch() {
      watchers++;
      store.setState({ isWatched: true });
      return () => {
        watchers--;
        store.setState({ isWatched: watchers > 0 });
      };
    },
    choose: (slot, isChosen) =>
      store.setState(({ chosen }) => {
        const next = new Set(chosen);
        if (isChosen) next.add(slot);
        else next.delete(slot);
        return { chosen: next };
      }),
    chooseAll: (isChosen) =>
      store.setState(({ account: answer }) => {
        const contributions = isChosen ? (answer?.contributions ?? []) : [];
        return {
          chosen: new Set(contributions.flatMap(({ synapse }) => (synapse ? [synapse.slot] : []))),
          withoutInput: contributions.some(({ origin }) => origin === "input"),
        };
      }),
    chooseInput: (withoutInput) => store.setState({ withoutInput }),
    async replayWithout() {
      const { question, chosen, withoutInput } = store.getState();
      if (!question) return;
      const inputs = withoutInput ? [question.neuron] : [];
      const call = bridge.call(
        "debug.without",
        { ...question, synapses: [...chosen], inputs, sufficient: true },
        { signal: asking.signal },
      );
      await during("without", call, (counterfactual) => ({ counterfactual, tested: { chosen, withoutInput } }));
    },
    clear() {
      asking.abort();
      asking = new AbortController();
      store.setState(empty());
    },
  };
}

function byId({ nodes }: CausalTree): Map<string, CauseNode> {
  return new Map(nodes.map((node) => [node.id, node]));
}

function empty(): Omit<WhyState, "marks" | "isWatched"> {
  return {
    question: null,
    account: null,
    problem: null,
    isAsking: false,
    fired: [],
    tree: null,
    open: new Set(),
    effects: null,
    chosen: new Set(),
    withoutInput: false,
    counterfactual: null,
    tested: null,
    busy: null,
  };
}
