/** What is wrong with the genome or the brain: where, why, and what to do; a press mends it or leads to the area. */
import { AudioWaveform, CircleCheck, Gauge, Waypoints, Wrench } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { Problem } from "#contracts/commands/connectome/edits.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { FilterField } from "../../ui/FilterField.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { Select } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { SeverityIcon } from "../../ui/SeverityIcon.tsx";
import "./problems.css";

type Filter = "all" | "error" | "warning" | "info";
const order = { error: 0, warning: 1, info: 2 };

export function Problems() {
  const { stores, scene, lab } = useWorkbench();
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const problems = useStore(stores.problems, (state) => state.problems);
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const [query, setQuery] = useState("");
  const [severity, setSeverity] = useState<Filter>("all");
  if (problems.length === 0) return <EmptyState icon={CircleCheck}>{t("problems.none")}</EmptyState>;
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = problems
    .filter((problem) => severity === "all" || problem.severity === severity)
    .filter(({ code, message, path }) => words.every((word) => `${code} ${message} ${path}`.toLowerCase().includes(word)))
    .sort((a, b) => order[a.severity] - order[b.severity]);
  const fixesOf = (list: typeof shown) => list.flatMap(({ quickFix }) => (quickFix ? [{ path: quickFix.path, text: quickFix.text }] : []));
  const fixable = fixesOf(shown);
  const mend = (fixes: typeof fixable) => attempt(lab.genome.mend({ fixes }));
  return (
    <div className="panel">
      <div className="panel-toolbar">
        <FilterField
          label={t("problems.filter")}
          hint={t("problems.filterHint", { count: problems.length })}
          value={query}
          onChange={setQuery}
        />
        <Select
          label={t("problems.severity")}
          hideLabel
          value={severity}
          onChange={setSeverity}
          choices={(["all", "error", "warning", "info"] as const).map((id) => ({ id, label: t(`severity.${id}`) }))}
        />
        {fixable.length > 1 && (
          <Button icon={Wrench} isDisabled={!canWrite} onPress={() => mend(fixable)}>
            {t("problems.fixAll", { count: fixable.length })}
          </Button>
        )}
      </div>
      <ul className="problem-list" aria-label={t("problems.list")}>
        {shown.map((problem, i) => {
          const area = problem.area === undefined ? undefined : areaById.get(problem.area);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole
            <li key={i}>
              <SeverityIcon severity={problem.severity} />
              <span className="visually-hidden">{t(`severity.${problem.severity}`)}</span>
              <div>
                <p>{problem.message}</p>
                <p className="dim">
                  <code>{problem.code}</code> {problem.path !== "" && <code>{problem.path}</code>}
                </p>
                {problem.fix && <p>{t("problems.fix", { fix: problem.fix })}</p>}
              </div>
              <div className="problem-actions">
                {problem.quickFix && (
                  <Button icon={Wrench} isDisabled={!canWrite} onPress={() => mend(fixesOf([problem]))}>
                    {problem.quickFix.title}
                  </Button>
                )}
                {problem.ways?.map((way) => (
                  <Way key={JSON.stringify(way)} way={way} />
                ))}
                {area && (
                  <Button
                    variant="quiet"
                    onPress={() => {
                      stores.selection.getState().selectArea(area.id);
                      scene.frame("selection");
                    }}
                  >
                    {t("problems.goTo", { name: area.name })}
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {shown.length === 0 && <EmptyState>{t("problems.noMatch")}</EmptyState>}
    </div>
  );
}

/** What can be done at once: the thing is chosen and the view that does it comes to the front. */
function Way({ way }: { way: NonNullable<Problem["ways"]>[number] }) {
  const { stores, shell, lab } = useWorkbench();
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const show = shell.getState().docks?.show;
  switch (way.way) {
    case "rate":
      return (
        <Button icon={Gauge} isDisabled={!canWrite} onPress={() => attempt(lab.brain.setRate({ rateHz: way.hz }))}>
          {t("problems.rate", { hz: way.hz })}
        </Button>
      );
    case "stimulate":
      return (
        <Button
          icon={AudioWaveform}
          onPress={() => {
            stores.selection.getState().selectArea(way.area);
            show?.("stimulate");
          }}
        >
          {t("problems.stimulate")}
        </Button>
      );
    case "mapping":
      return (
        <Button
          icon={Waypoints}
          onPress={() => {
            stores.editing.getState().choose({ mapping: { src: way.src, dst: way.dst } });
            show?.("inspector");
          }}
        >
          {t("problems.mapping")}
        </Button>
      );
    case "newMapping":
      return (
        <Button
          icon={Waypoints}
          onPress={() => {
            stores.mappingDrafts.getState().begin(null, way.dst);
            show?.("mapping");
          }}
        >
          {t("problems.newMapping")}
        </Button>
      );
  }
}
