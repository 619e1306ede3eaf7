/** Why a brain may be silent: the gravest problem that is known of it, else that nothing comes in. */
import type { Problem } from "#contracts/commands/connectome/edits.ts";
import { t } from "../../ui/messages.ts";

/** What is true of every silent brain, or of the lab and not of the brain, explains nothing. */
const noCause = new Set(["SILENT", "RECOVERED", "NATIVE_UNAVAILABLE", "EVENTS_NOT_PERSISTED", "NATIVE_AUTO_DISABLED", "OVERLOAD"]);

export function likelyCause(problems: readonly Problem[], stimuli: number): string {
  const causes = problems.filter(({ code }) => !noCause.has(code));
  const worst = causes.find(({ severity }) => severity === "error");
  if (worst) return t("scene.cause", { cause: worst.message });
  if (stimuli === 0) return t("scene.noInput");
  // Measured on this brain goes before what its text gives away.
  const measured = causes.find(({ code }) => code === "AREA_DEAD") ?? causes.find(({ code }) => code === "AREAS_UNDRIVEN");
  const warning = measured ?? causes.find(({ severity }) => severity === "warning");
  return warning ? t("scene.cause", { cause: warning.message }) : t("scene.tooWeak");
}
