/** Breakpoints, stepping by phase, and the question why. */
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";
import { askWhy, conditionInHand, editBreakpoint, goLive, stepPhase, toggleBreakpoint } from "./debugging.ts";

export function debugCommands(parts: CommandParts): WindowCommand[] {
  const { stores, shell } = parts;
  const { own, has, connected, status, runPause } = commandWords(parts);
  return [
    own("debug.runTo", t("command.runTo"), "debug", () => shell.getState().open("runTo"), {
      shortcuts: ["F8"],
      when: () => status()?.state === "paused",
    }),
    own("debug.stepPhase", t("command.stepPhase"), "debug", () => stepPhase(parts), {
      shortcuts: ["F11"],
      when: () => connected() && status()?.state === "paused",
    }),
    own("debug.toggle", t("command.toggleBreakpoint"), "debug", () => toggleBreakpoint(parts), {
      shortcuts: ["F9"],
      when: () => connected() && has() && conditionInHand(stores) !== null,
    }),
    own("debug.edit", t("command.editBreakpoint"), "debug", () => editBreakpoint(parts), {
      shortcuts: ["$mod+F9"],
      when: has,
    }),
    own("debug.why", t("command.why"), "debug", () => askWhy(parts), {
      shortcuts: ["w"],
      context: "neuron",
      when: () => has() && stores.selection.getState().neuron !== null,
    }),
    own("debug.live", t("command.live"), "debug", () => goLive(stores), { when: has }),
    own("raster.toggle", t("command.runPause"), "debug", runPause, { shortcuts: ["Space"], context: "raster", when: has }),
  ];
}
