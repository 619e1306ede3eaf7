/**
 * The preload: passes the brain host's port through to the page, with short notices beside it, hands the page's commands to the native
 * menu, asks it to show a written file, and tells where a dropped one lies. Built as CommonJS, because a sandboxed preload must be.
 */
import { contextBridge, ipcRenderer, webUtils } from "electron";

/** The page this runs beside; only what is used here. */
declare const window: { postMessage(message: unknown, origin: string, ports?: readonly unknown[]): void; location: { origin: string } };

ipcRenderer.on("gyrus:port", (event) => window.postMessage({ type: "gyrus.port" }, window.location.origin, event.ports));
ipcRenderer.on("gyrus:host-lost", (_event, reason: string) =>
  window.postMessage({ type: "gyrus.host-lost", reason }, window.location.origin),
);
ipcRenderer.on("gyrus:menu", (_event, id: string) => window.postMessage({ type: "gyrus.menu", id }, window.location.origin));

ipcRenderer.on("gyrus:open-file", (_event, path: string) => window.postMessage({ type: "gyrus.open-file", path }, window.location.origin));
ipcRenderer.on("gyrus:path", (_event, path: string) => window.postMessage({ type: "gyrus.path", path }, window.location.origin));
ipcRenderer.on("gyrus:link", (_event, link: object) => window.postMessage({ type: "gyrus.link", link }, window.location.origin));

contextBridge.exposeInMainWorld("gyrusDesktop", {
  /** The window's commands, for the native menu. */
  nameCommands: (commands: unknown) => ipcRenderer.send("gyrus:commands", commands),
  /** A further window of the lab, at a query of its address. */
  openWindow: (query: unknown) => ipcRenderer.send("gyrus:open-window", query),
  /** Work of this window ended; the system tells it where nobody looks. */
  notify: (notice: unknown) => ipcRenderer.send("gyrus:notify", notice),
  /** The system's dialog for where to save a workspace; the page is told the path. */
  askPath: (proposed: unknown) => ipcRenderer.send("gyrus:ask-path", proposed),
  /** Whether the computer is to stay awake while the brain runs. */
  stayAwake: (isWanted: unknown) => ipcRenderer.send("gyrus:stay-awake", isWanted),
  focusWindow: () => ipcRenderer.send("gyrus:focus-window"),
  /** Shows a written file in the desktop's file manager. */
  reveal: (path: unknown) => ipcRenderer.send("gyrus:reveal", path),
  pathForFile: (file: Parameters<typeof webUtils.getPathForFile>[0]) => webUtils.getPathForFile(file),
});
