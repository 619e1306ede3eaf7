/**
 * Which keys a command answers: those it is made with, those of the chosen preset, and what a person changed, the later before the
 * earlier. Kept in this window's storage, exported and imported as a small file.
 */
import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Kept } from "../ui/kept.ts";
import type { WindowCommand } from "./commands/command.ts";

export const keyPresetNames = ["default", "brainVisualizer", "neuroglancer"] as const;
export type KeyPreset = (typeof keyPresetNames)[number];
type Keys = Readonly<Record<string, readonly string[]>>;

/** What the peers' users have in their fingers, where this lab has the same thing to do. */
const presets: Record<KeyPreset, Keys> = {
  default: {},
  brainVisualizer: {
    "scene.frameAll": ["c", "Home"],
    "scene.frameSelection": ["f"],
    "scene.closer": ["+", "e"],
    "scene.farther": ["-", "q"],
    "scene.left": ["ArrowLeft", "a"],
    "scene.right": ["ArrowRight", "d"],
    "scene.up": ["ArrowUp"],
    "scene.down": ["ArrowDown", "s"],
  },
  neuroglancer: {
    "scene.frameAll": ["z", "Home"],
    "scene.closer": ["+", "$mod+ArrowUp"],
    "scene.farther": ["-", "$mod+ArrowDown"],
    "help.view": ["F1", "h"],
    "scene.hide": [],
  },
};

const File = z.object({
  version: z.literal(1),
  preset: z.enum(keyPresetNames),
  /** Command id → its shortcuts; none is a choice too. */
  changed: z.record(z.string(), z.array(z.string().min(1)).max(4)),
});
export type KeysFile = z.infer<typeof File>;

export interface Keymap {
  store: StoreApi<KeysFile>;
  setPreset(preset: KeyPreset): void;
  set(id: string, shortcuts: readonly string[]): void;
  /** Back to what the preset says, for one command or for all. */
  reset(id?: string): void;
  /** Takes over an exported file; throws a ZodError where it is none. */
  take(text: string): void;
  text(): string;
  kept: Kept;
}

const storageKey = "gyrus.keys";
const untouched: KeysFile = { version: 1, preset: "default", changed: {} };

export function createKeymap(storage: Storage): Keymap {
  const store = createStore<KeysFile>(() => readKept(storage));
  store.subscribe((file) => storage.setItem(storageKey, JSON.stringify(file)));
  return {
    store,
    setPreset: (preset) => store.setState({ preset }),
    set: (id, shortcuts) => store.setState(({ changed }) => ({ changed: { ...changed, [id]: [...shortcuts] } })),
    reset(id) {
      const { [id ?? ""]: _, ...others } = store.getState().changed;
      store.setState({ changed: id === undefined ? {} : others });
    },
    take: (text) => store.setState(File.parse(JSON.parse(text)), true),
    kept: { key: storageKey, reread: () => store.setState(readKept(storage), true) },
    text: () => `${JSON.stringify(store.getState(), null, 2)}\n`,
  };
}

function readKept(storage: Storage): KeysFile {
  try {
    return File.parse(JSON.parse(storage.getItem(storageKey) ?? "null"));
  } catch {
    return untouched;
  }
}

/** The commands with the keys that are in force. */
export function withKeys(commands: readonly WindowCommand[], { preset, changed }: KeysFile): WindowCommand[] {
  return commands.map((command) => {
    const shortcuts = changed[command.id] ?? presets[preset][command.id];
    return shortcuts === undefined ? command : { ...command, shortcuts };
  });
}

const modifiers = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph"]);

/** What was pressed, as a shortcut is written; null while only modifiers are held. */
export function shortcutFrom(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
  mac: boolean,
): string | null {
  if (modifiers.has(event.key)) return null;
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // A sign that needs Shift on some keyboards is the sign, wherever it lies.
  const sign = /^[^\p{L}\p{N}]$/u.test(key);
  const held = [
    (mac ? event.metaKey : event.ctrlKey) && "$mod",
    mac && event.ctrlKey && "Control",
    event.altKey && "Alt",
    event.shiftKey && !sign && "Shift",
  ].filter((name) => name !== false);
  return [...held, key].join("+");
}
