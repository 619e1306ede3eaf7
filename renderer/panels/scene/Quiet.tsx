/** A running brain in which nothing has fired for a while says so, names the likely cause, and offers the remedy. */
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";
import { likelyCause } from "./likely-cause.ts";

const quietBursts = 100;

export function Quiet() {
  const { stores, shell } = useWorkbench();
  const running = useStore(stores.brain, (state) => state.status?.state === "running");
  const quiet = useStore(stores.frameStats, ({ burst, lastFiredBurst }) => burst !== null && burst - (lastFiredBurst ?? 0) >= quietBursts);
  const problems = useStore(stores.problems, (state) => state.problems);
  const stimuli = useStore(stores.stimuli, (state) => state.stimuli);
  if (!running || !quiet) return null;
  const show = shell.getState().docks?.show;
  return (
    <div className="scene-quiet">
      <span>
        {t("scene.quiet", { bursts: quietBursts })} {likelyCause(problems, stimuli.length)}
      </span>
      <Button onPress={() => show?.("stimulate")}>{t("scene.stimulate")}</Button>
      {problems.length > 0 && <Button onPress={() => show?.("problems")}>{t("scene.checkProblems")}</Button>}
    </div>
  );
}
