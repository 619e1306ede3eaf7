/** Files opened before, to open again at once. */
import { FileClock, X } from "lucide-react";
import { useStore } from "zustand";
import { openFile } from "../../shell/open-file.ts";
import { useAttempt, useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";

export function RecentFiles() {
  const workbench = useWorkbench();
  const { recent } = workbench;
  const attempt = useAttempt();
  const canWrite = useCanWrite();
  const files = useStore(recent.store, (state) => state.files);
  if (files.length === 0) return null;
  return (
    <>
      <h3>{t("recent.title")}</h3>
      <ul className="recent-files" aria-label={t("recent.title")}>
        {files.map(({ path, title }) => (
          <li key={path}>
            <Button icon={FileClock} variant="quiet" isDisabled={!canWrite} onPress={() => attempt(openFile(workbench, path))}>
              {title}
            </Button>
            <code className="dim">{path}</code>
            <Button icon={X} label={t("recent.forget", { name: title })} variant="quiet" onPress={() => recent.forget(path)} />
          </li>
        ))}
      </ul>
    </>
  );
}
