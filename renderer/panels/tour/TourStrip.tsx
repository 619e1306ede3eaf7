/**
 * The step of the tour as a strip below the run bar: it covers nothing and takes the focus from nobody. What is meant wears a dashed
 * outline; "Show me" opens its view and moves the focus there.
 */
import { ArrowRight, MapPin, X } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { type TourStep, tourSteps } from "../../shell/tour.ts";
import { useShortcutOf, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";
import { showStep, targetOf } from "./show-step.ts";
import "./tour.css";

export function TourStrip() {
  const workbench = useWorkbench();
  const { tour } = workbench;
  const { step, isDone } = useStore(tour.store);
  const running = useStore(workbench.stores.brain, ({ status }) => status?.state === "running");
  const example = useStore(
    workbench.stores.brain,
    ({ areas }) => areas.find(({ kind }) => kind === "output")?.name ?? areas[0]?.name ?? "V1",
  );
  const shortcutOf = useShortcutOf();
  useMarked(step, running);
  if (step === null && !isDone) return null;
  const keys = {
    run: shortcutOf("brain.run") ?? "",
    pause: shortcutOf("brain.pause") ?? "",
    back: shortcutOf("time.stepBack") ?? "",
    why: shortcutOf("debug.why") ?? "",
    palette: shortcutOf("window.palette") ?? "",
    export: shortcutOf("window.export") ?? "",
    area: example,
  };
  return (
    <section className="tour-strip" aria-label={t("tour.title")}>
      <MapPin size={16} aria-hidden />
      <div role="status" className="tour-text">
        {step === null ? (
          <strong>{t("tour.done")}</strong>
        ) : (
          <>
            <strong>
              {t("tour.at", { at: tourSteps.indexOf(step) + 1, of: tourSteps.length })} {t(`tour.step.${step}`)}
            </strong>{" "}
            <span>{t(`tour.how.${step}`, keys)}</span>
          </>
        )}
      </div>
      {step !== null && (
        <>
          <Button icon={ArrowRight} variant="primary" onPress={() => showStep(workbench, step)}>
            {t("tour.show")}
          </Button>
          <Button onPress={() => tour.skip()}>{t("tour.skip")}</Button>
        </>
      )}
      <Button
        icon={X}
        label={t(step === null ? "common.dismiss" : "tour.leave")}
        variant="quiet"
        onPress={() => (step === null ? tour.store.setState({ isDone: false }) : tour.leave())}
      />
    </section>
  );
}

/** Puts the outline on what the step means, as long as it is the step. */
function useMarked(step: TourStep | null, running: boolean): void {
  useEffect(() => {
    if (step === null) return;
    const selector = targetOf(step, running);
    let marked: Element | null = null;
    const mark = () => {
      const target = document.querySelector(selector);
      if (target === marked) return;
      marked?.removeAttribute("data-tour");
      target?.setAttribute("data-tour", "");
      marked = target;
    };
    mark();
    // Views come and go while a person follows.
    const timer = setInterval(mark, 500);
    return () => {
      clearInterval(timer);
      marked?.removeAttribute("data-tour");
    };
  }, [step, running]);
}
