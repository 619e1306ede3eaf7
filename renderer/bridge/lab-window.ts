/** Further windows of this lab: the desktop's main process opens them, or the browser does. Each comes up with a way of its own to the host. */
import type { DesktopWindow } from "./open-lab-bridge.ts";
import { takeSessionToken } from "./session-token.ts";

/** Apart from this one in the browser as well, so that a busy view never holds up another window. */
const browserFeatures = "popup,noopener,width=900,height=640";

/** `query` begins with "?" and stays with the lab's own address. */
export function openLabWindow(window: DesktopWindow, query: string): void {
  if (window.gyrusDesktop) {
    window.gyrusDesktop.openWindow(query);
    return;
  }
  const { origin, pathname, search } = window.location;
  const asked = new URLSearchParams(query);
  // What this window was opened with, as its language, goes along.
  const locale = new URLSearchParams(search).get("locale");
  if (locale !== null) asked.set("locale", locale);
  const token = takeSessionToken(window);
  window.open(`${origin}${pathname}?${asked}${token === "" ? "" : `#token=${encodeURIComponent(token)}`}`, "_blank", browserFeatures);
}

/** Brings this window to the front, as far as a browser allows. */
export function focusWindow(window: DesktopWindow): void {
  if (window.gyrusDesktop) window.gyrusDesktop.focusWindow();
  else window.focus();
}
