/** A genome on its way to a brain: the stages by name with what is counted, and what was wrong when it did not get there. */
import { CircleCheck, CircleDashed, FileDown, LoaderCircle, X } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { type GenomeProblem, growthStages } from "#contracts/genome.ts";
import { useAttempt, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { download } from "../../ui/download.ts";
import { Progress } from "../../ui/feedback.tsx";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { SeverityIcon } from "../../ui/SeverityIcon.tsx";
import "./growth.css";

export function Growth() {
  const { stores, lab } = useWorkbench();
  const { stage, done, areas, neurons, synapses, finished } = useStore(stores.growth);
  const attempt = useAttempt();
  const counts = {
    parse: "",
    corticogenesis: t("growth.areas", { count: areas }),
    voxelogenesis: "",
    neurogenesis: t("growth.neurons", { count: neurons }),
    synaptogenesis: t("growth.synapses", { count: synapses }),
  };
  const newest = finished.at(-1);
  return (
    <section className="scene-card growth" aria-label={t("growth.title")}>
      <div className="growth-head">
        <h2>{t("growth.title")}</h2>
        <Button icon={X} onPress={() => attempt(lab.genome.cancel({}))}>
          {t("growth.cancel")}
        </Button>
      </div>
      <ol>
        {growthStages.map((name) => {
          const state = done[name] >= 1 ? "done" : name === stage ? "now" : "waiting";
          return (
            <li key={name} data-state={state}>
              {state === "done" && <CircleCheck size={15} className="severity-ok" aria-hidden />}
              {state === "now" && <LoaderCircle size={15} className="growth-turn" aria-hidden />}
              {state === "waiting" && <CircleDashed size={15} aria-hidden />}
              <Progress label={t(`growth.${name}`)} value={done[name]} detail={state === "waiting" ? "" : counts[name]} />
            </li>
          );
        })}
      </ol>
      <p className="dim growth-newest" aria-live="polite">
        {newest ? t("growth.finished", { name: newest.name, neurons: formatCount(newest.neurons) }) : t("growth.begin")}
      </p>
    </section>
  );
}

const shownFirst = 20;

export function GrowthFailure({ keepsBrain }: { keepsBrain: boolean }) {
  const { stores, shell } = useWorkbench();
  const { failure, dismiss } = useStore(stores.growth);
  const [all, setAll] = useState(false);
  if (!failure) return null;
  const shown = all ? failure.problems : failure.problems.slice(0, shownFirst);
  return (
    <div className="scene-card growth-failure" role="alertdialog" aria-label={t("growth.failed")} aria-describedby="growth-failure-what">
      <div className="growth-head">
        <h2>
          <SeverityIcon severity="error" size={16} /> {t("growth.failed")}
        </h2>
        <Button icon={X} label={t("common.close")} variant="quiet" onPress={dismiss} />
      </div>
      <p id="growth-failure-what">
        <strong>{failure.name}</strong> · {t("growth.problemCount", { count: failure.problems.length })}{" "}
        {t(keepsBrain ? "growth.brainKept" : "growth.nothingChanged")}
      </p>
      <ul aria-label={t("growth.problems")}>
        {shown.map((problem, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole
          <li key={i}>
            <strong>{problem.message}</strong>
            <code>{problem.path === "" ? t("growth.document") : problem.path}</code>
            <dl>
              <dt>{t("growth.expected")}</dt>
              <dd>{problem.expected}</dd>
              <dt>{t("growth.found")}</dt>
              <dd>{problem.found}</dd>
              {problem.fix && (
                <>
                  <dt>{t("growth.fix")}</dt>
                  <dd>{problem.fix}</dd>
                </>
              )}
            </dl>
          </li>
        ))}
      </ul>
      <div className="growth-actions">
        {!all && failure.problems.length > shownFirst && (
          <Button onPress={() => setAll(true)}>{t("growth.showAll", { count: failure.problems.length })}</Button>
        )}
        <Button icon={FileDown} onPress={() => saveReport(failure)}>
          {t("growth.saveReport")}
        </Button>
        <Button variant="primary" onPress={() => shell.getState().open("open")}>
          {t("growth.another")}
        </Button>
      </div>
    </div>
  );
}

/** All problems as a file, to send to whoever made the genome. */
function saveReport({ name, problems }: { name: string; problems: readonly GenomeProblem[] }): void {
  download("genome-problems.json", "application/json", `${JSON.stringify({ genome: name.split(/[\\/]/).at(-1), problems }, null, 2)}\n`);
}
