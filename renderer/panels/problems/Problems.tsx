/** What is wrong with the genome or the brain: where, why, and what to do; a click leads to the area. */
import { CircleCheck, Search } from "lucide-react";
import { useState } from "react";
import { Input, SearchField } from "react-aria-components";
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { Select } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { SeverityIcon } from "../../ui/SeverityIcon.tsx";
import "./problems.css";

type Filter = "all" | "error" | "warning" | "info";
const order = { error: 0, warning: 1, info: 2 };

export function Problems() {
  const { stores, scene } = useWorkbench();
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
  return (
    <div className="panel">
      <div className="panel-toolbar">
        <SearchField className="search" aria-label={t("problems.filter")} value={query} onChange={setQuery}>
          <Search size={14} aria-hidden />
          <Input className="search-input" placeholder={t("problems.filterHint", { count: problems.length })} />
        </SearchField>
        <Select
          label={t("problems.severity")}
          hideLabel
          value={severity}
          onChange={setSeverity}
          choices={(["all", "error", "warning", "info"] as const).map((id) => ({ id, label: t(`severity.${id}`) }))}
        />
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
            </li>
          );
        })}
      </ul>
      {shown.length === 0 && <EmptyState>{t("problems.noMatch")}</EmptyState>}
    </div>
  );
}
