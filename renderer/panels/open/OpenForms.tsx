/** Two ways to name a genome: its path on the host, or a file picked here. Shared by the welcome view and the dialog. */
import { FolderOpen } from "lucide-react";
import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import type { CommandInput } from "../../bridge/lab-bridge.ts";
import { openable, openFile } from "../../shell/open-file.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";

type Dynamics = NonNullable<CommandInput<"genome.load">["dynamics"]>;

interface OpenFormProps {
  dynamics?: Dynamics;
  /** Called once the request is on its way. */
  onOpening?: () => void;
  autoFocus?: boolean;
}

export function OpenByPath({ dynamics = "standard", onOpening, autoFocus = false }: OpenFormProps) {
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const [path, setPath] = useState("");
  return (
    <form
      className="open-path"
      onSubmit={(event) => {
        event.preventDefault();
        if (path.trim() === "") return;
        attempt(openFile(workbench, path.trim(), dynamics));
        onOpening?.();
      }}
    >
      <TextField label={t("open.path")} value={path} onChange={setPath} placeholder={t("open.pathHint")} autoFocus={autoFocus} />
      <Button type="submit" isDisabled={!canWrite || path.trim() === ""}>
        {t("open.byPath")}
      </Button>
    </form>
  );
}

export function PickFile({ dynamics = "standard", onOpening }: OpenFormProps) {
  const workbench = useWorkbench();
  const attempt = useAttempt();
  return (
    <FileTrigger
      acceptedFileTypes={openable}
      onSelect={(files) => {
        const file = files?.[0];
        if (!file) return;
        attempt(openFile(workbench, file, dynamics));
        onOpening?.();
      }}
    >
      <Button icon={FolderOpen}>{t("open.pick")}</Button>
    </FileTrigger>
  );
}
