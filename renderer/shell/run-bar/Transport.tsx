/** The debugger's transport in the run bar. */
import { Goal, ListOrdered, Rewind } from "lucide-react";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";
import { reverseContinue, stepPhase } from "../commands/debugging.ts";
import { useShortcutOf, useWorkbench } from "../workbench.ts";

/** The rest of the debugger's transport: phase by phase, to a burst or a condition, back to a breakpoint. */
export function Transport({ canWrite, isLoaded, isPaused }: { canWrite: boolean; isLoaded: boolean; isPaused: boolean }) {
  const workbench = useWorkbench();
  const shortcutOf = useShortcutOf();
  return (
    <>
      <Button
        icon={ListOrdered}
        label={t("run.stepPhase")}
        tip={t("run.stepPhaseTip")}
        shortcut={shortcutOf("debug.stepPhase")}
        isDisabled={!canWrite || !isPaused}
        onPress={() => stepPhase(workbench)}
      />
      <Button
        icon={Goal}
        label={t("run.runTo")}
        shortcut={shortcutOf("debug.runTo")}
        isDisabled={!canWrite || !isPaused}
        onPress={() => workbench.shell.getState().open("runTo")}
      />
      <Button
        icon={Rewind}
        label={t("run.reverse")}
        tip={t("run.reverseTip")}
        shortcut={shortcutOf("debug.reverseContinue")}
        isDisabled={!canWrite || !isLoaded}
        onPress={() => reverseContinue(workbench)}
      />
    </>
  );
}
