/** The title of the window: the view it is made of, and the brain on the bench. */
import { useEffect } from "react";
import { useStore } from "zustand";
import { brainTitle } from "../ui/brain-title.ts";
import { t } from "../ui/messages.ts";
import { useWorkbench } from "./workbench.ts";

export function useTitle(): void {
  const { stores, windows } = useWorkbench();
  const brain = useStore(stores.brain, ({ status }) => (status === null || status.brainId === null ? "" : brainTitle(status)));
  const { view } = windows.role;
  useEffect(() => {
    const parts = [view === null ? "" : t(`panel.${view}`), brain, "Gyrus"];
    document.title = parts.filter((part) => part !== "").join(" · ");
  }, [view, brain]);
}
