/** Modulators: what each said over bursts, who they are, and what they change now beside what is set. */
import { Plus, Radio as RadioIcon } from "lucide-react";
import { useMemo, useRef } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { useStore } from "zustand";
import { useWhileShown } from "../../shell/use-while-shown.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import type { Modulator, ModulatorMeasure } from "../../stores/modulator-store.ts";
import { Button } from "../../ui/Button.tsx";
import { Badge, EmptyState, Notice } from "../../ui/feedback.tsx";
import { formatExact } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { Plot } from "../../ui/plot/Plot.tsx";
import { pickSeries } from "../../ui/plot/plot-data.ts";
import { AreaLink } from "../memory/AreaLink.tsx";
import { Classifiers } from "./Classifiers.tsx";
import { EditButtons } from "./EditButtons.tsx";
import { Effects } from "./Effects.tsx";
import "./modulators.css";

export function Modulators() {
  const { stores } = useWorkbench();
  const panel = useRef<HTMLDivElement>(null);
  const hasBrain = useStore(stores.brain, ({ status }) => status !== null && status.brainId !== null);
  const { modulators, classifiers, problem } = useStore(stores.modulators.store);
  const canWrite = useCanWrite();
  const { ask } = stores.editing.getState();
  useWhileShown(panel, stores.modulators.watch);
  return (
    <div ref={panel} className="panel modulators">
      {!hasBrain && <EmptyState icon={RadioIcon}>{t("modulators.noBrain")}</EmptyState>}
      {hasBrain && problem !== null && <Notice severity="warning">{problem}</Notice>}
      {hasBrain && modulators === null && problem === null && <EmptyState icon={RadioIcon}>{t("modulators.loading")}</EmptyState>}
      {hasBrain && modulators && (
        <div className="panel-toolbar">
          <Button icon={Plus} isDisabled={!canWrite} onPress={() => ask({ kind: "modulator", id: null })}>
            {t("modulators.new")}
          </Button>
          <Button icon={Plus} isDisabled={!canWrite} onPress={() => ask({ kind: "classifier", id: null })}>
            {t("classifiers.new")}
          </Button>
        </div>
      )}
      {hasBrain && modulators?.length === 0 && <EmptyState icon={RadioIcon}>{t("modulators.none")}</EmptyState>}
      {hasBrain && modulators && modulators.length + classifiers.length > 0 && (
        <div className="modulators-parts">
          {modulators.length > 0 && <Levels />}
          {modulators.length > 0 && <Effects />}
          <ul className="modulators-list" aria-label={t("modulators.list")}>
            {modulators.map((modulator) => (
              <Row key={modulator.id} modulator={modulator} />
            ))}
          </ul>
          <Classifiers classifiers={classifiers} />
        </div>
      )}
    </div>
  );
}

const measures = ["factor", "signal"] as const satisfies readonly ModulatorMeasure[];

function Levels() {
  const { stores } = useWorkbench();
  const { levels, measure } = useStore(stores.modulators.store);
  const cursor = useStore(stores.selection, (state) => state.cursor);
  const data = useMemo(() => {
    if (levels === null) return null;
    const first = measure === "signal" ? 0 : levels.ids.length;
    return pickSeries(
      levels.data,
      levels.ids.map((_, i) => first + i),
    );
  }, [levels, measure]);
  if (levels === null || data === null || levels.ids.length === 0) return null;
  return (
    <div className="modulators-levels">
      <RadioGroup
        className="segmented"
        orientation="horizontal"
        value={measure}
        onChange={(next) => stores.modulators.measure(next as ModulatorMeasure)}
      >
        <Label className="visually-hidden">{t("modulators.measure")}</Label>
        {measures.map((one) => (
          <Radio key={one} value={one} className="segment">
            {t(`modulators.${one}`)}
          </Radio>
        ))}
      </RadioGroup>
      <Plot
        label={t("modulators.curve")}
        data={data}
        x={{ label: t("unit.burst") }}
        y={{ label: t(`modulators.${measure}`), format: formatExact, ...(measure === "signal" ? {} : { from: 0 }) }}
        series={levels.ids.map((id) => ({ label: id, kind: "step" }))}
        mark={cursor}
        onPick={(burst) => stores.timeline.seek(burst)}
        height={140}
        empty={t("modulators.curveEmpty")}
      />
    </div>
  );
}

function Row({ modulator }: { modulator: Modulator }) {
  const { stores, shell } = useWorkbench();
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const { id, type, driver, active, areas, mappings, graded, fullScalePotential } = modulator;
  const nameOf = (area: string) => areaById.get(area)?.name ?? area;
  return (
    <li>
      <div className="modulators-head">
        <strong>{id}</strong>
        <Badge>{t(`modulators.kind.${type}`)}</Badge>
        {!active && <Badge tone="warning">{t("modulators.inactive")}</Badge>}
        <EditButtons
          name={id}
          change={{ kind: "modulator", id }}
          rename={{ kind: "renameModulator", id }}
          remove={{ kind: "removeModulator", id }}
        />
      </div>
      {!active && (
        <Notice severity="warning">
          {t("modulators.inactiveNote")}
          <Button onPress={() => shell.getState().docks?.show("problems")}>{t("modulators.showProblems")}</Button>
        </Notice>
      )}
      <dl className="facts">
        <dt>{t("modulators.driver")}</dt>
        <dd>
          <AreaLink id={driver} />
        </dd>
        <dt>{t("modulators.magnitude")}</dt>
        <dd>{t("modulators.percent", { percent: modulator.magnitudePercent })}</dd>
        <dt>{t("modulators.duration")}</dt>
        <dd>
          {t("inspector.bursts", { count: modulator.effectDurationBursts })}
          {modulator.restBursts > 0 && `, ${t("modulators.rest")} ${t("inspector.bursts", { count: modulator.restBursts })}`}
        </dd>
        {graded && fullScalePotential !== null && (
          <>
            <dt>{t("modulators.graded")}</dt>
            <dd>{t("modulators.full", { potential: fullScalePotential })}</dd>
          </>
        )}
        <dt>{t("modulators.listeners")}</dt>
        <dd>
          {areas.length + mappings.length === 0 && t("modulators.nobody")}
          {areas.map((area) => (
            <AreaLink key={area} id={area} />
          ))}
          {mappings.map(({ src, dst }) => (
            <div key={`${src} ${dst}`}>{t("modulators.pair", { src: nameOf(src), dst: nameOf(dst) })}</div>
          ))}
        </dd>
      </dl>
    </li>
  );
}
