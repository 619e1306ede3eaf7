/** What was wrong with a genome that was refused, and the ways to go on: with its quick fixes, looking at it, a report, another one. */
import { FileDown, FileSearch, Wrench, X } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { GenomeProblem } from "#contracts/genome.ts";
import { fixesOf, openMended } from "../../shell/commands/refused.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { download } from "../../ui/download.ts";
import { fileNameOf } from "../../ui/file-name.ts";
import { t } from "../../ui/messages.ts";
import { SeverityIcon } from "../../ui/SeverityIcon.tsx";
import "./growth.css";

const shownFirst = 20;

export function GrowthFailure({ keepsBrain }: { keepsBrain: boolean }) {
  const { bridge, stores, shell } = useWorkbench();
  const canWrite = useCanWrite();
  const { failure, dismiss } = useStore(stores.growth);
  const [all, setAll] = useState(false);
  if (!failure) return null;
  const fixes = fixesOf(failure.problems).length;
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
              {problem.quickFix && (
                <>
                  <dt>{t("growth.quickFix")}</dt>
                  <dd>{problem.quickFix.title}</dd>
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
        <Button icon={FileSearch} onPress={() => shell.getState().open("refused")}>
          {t("growth.openReadOnly")}
        </Button>
        <Button {...(fixes > 0 ? {} : { variant: "primary" as const })} onPress={() => shell.getState().open("open")}>
          {t("growth.another")}
        </Button>
        {fixes > 0 && (
          <Button icon={Wrench} variant="primary" isDisabled={!canWrite} onPress={() => openMended({ bridge, stores, shell })}>
            {t("growth.mend", { count: fixes })}
          </Button>
        )}
      </div>
    </div>
  );
}

/** All problems as a file, to send to whoever made the genome. */
function saveReport({ name, problems }: { name: string; problems: readonly GenomeProblem[] }): void {
  download("genome-problems.json", "application/json", `${JSON.stringify({ genome: fileNameOf(name), problems }, null, 2)}\n`);
}
