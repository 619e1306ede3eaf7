/** How Neo4j stands, as the host last announced it, and the question that was put to it last. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { GraphNode, Neo4jStatus, SyncResult } from "#contracts/commands/neo4j.ts";
import { LabError } from "#contracts/errors.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { messageOf } from "../ui/error-text.ts";
import { t } from "../ui/messages.ts";
import type { JobHandle, Jobs } from "./jobs-store.ts";

export type QuestionKind = "paths" | "reciprocal" | "feedForward" | "loop" | "hubs";
type Level = GraphNode["level"];

/** What is asked; ends are kept for both levels, so that switching loses nothing. */
export interface Question {
  kind: QuestionKind;
  level: Level;
  from: Record<Level, string | number | null>;
  to: Record<Level, string | number | null>;
  maxHops: number;
}

/** Rows of nodes; `counts` where the question was of hubs. */
export interface Answer {
  kind: QuestionKind;
  rows: { nodes: GraphNode[]; counts?: { in: number; out: number } }[];
  isCut: boolean;
  ms: number;
}

export interface GraphState {
  status: Neo4jStatus | null;
  /** Of the last write from this window, or why it ended. */
  written: SyncResult | null;
  refusal: string | null;
  /** The last write was refused because of what is there already. */
  isInTheWay: boolean;
  question: Question;
  answer: Answer | null;
  isAsking: boolean;
  /** Why the last question has no answer. */
  unanswered: string | null;
}

export interface Graph {
  store: StoreApi<GraphState>;
  set(status: Neo4jStatus): void;
  write(replace: boolean): Promise<void>;
  change(question: Partial<Question>): void;
  ask(): Promise<void>;
}

export function createGraph(bridge: LabBridge, jobs: Jobs): Graph {
  const store = createStore<GraphState>(() => ({
    status: null,
    written: null,
    refusal: null,
    isInTheWay: false,
    question: { kind: "paths", level: "areas", from: { areas: null, neurons: 0 }, to: { areas: null, neurons: 1 }, maxHops: 4 },
    answer: null,
    isAsking: false,
    unanswered: null,
  }));
  return {
    store,
    set: (status) => store.setState({ status }),
    async write(replace) {
      store.setState({ written: null, refusal: null, isInTheWay: false });
      try {
        const work = ({ signal }: JobHandle) => bridge.call("neo4j.sync", { replace }, { signal });
        store.setState({ written: await jobs.run({ kind: "other", name: t("graph.job") }, work) });
      } catch (error) {
        store.setState({ refusal: messageOf(error), isInTheWay: error instanceof LabError && error.code === "E_CONFLICT" });
      }
    },
    // An answer stands for its own question only.
    change: (changes) => store.setState(({ question }) => ({ question: { ...question, ...changes }, answer: null, unanswered: null })),
    async ask() {
      const { question, isAsking } = store.getState();
      if (isAsking) return;
      store.setState({ isAsking: true, answer: null, unanswered: null });
      try {
        store.setState({ answer: await answerOf(bridge, question) });
      } catch (error) {
        store.setState({ unanswered: messageOf(error) });
      } finally {
        store.setState({ isAsking: false });
      }
    },
  };
}

/** Whether everything is there that the question needs. */
export function isAskable({ kind, level, from, to }: Question): boolean {
  return kind !== "paths" || (from[level] !== null && to[level] !== null && from[level] !== to[level]);
}

async function answerOf(bridge: LabBridge, { kind, level, from, to, maxHops }: Question): Promise<Answer> {
  if (kind === "paths") {
    const { paths, ...found } = await bridge.call("neo4j.paths", { level, from: from[level], to: to[level], maxHops } as never);
    return { kind, rows: paths.map((nodes) => ({ nodes })), ...found };
  }
  if (kind === "hubs") {
    const { hubs, ...found } = await bridge.call("neo4j.hubs", { level });
    return { kind, rows: hubs.map(({ node, ...counts }) => ({ nodes: [node], counts })), ...found };
  }
  const { motifs, ...found } = await bridge.call("neo4j.motifs", { kind, level });
  return { kind, rows: motifs.map((nodes) => ({ nodes })), ...found };
}
