/** Work in the background: what runs, how far it is, how to stop it, and how what is over ended. Newest first. */
import { Ban, CircleCheck, CirclePause, ListChecks, LoaderCircle, X } from "lucide-react";
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import type { Job } from "../../stores/jobs-store.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState, Progress } from "../../ui/feedback.tsx";
import { formatBytes, formatCount, formatTime } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { SeverityIcon } from "../../ui/SeverityIcon.tsx";
import "./jobs.css";

export function Jobs() {
  const { stores } = useWorkbench();
  const jobs = useStore(stores.jobs.store, (state) => state.jobs);
  if (jobs.length === 0) return <EmptyState icon={ListChecks}>{t("jobs.empty")}</EmptyState>;
  return (
    <div className="panel">
      <div className="panel-toolbar">
        <Button isDisabled={jobs.every(({ endedAt }) => endedAt === null)} onPress={() => stores.jobs.clear()}>
          {t("jobs.clear")}
        </Button>
      </div>
      <ul aria-label={t("panel.jobs")}>
        {jobs.toReversed().map((job) => (
          <Row key={job.id} job={job} />
        ))}
      </ul>
    </div>
  );
}

function Row({ job }: { job: Job }) {
  const { shell } = useWorkbench();
  const title = t(`jobs.kind.${job.kind}`, { name: job.name });
  return (
    <li className="job" aria-label={title}>
      <StateIcon state={job.state} />
      <div className="job-what">
        <strong>{title}</strong>
        {job.endedAt === null ? (
          <Advance job={job} />
        ) : (
          <p className="dim">
            {t(`jobs.state.${job.state}`)} {formatTime(job.endedAt)}
            {job.outcome !== null && ` · ${job.outcome}`}
          </p>
        )}
      </div>
      {job.cancel && (
        <Button icon={X} label={t("jobs.cancelNamed", { title })} onPress={job.cancel}>
          {t("common.cancel")}
        </Button>
      )}
      {job.kind === "growth" && job.state === "failed" && (
        <Button onPress={() => shell.getState().docks?.show("scene")}>{t("jobs.showProblems")}</Button>
      )}
    </li>
  );
}

function Advance({ job: { progress, state } }: { job: Job }) {
  if (progress === null) return <p className="dim">{t(`jobs.state.${state}`)}</p>;
  const { done, total, unit } = progress;
  const count = (value: number) => (unit === "bytes" ? formatBytes(value) : formatCount(Math.floor(value)));
  const counted = total === null ? count(done) : t("jobs.of", { done: count(done), total: count(total) });
  const detail = unit === "bytes" ? counted : t(`jobs.unit.${unit}`, { counted });
  return total === null ? (
    <p className="dim">{detail}</p>
  ) : (
    <Progress label={t(`jobs.state.${state}`)} value={done / total} detail={detail} />
  );
}

function StateIcon({ state }: { state: Job["state"] }) {
  const common = { size: 16, "aria-hidden": true } as const;
  if (state === "failed") return <SeverityIcon severity="error" size={16} />;
  if (state === "done") return <CircleCheck {...common} className="severity-ok" />;
  if (state === "cancelled") return <Ban {...common} />;
  if (state === "paused") return <CirclePause {...common} />;
  return <LoaderCircle {...common} className="job-turn" />;
}
