/** What a breakpoint does when its condition holds. */
import { t } from "../../ui/messages.ts";

export type Action = "pause" | "log";
export const actionChoices = () => (["pause", "log"] as const).map((id) => ({ id, label: t(`breakpoints.${id}`) }));
