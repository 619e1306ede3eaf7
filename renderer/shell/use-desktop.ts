/** The desktop around the window: its menu is told of every command and tells which was chosen; its links are followed. */
import { useEffect } from "react";
import { useStore } from "zustand";
import type { DesktopWindow } from "../bridge/open-lab-bridge.ts";
import type { Job } from "../stores/jobs-store.ts";
import { isShownElsewhere, messageOf } from "../ui/error-text.ts";
import { t } from "../ui/messages.ts";
import { openFile } from "./open-file.ts";
import { createSearch } from "./palette-search.ts";
import { isPanelId } from "./panels.ts";
import { useWorkbench, type Workbench } from "./workbench.ts";

export function useDesktop(): void {
  const workbench = useWorkbench();
  const { commands, stores } = workbench;
  useEffect(() => {
    const named = commands.map(({ id, title, group, shortcuts }) => ({
      id,
      title,
      group,
      groupTitle: t(`group.${group}`),
      shortcut: shortcuts[0] ?? null,
    }));
    (window as DesktopWindow).gyrusDesktop?.nameCommands(named);
  }, [commands]);
  const stayAwake = useStore(workbench.settings, (settings) => settings.stayAwake);
  useEffect(() => {
    (window as DesktopWindow).gyrusDesktop?.stayAwake(stayAwake);
  }, [stayAwake]);
  useEffect(
    () =>
      stores.jobs.store.subscribe((now, before) => {
        for (const ended of endedJobs(before.jobs, now.jobs)) (window as DesktopWindow).gyrusDesktop?.notify(ended);
      }),
    [stores],
  );
  useEffect(() => {
    const onMessage = ({ data, source }: MessageEvent) => {
      if (source !== window) return;
      if (data?.type === "gyrus.menu") {
        const command = commands.find(({ id }) => id === data.id);
        if (command?.when()) command.run();
        else if (command) workbench.stores.notices.getState().push("info", t("menu.notNow", { title: command.title }));
      }
      if (data?.type === "gyrus.link") followLink(workbench, data.link);
      if (data?.type === "gyrus.open-file") openNamed(workbench, String(data.path));
    };
    window.addEventListener("message", onMessage);
    return () => window.removeEventListener("message", onMessage);
  }, [commands, workbench]);
}

/** Work that a window began itself; of growth and experiments the host tells everybody. */
export function endedJobs(before: readonly Job[], now: readonly Job[]): { title: string; body: string }[] {
  const wasRunning = new Set(before.filter(({ endedAt }) => endedAt === null).map(({ id }) => id));
  return now
    .filter(({ id, kind, endedAt }) => endedAt !== null && wasRunning.has(id) && (kind === "export" || kind === "other"))
    .filter(({ state }) => state === "done" || state === "failed")
    .map(({ kind, name, state, outcome }) => ({
      title: t(`jobs.kind.${kind}`, { name }).slice(0, 120),
      body: `${t(`jobs.state.${state}`)}${outcome ? `: ${outcome}` : ""}`.slice(0, 400),
    }));
}

/** A file that was double-clicked, or chosen in the system's dialog; one that the app was started with waits for the host. */
function openNamed(workbench: Workbench, path: string): void {
  const { connection, notices } = workbench.stores;
  const open = () =>
    void openFile(workbench, path).catch((error: unknown) => {
      if (!isShownElsewhere(error)) notices.getState().push("error", messageOf(error));
    });
  if (connection.getState().phase === "open") {
    open();
    return;
  }
  const stop = connection.subscribe(({ phase }) => {
    if (phase !== "open") return;
    stop();
    open();
  });
}

interface Link {
  burst?: number;
  select?: string;
  view?: string;
}

/** Selects, shows a view, goes to a recorded burst; a link does nothing else. */
export function followLink({ stores, shell, scene }: Pick<Workbench, "stores" | "shell" | "scene">, { burst, select, view }: Link): void {
  if (select !== undefined) {
    const { areas, regions, mappings } = stores.brain.getState();
    const found = createSearch({ commands: [], areas, regions, sets: [], mappings, layouts: [], help: [] })(select).find(
      ({ kind }) => kind === "neuron" || kind === "area",
    );
    if (found?.kind === "neuron") stores.selection.getState().selectVoxel(found.area.id, found.voxel, found.neuron);
    else if (found?.kind === "area") stores.selection.getState().selectArea(found.area.id);
    else stores.notices.getState().push("warning", t("link.notFound", { name: select }));
    if (found) scene.frame("selection");
  }
  if (burst !== undefined) {
    // Going there moves the brain, which nobody at a running one has asked for.
    if (stores.brain.getState().status?.state === "paused") stores.timeline.seek(burst);
    else stores.notices.getState().push("info", t("link.pauseFirst", { burst }));
  }
  if (view !== undefined && isPanelId(view)) shell.getState().docks?.show(view);
}
