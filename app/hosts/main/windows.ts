/**
 * Every window of the lab. Each has a port of its own to the brain host; those that are one view of another close with it. Main opens
 * them and nobody else: a page may ask for one of the lab's own addresses, by a query that a schema knows.
 */
import { type BrowserWindow, screen } from "electron";
import { z } from "zod";
import { openWindow } from "./window.ts";
import type { WindowPlaces } from "./window-places.ts";

const Query = z.union([
  z.strictObject({ view: z.string().regex(/^[a-zA-Z]{1,40}$/), of: z.string().regex(/^[0-9a-f]{16}$/) }),
  z.strictObject({ lab: z.string().regex(/^[1-9][0-9]?$/) }),
]);

export interface Windows {
  /** Opens the lab's first window. */
  openFirst(): void;
  /** Opens what the window of these contents asks for; a query of another form is not followed. */
  openFor(contents: Electron.WebContents, query: unknown): void;
  /** The one with the focus, else the first that is left; null where there is none. */
  front(): BrowserWindow | null;
  /** The same of windows that are no single view: what a link or a workspace asks for has a place there. */
  lab(): BrowserWindow | null;
  all(): BrowserWindow[];
  hasFocus(): boolean;
}

interface Parts {
  preload: string;
  icons: string;
  places: WindowPlaces;
  /** A page was loaded, and again after each reload. */
  onPage(window: BrowserWindow): void;
}

/** Contents of a page whose port may be handed over. (`isLoading` still says yes while `did-finish-load` is being told.) */
export function keepWindows({ preload, icons, places, onPage }: Parts): Windows & { loaded(): BrowserWindow[] } {
  const open: { window: BrowserWindow; owner: BrowserWindow | null; isLoaded: boolean }[] = [];

  const add = (name: string, query: string, owner: BrowserWindow | null) => {
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const window = openWindow({ preload, icons, query, place: places.find(name, areas), isSmall: owner !== null });
    const entry = { window, owner, isLoaded: false };
    open.push(entry);
    window.webContents.on("did-finish-load", () => {
      entry.isLoaded = true;
      onPage(window);
    });
    window.on("close", () => places.note(name, { ...window.getNormalBounds(), isMaximized: window.isMaximized() }));
    window.on("closed", () => {
      open.splice(open.indexOf(entry), 1);
      for (const lent of open.filter((other) => other.owner === window)) lent.window.close();
    });
  };
  const frontOf = (among: typeof open) => (among.find(({ window }) => window.isFocused()) ?? among[0])?.window ?? null;
  return {
    openFirst: () => add("lab", "", null),
    openFor(contents, text) {
      const asking = open.find(({ window }) => window.webContents === contents);
      const query = Query.safeParse(Object.fromEntries(new URLSearchParams(typeof text === "string" ? text : "")));
      if (asking === undefined || !query.success) return;
      const at = `?${new URLSearchParams(query.data as Record<string, string>)}`;
      if ("view" in query.data) add(query.data.view, at, asking.window);
      else add(`lab ${query.data.lab}`, at, null);
    },
    front: () => frontOf(open),
    lab: () => frontOf(open.filter(({ owner }) => owner === null)),
    all: () => open.map(({ window }) => window),
    loaded: () => open.filter(({ isLoaded }) => isLoaded).map(({ window }) => window),
    hasFocus: () => open.some(({ window }) => window.isFocused()),
  };
}
