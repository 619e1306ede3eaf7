/**
 * What a person set for this window: theme, motion, single-letter keys. Kept in localStorage; the document element
 * carries the result as data-theme and data-motion, and the system decides where the setting says "system".
 */
import { createStore, type StoreApi } from "zustand/vanilla";

type ThemeSetting = "system" | "dark" | "light";
type MotionSetting = "system" | "reduced" | "full";

interface Settings {
  theme: ThemeSetting;
  motion: MotionSetting;
  /** Single-letter shortcuts in the scene (WCAG 2.1.4 asks that they can be switched off). */
  letterKeys: boolean;
  flashLimiter: boolean;
}

export interface Appearance {
  theme: "dark" | "light";
  reducedMotion: boolean;
}

export interface SettingsStores {
  settings: StoreApi<Settings>;
  /** What the settings and the system come to. */
  appearance: StoreApi<Appearance>;
}

const key = "gyrus.settings";
const defaults: Settings = { theme: "system", motion: "system", letterKeys: true, flashLimiter: true };

export function createSettings(window: Window): SettingsStores {
  const settings = createStore<Settings>(() => ({ ...defaults, ...read(window.localStorage) }));
  const light = window.matchMedia("(prefers-color-scheme: light)");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const resolve = (): Appearance => {
    const { theme, motion } = settings.getState();
    return {
      theme: theme === "system" ? (light.matches ? "light" : "dark") : theme,
      reducedMotion: motion === "system" ? still.matches : motion === "reduced",
    };
  };
  const appearance = createStore<Appearance>(resolve);
  const apply = () => {
    const next = resolve();
    const root = window.document.documentElement;
    root.dataset.theme = next.theme;
    root.dataset.motion = next.reducedMotion ? "reduced" : "full";
    appearance.setState(next);
  };
  apply();
  light.addEventListener("change", apply);
  still.addEventListener("change", apply);
  settings.subscribe((state) => {
    window.localStorage.setItem(key, JSON.stringify(state));
    apply();
  });
  return { settings, appearance };
}

function read(storage: Storage): Partial<Settings> {
  try {
    return JSON.parse(storage.getItem(key) ?? "{}") as Partial<Settings>;
  } catch {
    return {};
  }
}
