/** A window of the lab: sandboxed, isolated, bound to app://gyrus. It goes nowhere else, opens nothing and is granted nothing. */
import { join } from "node:path";
import { BrowserWindow, type Session } from "electron";
import { appOrigin } from "./app-protocol.ts";
import type { Place } from "./window-places.ts";

interface Opening {
  preload: string;
  icons: string;
  /** Of the lab's own address; empty for the first window. */
  query: string;
  /** Where it stood last. */
  place: Place | null;
  /** One view alone. */
  isSmall: boolean;
}

export function openWindow({ preload, icons, query, place, isSmall }: Opening): BrowserWindow {
  const window = new BrowserWindow({
    title: "Gyrus",
    ...(place ?? (isSmall ? { width: 900, height: 640 } : { width: 1440, height: 900 })),
    minWidth: isSmall ? 360 : 800,
    minHeight: isSmall ? 280 : 560,
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
  if (place?.isMaximized) window.maximize();
  window.once("ready-to-show", () => window.show());
  void window.loadURL(`${appOrigin}/${query}`);
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
