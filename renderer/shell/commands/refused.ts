/** What can be done with a genome that was refused. */
import type { GenomeProblem } from "#contracts/genome.ts";
import { isShownElsewhere, messageOf } from "../../ui/error-text.ts";
import { t } from "../../ui/messages.ts";
import { replaceBrain } from "../replacing.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function refusedCommands(parts: CommandParts): WindowCommand[] {
  const { stores, shell } = parts;
  const { own, connected } = commandWords(parts);
  const problems = () => stores.growth.getState().failure?.problems ?? [];
  return [
    own("refused.show", t("command.refusedShow"), "genome", () => shell.getState().open("refused"), { when: () => problems().length > 0 }),
    own("refused.mend", t("command.refusedMend"), "genome", () => openMended(parts), {
      when: () => connected() && fixesOf(problems()).length > 0,
    }),
  ];
}

export function fixesOf(problems: readonly GenomeProblem[]): { path: string; text: string }[] {
  return problems.flatMap(({ quickFix }) => (quickFix ? [{ path: quickFix.path, text: quickFix.text }] : []));
}

/** Opens it with all its quick fixes; what no fix mends is refused again, with what is left. */
export function openMended(parts: Pick<CommandParts, "bridge" | "stores" | "shell">): void {
  const { bridge, stores } = parts;
  const fixes = fixesOf(stores.growth.getState().failure?.problems ?? []);
  const opening = stores.growth.getState().failure?.name ?? "";
  replaceBrain(parts, opening, () => bridge.call("genome.loadMended", { fixes })).catch((error: unknown) => {
    // A refusal is listed where this one was.
    if (!isShownElsewhere(error) && stores.growth.getState().failure === null) stores.notices.getState().push("error", messageOf(error));
  });
}
