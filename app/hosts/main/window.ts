/** The lab's window: sandboxed, isolated, bound to app://gyrus. It goes nowhere else, opens nothing and is granted nothing. */
import { join } from "node:path";
import { BrowserWindow, type Session } from "electron";
import { appOrigin } from "./app-protocol.ts";

export function openWindow(preload: string, icons: string): BrowserWindow {
  const window = new BrowserWindow({
    title: "Gyrus",
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 560,
    show: false,
    backgroundColor: "#0e1116",
    icon: join(icons, "icon.png"),
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, spellcheck: false },
  });
  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: "deny" }));
  webContents.on("will-navigate", (event) => event.preventDefault());
  webContents.on("will-redirect", (event) => event.preventDefault());
  webContents.on("will-attach-webview", (event) => event.preventDefault());
  // A crashed page comes back with a fresh port; the brain never noticed.
  webContents.on("render-process-gone", (_event, details) => {
    if (details.reason !== "clean-exit") window.reload();
  });
  window.once("ready-to-show", () => window.show());
  void window.loadURL(`${appOrigin}/`);
  return window;
}

/** What the lab's own page may: fill the screen, and copy. Camera, location, notifications and all else: it needs none of them. */
const granted = new Set(["fullscreen", "clipboard-sanitized-write"]);

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(granted.has(permission) && isOurs(contents?.getURL() ?? "")),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => granted.has(permission) && isOurs(origin));
}

/** Whether an address is the lab's own page. */
export function isOurs(address: string): boolean {
  return address === appOrigin || address.startsWith(`${appOrigin}/`);
}
