/** A genome on its way to a brain: the stages by name with what is counted. */
import { CircleCheck, CircleDashed, LoaderCircle, X } from "lucide-react";
import { useStore } from "zustand";
import { growthStages } from "#contracts/genome.ts";
import { useAttempt, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Progress } from "../../ui/feedback.tsx";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
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
