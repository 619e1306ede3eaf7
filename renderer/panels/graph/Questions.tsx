/** Paths, motifs and hubs, answered by the database; what is found is selected by its name. */
import { Crosshair, Search, Waypoints } from "lucide-react";
import type { FormEvent } from "react";
import { useStore } from "zustand";
import type { GraphNode } from "#contracts/commands/neo4j.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { type Answer, isAskable, type QuestionKind } from "../../stores/graph-store.ts";
import { Button } from "../../ui/Button.tsx";
import { Badge, EmptyState, Notice } from "../../ui/feedback.tsx";
import { Select } from "../../ui/fields.tsx";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";
import { AreaLink } from "../memory/AreaLink.tsx";
import { NeuronLink } from "../why/NeuronLink.tsx";

const kinds = ["paths", "reciprocal", "feedForward", "loop", "hubs"] as const satisfies readonly QuestionKind[];
const levels = ["areas", "neurons"] as const satisfies readonly GraphNode["level"][];

export function Questions() {
  const { stores } = useWorkbench();
  const { question, answer, isAsking, unanswered } = useStore(stores.graph.store);
  const { kind, level, maxHops } = question;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    void stores.graph.ask();
  };
  return (
    <section className="graph-section graph-questions" aria-labelledby="graph-questions">
      <h3 id="graph-questions">{t("graph.questionHead")}</h3>
      <form className="graph-question" onSubmit={ask}>
        <Select
          label={t("graph.question")}
          value={kind}
          choices={kinds.map((id) => ({ id, label: t(`graph.question.${id}`) }))}
          onChange={(next) => stores.graph.change({ kind: next })}
        />
        <Select
          label={t("graph.level")}
          value={level}
          choices={levels.map((id) => ({ id, label: t(`graph.level.${id}`) }))}
          onChange={(next) => stores.graph.change({ level: next })}
        />
        {kind === "paths" && (
          <>
            <End end="from" />
            <End end="to" />
            <NumberField
              label={t("graph.hops")}
              value={maxHops}
              minValue={1}
              maxValue={8}
              integer
              unit={t("graph.hopUnit")}
              onCommit={(next) => stores.graph.change({ maxHops: next })}
            />
          </>
        )}
        <Button type="submit" variant="primary" icon={Search} isDisabled={isAsking || !isAskable(question)}>
          {t("graph.ask")}
        </Button>
      </form>
      {isAsking && <EmptyState icon={Search}>{t("graph.asking")}</EmptyState>}
      {unanswered && <Notice severity="error">{unanswered}</Notice>}
      {!isAsking && !unanswered && !answer && <EmptyState icon={Waypoints}>{t("graph.notAsked")}</EmptyState>}
      {answer && <Found answer={answer} hops={maxHops} />}
    </section>
  );
}

/** One end of a path: an area by name, a neuron by number, or what is selected. */
function End({ end }: { end: "from" | "to" }) {
  const { stores } = useWorkbench();
  const areas = useStore(stores.brain, (state) => state.areas);
  const { area, neuron } = useStore(stores.selection);
  const question = useStore(stores.graph.store, (state) => state.question);
  const { level } = question;
  const [value, selected] = [question[end][level], level === "areas" ? area : neuron];
  const put = (id: string | number) => stores.graph.change({ [end]: { ...question[end], [level]: id } });
  return (
    <span className="graph-end">
      {level === "areas" ? (
        <Select
          label={t(`graph.${end}`)}
          value={String(value ?? "")}
          choices={areas.map(({ id, name }) => ({ id: id as string, label: name }))}
          onChange={put}
        />
      ) : (
        <NumberField label={t(`graph.${end}`)} value={Number(value)} minValue={0} integer onCommit={put} />
      )}
      <Button
        icon={Crosshair}
        variant="quiet"
        label={t(`graph.${end}Selected`)}
        isDisabled={selected === null || selected === value}
        onPress={() => selected !== null && put(selected)}
      />
    </span>
  );
}

function Found({ answer: { kind, rows, isCut, ms }, hops }: { answer: Answer; hops: number }) {
  if (rows.length === 0) return <EmptyState icon={Waypoints}>{t(`graph.none.${kind}`, { hops })}</EmptyState>;
  return (
    <>
      <p className="graph-found num" aria-live="polite">
        {t("graph.found", { count: rows.length, ms: Math.round(ms) })} {isCut && <Badge>{t("graph.cut", { count: rows.length })}</Badge>}
      </p>
      <table className="data-table graph-answer" aria-label={t("graph.answer")}>
        <thead>
          <tr>
            <th scope="col">{t("graph.nodes")}</th>
            {kind === "paths" && <th scope="col">{t("graph.hopsColumn")}</th>}
            {kind === "hubs" && <th scope="col">{t("graph.in")}</th>}
            {kind === "hubs" && <th scope="col">{t("graph.out")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ nodes, counts }) => (
            <tr key={nodes.map(({ id }) => id).join(" ")}>
              <td>
                <Nodes kind={kind} nodes={nodes} />
              </td>
              {kind === "paths" && <td>{nodes.length - 1}</td>}
              {counts && <td>{formatCount(counts.in)}</td>}
              {counts && <td>{formatCount(counts.out)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** How one leads to the next: there and back for a pair, back to the start for a loop, past the middle for a triangle. */
const signs: Record<QuestionKind, { between: string; after: string }> = {
  paths: { between: "→", after: "" },
  reciprocal: { between: "⇄", after: "" },
  feedForward: { between: "→", after: "⤴" },
  loop: { between: "→", after: "↺" },
  hubs: { between: "", after: "" },
};

function Nodes({ kind, nodes }: { kind: QuestionKind; nodes: GraphNode[] }) {
  const { between, after } = signs[kind];
  return (
    <span className="graph-nodes">
      {nodes.map((node, at) => (
        <span key={node.id}>
          {at > 0 && <span className="graph-arrow">{between}</span>}
          {node.level === "areas" ? <AreaLink id={node.id} /> : <NeuronLink neuron={node.id} />}
        </span>
      ))}
      {after && <span className="graph-arrow">{after}</span>}
    </span>
  );
}
