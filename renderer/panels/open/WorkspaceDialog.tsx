/** Where a workspace is saved to. */
import { FolderOpen, Save } from "lucide-react";
import { saveWorkspace } from "../../shell/commands/workspace.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { useAskedPath } from "./use-asked-path.ts";

export function WorkspaceDialog() {
  const workbench = useWorkbench();
  const { shell } = workbench;
  const { close, workspacePath } = shell.getState();
  const { path, setPath, desktop } = useAskedPath(workspacePath ?? "");
  return (
    <AppDialog title={t("workspace.title")} isOpen onClose={close}>
      <p className="dim">{t("workspace.note")}</p>
      <form
        className="open-path"
        onSubmit={(event) => {
          event.preventDefault();
          close();
          void saveWorkspace(workbench, path.trim() === "" ? null : path.trim());
        }}
      >
        <TextField label={t("workspace.into")} value={path} onChange={setPath} placeholder={t("workspace.intoHint")} autoFocus />
        {desktop && (
          <Button icon={FolderOpen} onPress={() => desktop.askPath(path.trim() === "" ? "workspace.gyrus" : path.trim())}>
            {t("workspace.choose")}
          </Button>
        )}
        <Button icon={Save} type="submit" variant="primary">
          {t("workspace.save")}
        </Button>
      </form>
    </AppDialog>
  );
}
