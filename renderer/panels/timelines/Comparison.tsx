/** The chosen timeline beside the one that lives: where they part, by how much, in which areas, and who fired in one alone. */
import { CircleHelp, FastForward, LocateFixed, X } from "lucide-react";
import { useStore } from "zustand";
import type { TimelineComparison, TimelineDifference } from "#contracts/commands/timeline.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/feedback.tsx";
import { Switch } from "../../ui/fields.tsx";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { Plot } from "../../ui/plot/Plot.tsx";
import { AreaLink } from "../memory/AreaLink.tsx";
import { NeuronLink } from "../why/NeuronLink.tsx";

const mostAreas = 12;
const plotHeight = 150;

export function Comparison() {
  const { stores } = useWorkbench();
  const { comparison, difference, keepsStep } = useStore(stores.timelines.store);
  const cursor = useStore(stores.selection, (selection) => selection.cursor);
  const burst = useStore(stores.brain, ({ status }) => status?.burst ?? 0);
  const canWrite = useCanWrite();
  if (!comparison) return <p className="timelines-comparison dim">{t("timelines.comparing")}</p>;
  const { here, there, from, to, every } = comparison;
  return (
    <section className="timelines-comparison" aria-label={t("timelines.comparison", { here: here.name, there: there.name })}>
      <div className="timelines-tools">
        <Verdict comparison={comparison} />
        <Switch
          label={t("timelines.keepStep")}
          value={keepsStep}
          isDisabled={!canWrite}
          onCommit={(value) => stores.timelines.setKeepsStep(value)}
        />
        <CatchUp comparison={comparison} />
      </div>
      {to >= from && (
        <Plot
          label={t("timelines.plot", { here: here.name, there: there.name })}
          data={stores.timelines.counts}
          x={{ label: t("unit.burst") }}
          y={{ label: every === 1 ? t("timelines.fired") : t("timelines.firedMean", { every }), from: 0 }}
          series={[
            { label: here.name, look: 0 },
            { label: there.name, look: 1 },
            { label: t("timelines.only", { name: here.name }), look: 2, kind: "step" },
            { label: t("timelines.only", { name: there.name }), look: 3, kind: "step" },
          ]}
          mark={cursor ?? burst}
          onPick={(at) => stores.timeline.seek(at)}
          height={plotHeight}
        />
      )}
      <div className="timelines-tables">
        <Areas comparison={comparison} />
        {difference && <AtBurst difference={difference} comparison={comparison} />}
      </div>
    </section>
  );
}

function Verdict({ comparison: { from, to, firstDifference, differing } }: { comparison: TimelineComparison }) {
  const { stores } = useWorkbench();
  if (to < from) return <Notice severity="info">{t("timelines.nothingShared")}</Notice>;
  const bursts = to - from + 1;
  if (firstDifference === null) return <Notice severity="ok">{t("timelines.same", { bursts, from, to })}</Notice>;
  return (
    <>
      <strong className="num">{t("timelines.part", { burst: firstDifference })}</strong>
      <span className="dim num">{t("timelines.differing", { differing, bursts })}</span>
      <Button icon={LocateFixed} onPress={() => stores.timeline.seek(firstDifference)}>
        {t("timelines.goThere")}
      </Button>
    </>
  );
}

function CatchUp({ comparison: { here, there } }: { comparison: TimelineComparison }) {
  const { stores } = useWorkbench();
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const catchingUp = useStore(stores.timelines.store, (state) => state.catchingUp);
  if (catchingUp !== null) {
    return (
      <>
        <span className="dim num" role="status">
          {t("timelines.catchingUp", { name: there.name, burst: catchingUp })}
        </span>
        <Button icon={X} onPress={() => stores.timelines.stopCatchingUp()}>
          {t("common.cancel")}
        </Button>
      </>
    );
  }
  if (there.last >= here.last) return null;
  return (
    <Button icon={FastForward} isDisabled={!canWrite} onPress={() => attempt(stores.timelines.catchUp())}>
      {t("timelines.catchUp", { name: there.name, burst: here.last })}
    </Button>
  );
}

function Areas({ comparison: { areas, here, there } }: { comparison: TimelineComparison }) {
  const shown = areas.filter(({ onlyHere, onlyThere }) => onlyHere + onlyThere > 0).slice(0, mostAreas);
  if (shown.length === 0) return null;
  return (
    <table className="data-table timelines-areas">
      <caption>{t("timelines.byArea")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("timelines.area")}</th>
          <th scope="col" className="num">
            {t("timelines.only", { name: here.name })}
          </th>
          <th scope="col" className="num">
            {t("timelines.only", { name: there.name })}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ area, onlyHere, onlyThere }) => (
          <tr key={area}>
            <th scope="row">
              <AreaLink id={area} />
            </th>
            <td className="num">{formatCount(onlyHere)}</td>
            <td className="num">{formatCount(onlyThere)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AtBurst({ difference, comparison: { here, there } }: { difference: TimelineDifference; comparison: TimelineComparison }) {
  const { burst, onlyHere, onlyThere, onlyHereNeurons, onlyThereNeurons } = difference;
  const sides = [
    { name: here.name, count: onlyHere, neurons: onlyHereNeurons, isHere: true },
    { name: there.name, count: onlyThere, neurons: onlyThereNeurons, isHere: false },
  ];
  return (
    <div className="timelines-burst">
      <h3 className="num">{t("timelines.inBurst", { burst })}</h3>
      {sides.map(({ name, count, neurons, isHere }) => (
        <div key={name}>
          <h4 className="num">{t("timelines.onlyCount", { name, count })}</h4>
          {count > 0 && (
            <ul className="timelines-neurons">
              {neurons.map(({ neuron }) => (
                <li key={neuron}>
                  <NeuronLink neuron={neuron} />
                  <Ask neuron={neuron} burst={burst} isHere={isHere} />
                </li>
              ))}
              {count > neurons.length && <li className="dim num">{t("timelines.more", { count: count - neurons.length })}</li>}
            </ul>
          )}
        </div>
      ))}
    </div>
  );
}

/** Why it fired here, or why it did not. */
function Ask({ neuron, burst, isHere }: { neuron: number; burst: number; isHere: boolean }) {
  const { stores, shell } = useWorkbench();
  return (
    <Button
      icon={CircleHelp}
      variant="quiet"
      label={t(isHere ? "timelines.why" : "timelines.whyNot", { neuron })}
      onPress={() => {
        shell.getState().docks?.show("why");
        void stores.why.ask({ neuron, burst });
      }}
    />
  );
}
