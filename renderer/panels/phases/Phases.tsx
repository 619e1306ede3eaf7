/** One burst, phase by phase: what each took and left, as a table. Stepping through it computes a burst only after the last phase. */
import { ListOrdered, Search } from "lucide-react";
import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import type { z } from "zod";
import { useStore } from "zustand";
import type { BurstPhases } from "#contracts/commands/time.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { type PhaseName, phaseNames } from "../../stores/phases-store.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { formatCount, formatExact } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { NeuronLink } from "../why/NeuronLink.tsx";
import "./phases.css";

/** Rows of a table; the scene marks what all rows that were read name. */
const mostListed = 200;

type Data = z.infer<typeof BurstPhases>;

export function Phases() {
  const { stores } = useWorkbench();
  const { phases, phase, problem } = useStore(stores.phases.store);
  const at = useStore(stores.brain, ({ status }) => (status?.state === "paused" ? status.burst : 0));
  const look = at > 0 && at !== phases?.burst && (
    <Button icon={Search} onPress={() => void stores.phases.open(at)}>
      {t("phases.look", { burst: at })}
    </Button>
  );
  if (problem !== null) {
    return (
      <div className="panel section">
        <Notice severity="error" live>
          {problem}
        </Notice>
      </div>
    );
  }
  if (!phases) {
    return (
      <EmptyState icon={ListOrdered} actions={look}>
        {t("phases.none")}
      </EmptyState>
    );
  }
  return (
    <div className="panel phases">
      <Tabs selectedKey={phase} onSelectionChange={(key) => stores.phases.choose(key as PhaseName)}>
        <div className="panel-toolbar">
          <span className="num dim" aria-live="polite">
            {t("phases.of", { burst: phases.burst, phase: phaseNames.indexOf(phase) + 1, phases: phaseNames.length })}
          </span>
          <TabList className="phase-tabs" aria-label={t("phases.tabs")}>
            {phaseNames.map((name, index) => (
              <Tab key={name} id={name} className="segment phase-tab">
                {index + 1} {t(`phases.${name}`)}
              </Tab>
            ))}
          </TabList>
          {look}
        </div>
        {phaseNames.map((name) => (
          <TabPanel key={name} id={name} className="phase-panel">
            <PhaseTable data={phases} phase={name} />
          </TabPanel>
        ))}
      </Tabs>
    </div>
  );
}

function PhaseTable({ data, phase }: { data: Data; phase: PhaseName }) {
  const { stores, shell } = useWorkbench();
  const { inject, integrate, fire, propagate, learn } = data;
  const neuron = { head: t("phases.neuron"), cell: (row: { neuron: number }) => <NeuronLink neuron={row.neuron} /> };
  const potential = {
    head: t("phases.potential"),
    cell: (row: { membranePotential: number }) => formatExact(row.membranePotential),
  };
  switch (phase) {
    case "inject":
      return (
        <Rows
          about={t("phases.aboutInject", { candidates: inject.candidates, synaptic: inject.synaptic, power: inject.power })}
          count={inject.candidates}
          rows={inject.rows}
          columns={[neuron, { head: t("phases.sum"), cell: (row) => formatExact(row.sum) }]}
        />
      );
    case "integrate":
      return (
        <Rows
          about={t("phases.aboutIntegrate", { count: inject.candidates, refractory: integrate.refractory })}
          count={inject.candidates}
          rows={integrate.rows}
          columns={[neuron, potential, { head: t("phases.countdown"), cell: (row) => formatCount(row.refractoryCountdown) }]}
        />
      );
    case "fire":
      return (
        <Rows
          about={t("phases.aboutFire", { count: fire.fired })}
          count={fire.fired}
          rows={fire.rows}
          columns={[
            neuron,
            potential,
            {
              head: t("panel.why"),
              cell: (row) => (
                <button
                  type="button"
                  className="chip"
                  aria-label={t("phases.why", { neuron: row.neuron, burst: data.burst })}
                  onClick={() => {
                    shell.getState().docks?.show("why");
                    void stores.why.ask({ neuron: row.neuron, burst: data.burst });
                  }}
                >
                  {t("inspector.why")}
                </button>
              ),
            },
          ]}
        />
      );
    case "propagate":
      return (
        <Rows
          about={t("phases.aboutPropagate", { count: propagate.synapses })}
          count={propagate.synapses}
          rows={propagate.rows}
          columns={[
            { head: t("phases.source"), cell: (row) => <NeuronLink neuron={row.source} /> },
            { head: t("phases.target"), cell: (row) => <NeuronLink neuron={row.target} /> },
            { head: t("phases.kind"), cell: (row) => t(row.inhibitory ? "why.inhibitory" : "why.excitatory") },
            { head: t("phases.weight"), cell: (row) => formatExact(row.weight) },
            { head: t("phases.psp"), cell: (row) => formatExact(row.psp) },
            { head: t("phases.delay"), cell: (row) => formatCount(row.delay) },
          ]}
        />
      );
    case "learn":
      return (
        <Rows
          about={t("phases.aboutLearn", { changed: learn.changed, created: learn.created })}
          count={learn.changed}
          rows={learn.rows}
          columns={[
            { head: t("phases.source"), cell: (row) => <NeuronLink neuron={row.source} /> },
            { head: t("phases.target"), cell: (row) => <NeuronLink neuron={row.target} /> },
            { head: t("phases.before"), cell: (row) => formatExact(row.before) },
            { head: t("phases.after"), cell: (row) => formatExact(row.after) },
          ]}
        />
      );
  }
}

function Rows<T>({
  about,
  count,
  rows,
  columns,
}: {
  about: string;
  count: number;
  rows: readonly T[];
  columns: readonly { head: string; cell: (row: T) => ReactNode }[];
}) {
  const listed = rows.slice(0, mostListed);
  return (
    <>
      <p className="phase-about">
        {about} {listed.length < count && <span className="dim">{t("phases.shown", { shown: listed.length, count })}</span>}
      </p>
      {rows.length === 0 ? (
        <p className="dim phase-about">{t("phases.empty")}</p>
      ) : (
        <table className="data-table phase-table">
          <thead>
            <tr>
              {columns.map(({ head }) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {listed.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are replaced whole
              <tr key={at}>
                {columns.map(({ head, cell }) => (
                  <td key={head}>{cell(row)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
