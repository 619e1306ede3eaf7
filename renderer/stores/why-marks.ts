/**
 * The ways that the question why follows, as marks for the scene: the neuron asked about, the sources of the causes that are open, where its
 * spike went, and the mappings in between. While the view is looked at and wants it.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CorticalId } from "#contracts/connectome.ts";
import type { VoxelMarks, Way } from "../scene/scene-types.ts";
import { areaOfNeuron, type BrainStore } from "./brain-store.ts";
import { branchId, type CauseNode, mostLevels, sourceNode, type Why, type WhyState } from "./why-store.ts";

interface WhyMark extends VoxelMarks {
  what: "asked" | "cause" | "reached" | "inhibitory";
}
export interface WhyMarks {
  marks: readonly WhyMark[];
  /** Of the mappings that the spikes came and went over. */
  ways: readonly Way[];
}

interface Spike {
  source: number;
  target: number;
  inhibitory: boolean;
}

export function createWhyMarks({ store: why }: Pick<Why, "store">, brain: BrainStore): StoreApi<WhyMarks | null> {
  const store = createStore<WhyMarks | null>(() => null);
  const keys = ["question", "account", "tree", "effects", "open", "marks", "isWatched"] as const;
  const follow = () => store.setState(marksOf(why.getState(), brain.getState().areas), true);
  why.subscribe((now, before) => {
    if (keys.some((key) => now[key] !== before[key])) follow();
  });
  brain.subscribe((now, before) => {
    if (now.areas !== before.areas) follow();
  });
  return store;
}

type Areas = readonly { id: CorticalId; firstNeuron: number; neurons: number }[];
type Shown = Pick<WhyState, "question" | "account" | "tree" | "effects" | "open" | "marks" | "isWatched">;

export function marksOf({ question, account, tree, effects, open, marks, isWatched }: Shown, areas: Areas): WhyMarks | null {
  if (!question || !account || !marks || !isWatched) return null;
  const causes = tree ? causesIn(tree, open) : causesOf(account.contributions, question.neuron);
  const reached = (effects?.sent ?? []).map(({ target, inhibitory }): Spike => ({ source: question.neuron, target, inhibitory }));
  const ways = new Map<string, Way>();
  for (const { source, target } of [...causes, ...reached]) {
    const [src, dst] = [areaOfNeuron(areas, source)?.id, areaOfNeuron(areas, target)?.id];
    if (src !== undefined && dst !== undefined) ways.set(`${src} ${dst}`, { src, dst });
  }
  const neurons = (of: (spike: Spike) => number, spikes: readonly Spike[]) => [...new Set(spikes.map(of))];
  const excitatory = ({ inhibitory }: Spike) => !inhibitory;
  const inhibitory = ({ inhibitory: is }: Spike) => is;
  const source = (spike: Spike) => spike.source;
  const target = (spike: Spike) => spike.target;
  const all: WhyMark[] = [
    { what: "asked", shape: "frame", colour: "text", neurons: [question.neuron] },
    { what: "cause", shape: "triangle", colour: "excitatory", neurons: neurons(source, causes.filter(excitatory)) },
    { what: "reached", shape: "ring", colour: "excitatory", neurons: neurons(target, reached.filter(excitatory)) },
    {
      ...{ what: "inhibitory", shape: "cross", colour: "inhibitory" },
      neurons: [...neurons(source, causes.filter(inhibitory)), ...neurons(target, reached.filter(inhibitory))],
    },
  ];
  return { marks: all.filter((mark) => mark.neurons.length > 0), ways: [...ways.values()] };
}

/** Of the rows of the tree that can be seen: those of the firing asked about, and below what was opened. */
function causesIn({ root, nodes }: NonNullable<WhyState["tree"]>, open: ReadonlySet<string>): Spike[] {
  const below = (node: CauseNode | undefined, path: string, level: number): Spike[] =>
    node?.branches.flatMap((branch, at) => {
      const id = branchId(path, branch, at);
      const isOpen = open.has(id) && level < mostLevels;
      return [...causesOf([branch], node.neuron), ...(isOpen ? below(sourceNode(branch, nodes), id, level + 1) : [])];
    }) ?? [];
  return below(nodes.get(root), "", 0);
}

type Contributions = readonly Pick<CauseNode["branches"][number], "synapse">[];

function causesOf(contributions: Contributions, target: number): Spike[] {
  return contributions.flatMap(({ synapse }) => (synapse ? [{ source: synapse.source, target, inhibitory: synapse.inhibitory }] : []));
}
