/** Every shortcut, made from the command list itself, so that what is listed exists. */
import { useStore } from "zustand";
import { keyNames } from "../../shell/shortcuts.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { t } from "../../ui/messages.ts";
import "./shortcuts.css";

export function ShortcutsDialog() {
  const { shell, commands } = useWorkbench();
  const isOpen = useStore(shell, (state) => state.dialog === "shortcuts");
  const bound = commands.filter(({ shortcuts }) => shortcuts.length > 0);
  return (
    <AppDialog title={t("command.shortcuts")} isOpen={isOpen} onClose={shell.getState().close}>
      {(["window", "scene", "neuron", "timeline", "raster"] as const).map((context) => (
        <section key={context} aria-label={t(`shortcuts.${context}`)}>
          <h3 className="shortcut-context">{t(`shortcuts.${context}`)}</h3>
          <dl className="shortcut-list">
            {bound
              .filter((command) => command.context === context)
              .map(({ id, title, shortcuts }) => (
                <div key={id}>
                  <dt>{title}</dt>
                  <dd>
                    {shortcuts.map((shortcut) => (
                      <kbd key={shortcut}>{keyNames(shortcut)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </AppDialog>
  );
}
