/** Where a step of the tour is done, and the way there. */
import { type TourStep, tourPanels } from "../../shell/tour.ts";
import type { Workbench } from "../../shell/workbench.ts";
import { t } from "../../ui/messages.ts";

/** Opens what a step needs and moves the focus to where it is done. */
export function showStep({ shell, stores }: Pick<Workbench, "shell" | "stores">, step: TourStep): void {
  const panel = tourPanels[step];
  if (step === "breakpoint" && stores.debug.store.getState().draft === "") {
    const { areas, areaById } = stores.brain.getState();
    const selected = stores.selection.getState().area;
    const area = (selected === null ? undefined : areaById.get(selected)) ?? areas.find(({ kind }) => kind === "output");
    if (area) stores.debug.store.setState({ draft: `fires(${/^\w+$/.test(area.name) ? area.name : `"${area.name}"`}) > 3` });
  }
  if (panel) shell.getState().docks?.show(panel, controls[step]);
  else document.querySelector<HTMLElement>(targetOf(step, stores.brain.getState().status?.state === "running"))?.focus();
}

/** The control of a view with which a step begins. */
const controls: Partial<Record<TourStep, string>> = {
  select: "input",
  stimulate: '[role="gridcell"][tabindex="0"]',
  breakpoint: 'form input[type="text"]',
};

/** The element that a step means, as a selector. */
export function targetOf(step: TourStep, running: boolean): string {
  const button = (label: string) => `.run-bar button[aria-label="${CSS.escape(label)}"]`;
  const primary = '.run-controls .button[data-variant="primary"]';
  switch (step) {
    case "run":
      return primary;
    case "stepBack":
      return running ? primary : button(t("run.stepBack"));
    case "export":
      return button(t("run.export"));
    default:
      return `[data-panel="${tourPanels[step]}"]`;
  }
}
