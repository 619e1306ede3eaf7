/** The tour by keyboard: begin or go on, go to where a step is done, skip, leave. */
import { showStep } from "../../panels/tour/show-step.ts";
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function tourCommands(parts: CommandParts): WindowCommand[] {
  const { tour } = parts;
  const { own, has } = commandWords(parts);
  const step = () => tour.store.getState().step;
  const during = { when: () => step() !== null };
  return [
    own("tour.start", t("command.tour"), "help", () => tour.start(), { when: () => has() && step() === null }),
    own("tour.show", t("command.tourShow"), "help", () => showStep(parts, step() ?? "run"), during),
    own("tour.skip", t("command.tourSkip"), "help", () => tour.skip(), during),
    own("tour.leave", t("command.tourLeave"), "help", () => tour.leave(), during),
  ];
}
