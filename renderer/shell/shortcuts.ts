/** Binds the command list to the keyboard. Plain keys never fire while somebody types; one list feeds keys, palette and help. */
import { tinykeys } from "tinykeys";
import type { WindowCommand } from "./commands/command.ts";

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** A shortcut as it is printed on keys: "Ctrl+K", "⌘K", "Space". */
export function keyNames(shortcut: string): string {
  const names: Record<string, string> = isMac
    ? { $mod: "⌘", Shift: "⇧", Alt: "⌥", Backquote: "`" }
    : { $mod: "Ctrl", Control: "Ctrl", Backquote: "`", Escape: "Esc", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };
  const parts = shortcut.split(/\+(?=.)/).map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  return parts.join(isMac ? "" : "+");
}

/** What a shortcut is bound to, and where commands of which contexts answer it. */
export const shortcutPlaces = {
  window: ["window"],
  scene: ["scene", "neuron", "area"],
  raster: ["raster", "neuron"],
  inspector: ["neuron", "area"],
  explorer: ["area"],
  sets: ["set"],
  circuit: ["circuit", "area"],
  timeline: ["timeline"],
} as const satisfies Record<string, readonly WindowCommand["context"][]>;
export type ShortcutPlace = keyof typeof shortcutPlaces;

/** Two commands that would answer the same key in the same place, as [key, first id, second id]. */
export function findCollisions(commands: readonly Pick<WindowCommand, "id" | "shortcuts" | "context">[]): [string, string, string][] {
  const taken = new Map<string, string>();
  const collisions: [string, string, string][] = [];
  for (const [place, contexts] of Object.entries(shortcutPlaces)) {
    for (const { id, shortcuts, context } of commands) {
      if (!(contexts as readonly string[]).includes(context)) continue;
      for (const shortcut of shortcuts) {
        const key = `${place} ${canonical(shortcut)}`;
        const first = taken.get(key);
        if (first === undefined) taken.set(key, id);
        else collisions.push([shortcut, first, id]);
      }
    }
  }
  return collisions;
}

/** One spelling for every way to write a shortcut. */
export function canonical(shortcut: string): string {
  const parts = shortcut.toLowerCase().split(/\+(?=.)/);
  const key = parts.pop();
  const held = parts.map((part) => (part === "control" && !isMac ? "$mod" : part)).sort();
  return [...held, key].join("+");
}

/** Binds every command of a place to its element; returns the way to stop. */
export function bindShortcuts(
  target: Window | HTMLElement,
  commands: readonly WindowCommand[],
  place: ShortcutPlace,
  letterKeys: () => boolean,
): () => void {
  const map: Record<string, (event: KeyboardEvent) => void> = {};
  for (const command of commands) {
    if (!(shortcutPlaces[place] as readonly string[]).includes(command.context)) continue;
    for (const shortcut of command.shortcuts) {
      map[notation(shortcut)] = (event) => {
        if (shortcut.length === 1 && !letterKeys()) return;
        if (!command.keepsKey) event.preventDefault();
        if (command.when()) command.run();
      };
    }
  }
  if (target instanceof HTMLElement) {
    // Whoever brings the view to the front puts the focus where its keys work.
    target.dataset.keys = place;
    if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
  }
  return tinykeys(target, map, {
    ignore: (event) => isTyping(event) || isOfText(event) || isOfInner(event, target) || insideDialog(event, target),
  });
}

/** Signs need Shift on many layouts, so Shift may be held or not. */
function notation(shortcut: string): string {
  const key = shortcut.at(-1) ?? "";
  if (/[\p{L}\p{N}]/u.test(key)) return shortcut;
  const held = shortcut.slice(0, -1);
  return `${held}[Shift]+(${key === "+" ? "=|" : ""}\\u${key.charCodeAt(0).toString(16).padStart(4, "0")})`;
}

/** Function keys and Ctrl chords other than the editing ones still work in a field. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (
    !(target instanceof HTMLElement) ||
    !target.matches("input:not([type=radio]):not([type=checkbox]), textarea, [contenteditable=true]")
  ) {
    return false;
  }
  const chord = event.ctrlKey || event.metaKey;
  return chord ? /^[zyacvx]$/i.test(event.key) : !/^F\d+$/.test(event.key);
}

/** Copying and pasting is of the text that is selected, where there is some. */
function isOfText(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && /^[cv]$/i.test(event.key) && document.getSelection()?.isCollapsed === false;
}

/** Of places within each other the innermost answers. */
function isOfInner({ target: on }: KeyboardEvent, target: Window | HTMLElement): boolean {
  return target instanceof HTMLElement && on instanceof Element && on.closest("[data-keys]") !== target;
}

/** A modal keeps the keyboard to itself. */
function insideDialog(event: KeyboardEvent, target: Window | HTMLElement): boolean {
  return target === window && event.target instanceof Element && event.target.closest("[role=dialog]") !== null;
}
