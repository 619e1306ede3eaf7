/** One mapping that learns: what it learns by, its curve, its weights, and taking hold of it. */
import { RotateCcw, Snowflake } from "lucide-react";
import { useMemo } from "react";
import { useStore } from "zustand";
import type { LearningMapping } from "#contracts/commands/learning.ts";
import type { CorticalId } from "#contracts/connectome.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import type { Pair } from "../../stores/learning-store.ts";
import { recentBursts } from "../../stores/recorded-curve.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Badge } from "../../ui/feedback.tsx";
import { Select } from "../../ui/fields.tsx";
import { formatCount, formatExact, formatFigure, formatPercent } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { Plot } from "../../ui/plot/Plot.tsx";
import { plotDataOf } from "../../ui/plot/plot-data.ts";
import { AreaLink } from "../memory/AreaLink.tsx";

const plotHeight = 150;

export function MappingView({ mapping, mappings }: { mapping: LearningMapping; mappings: readonly LearningMapping[] }) {
  const { stores, lab } = useWorkbench();
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const { reach, isReading, isResetting } = useStore(stores.learning.store);
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const cursor = useStore(stores.selection, (state) => state.cursor);
  const pair = { src: mapping.src, dst: mapping.dst };
  const nameOf = (id: CorticalId) => areaById.get(id)?.name ?? id;
  const [src, dst] = [nameOf(mapping.src), nameOf(mapping.dst)];
  const setResetting = (isOpen: boolean) => stores.learning.store.setState({ isResetting: isOpen });
  return (
    <section className="learning-mapping" aria-label={`${src} → ${dst}`}>
      <header className="learning-head">
        <span className="learning-select">
          <Select
            label={t("learning.mapping")}
            hideLabel
            value={keyOf(mapping)}
            onChange={(key) => {
              const next = mappings.find((one) => keyOf(one) === key);
              if (next) stores.learning.choose({ src: next.src, dst: next.dst });
            }}
            choices={mappings.map((one) => ({ id: keyOf(one), label: t("learning.pair", { src: nameOf(one.src), dst: nameOf(one.dst) }) }))}
          />
        </span>
        <span className="learning-title">
          <AreaLink id={mapping.src} /> <span aria-hidden>→</span> <span className="visually-hidden">{t("learning.to")}</span>
          <AreaLink id={mapping.dst} />
        </span>
        <Badge>{t(`learning.mode.${mapping.mode}`)}</Badge>
        {mapping.associative && <Badge>{t("learning.associative")}</Badge>}
        {mapping.frozen && <Badge tone="accent">{t("learning.frozen")}</Badge>}
        <span className="learning-actions">
          <Select
            label={t("learning.reach")}
            hideLabel
            value={reach}
            onChange={stores.learning.setReach}
            choices={[
              { id: "recent", label: t("learning.recent", { bursts: recentBursts }) },
              { id: "all", label: t("learning.all") },
            ]}
          />
          <Button
            icon={Snowflake}
            label={t("learning.freeze")}
            pressed={mapping.frozen}
            isDisabled={!canWrite}
            onPress={() => attempt(lab.learning.freeze({ ...pair, on: !mapping.frozen }).then(stores.learning.again))}
          />
          <Button
            icon={RotateCcw}
            label={t("learning.reset")}
            isDisabled={!canWrite || mapping.synapses === 0}
            onPress={() => setResetting(true)}
          />
        </span>
      </header>
      {mapping.synapses === 0 && <p className="dim learning-note">{t("learning.noSynapses")}</p>}
      <div className="learning-plots">
        <Plot
          label={t("learning.curve", { src, dst })}
          title={t("learning.curveTitle")}
          data={stores.learning.curve}
          x={{ label: t("unit.burst") }}
          y={{ label: t("learning.weight"), from: 0 }}
          series={[
            { label: t("learning.mean"), look: 0 },
            { label: t("learning.lowest"), look: 5 },
            { label: t("learning.highest"), look: 2 },
          ]}
          bands={[[2, 1]]}
          mark={cursor}
          onPick={(burst) => stores.timeline.seek(burst)}
          height={plotHeight}
          empty={t(isReading ? "learning.reading" : "learning.curveEmpty")}
        />
        <Spread src={src} dst={dst} />
        <Facts mapping={mapping} />
      </div>
      <ConfirmDialog
        title={t("learning.resetTitle")}
        action={t("learning.resetAction")}
        isOpen={isResetting}
        onClose={() => setResetting(false)}
        onConfirm={() => attempt(lab.learning.reset(pair).then(stores.learning.again))}
      >
        <p>{t("learning.resetLoses", { synapses: mapping.synapses, src, dst })}</p>
      </ConfirmDialog>
    </section>
  );
}

const keyOf = ({ src, dst }: Pair) => `${src} ${dst}`;

function Spread({ src, dst }: { src: string; dst: string }) {
  const { stores } = useWorkbench();
  const spread = useStore(stores.learning.store, (state) => state.spread);
  const data = useMemo(() => {
    if (spread === null) return plotDataOf([], [[]]);
    const { from, to, counts } = spread;
    const width = (to - from) / counts.length;
    return plotDataOf(
      counts.map((_, i) => from + (i + 0.5) * width),
      [counts],
    );
  }, [spread]);
  return (
    <Plot
      label={t("learning.spread", { src, dst })}
      title={t("learning.spreadTitle")}
      data={data}
      x={{ label: t("learning.bin"), format: formatFigure, isWhole: false }}
      y={{ label: t("learning.synapses"), format: formatCount, from: 0 }}
      series={[{ label: t("learning.synapses"), kind: "bars" }]}
      height={plotHeight}
      empty={t("learning.noSynapses")}
    />
  );
}

function Facts({ mapping }: { mapping: LearningMapping }) {
  const { weight, maxWeight, changed } = mapping;
  const facts: [string, string][] = [
    [t("learning.synapses"), formatCount(mapping.synapses)],
    ...(weight ? ([[t("learning.meanWeight"), formatExact(weight.mean)]] as [string, string][]) : []),
    [t("learning.changed"), changed === null ? "–" : formatCount(changed)],
    [t("learning.window"), t("inspector.bursts", { count: mapping.window })],
    [t("learning.rise"), formatCount(mapping.rise)],
    [t("learning.fall"), formatCount(mapping.fall)],
    [t("learning.eta"), formatExact(mapping.eta)],
    [t("learning.maxWeight"), maxWeight === null ? t("learning.noLimit") : formatExact(maxWeight)],
    [t("learning.decay"), formatPercent(mapping.decay)],
  ];
  return (
    <dl className="facts learning-facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
