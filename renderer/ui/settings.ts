/**
 * What a person set for this window: theme, contrast, scale, motion, loudness, single-letter keys. Kept in localStorage; the document
 * element carries the result as data-theme, data-contrast, data-motion and --scale, and the system decides where the setting says "system".
 */
import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Kept } from "./kept.ts";

/** In percent; the steps of Ctrl+= and Ctrl+−. */
export const scaleSteps = [75, 90, 100, 110, 125, 150, 175, 200] as const;

const Settings = z.object({
  theme: z.enum(["system", "dark", "light"]).catch("system"),
  contrast: z.enum(["system", "more"]).catch("system"),
  /** Of text and controls, in percent. */
  scale: z.number().min(75).max(200).catch(100),
  motion: z.enum(["system", "reduced", "full"]).catch("system"),
  /** Single-letter shortcuts (WCAG 2.1.4 asks that they can be switched off). */
  letterKeys: z.boolean().catch(true),
  flashLimiter: z.boolean().catch(true),
  /** Of what is heard, in percent. */
  volume: z.number().min(0).max(100).catch(50),
  /** The computer does not fall asleep while the brain runs; the desktop only. */
  stayAwake: z.boolean().catch(true),
  /** What flashes can do was said once. */
  isFlashTold: z.boolean().catch(false),
  /** Reports of crashes are kept in this window's storage; nothing is sent. */
  crashReports: z.boolean().catch(false),
  /** The four questions of the first start were answered. */
  isMet: z.boolean().catch(false),
});
type Settings = z.infer<typeof Settings>;

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
/** Above this scale, bars that stand on one line may take two. */
const largeFrom = 110;

export function createSettings(window: Window): SettingsStores & { kept: Kept } {
  const settings = createStore<Settings>(() => read(window.localStorage));
  const light = window.matchMedia("(prefers-color-scheme: light)");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const more = window.matchMedia("(prefers-contrast: more)");
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
    const { contrast, scale } = settings.getState();
    const root = window.document.documentElement;
    root.dataset.theme = next.theme;
    root.dataset.motion = next.reducedMotion ? "reduced" : "full";
    root.dataset.contrast = contrast === "more" || more.matches ? "more" : "normal";
    root.style.setProperty("--scale", String(scale / 100));
    root.dataset.scale = scale > largeFrom ? "large" : "normal";
    appearance.setState(next);
  };
  apply();
  for (const query of [light, still, more]) query.addEventListener("change", apply);
  settings.subscribe((state) => {
    window.localStorage.setItem(key, JSON.stringify(state));
    apply();
  });
  return { settings, appearance, kept: { key, reread: () => settings.setState(read(window.localStorage)) } };
}

/** The next larger or smaller scale. */
export function scaleStep(scale: number, step: 1 | -1): number {
  const next = step > 0 ? scaleSteps.find((size) => size > scale) : scaleSteps.findLast((size) => size < scale);
  return next ?? scale;
}

function read(storage: Storage): Settings {
  try {
    return Settings.parse(JSON.parse(storage.getItem(key) ?? "{}"));
  } catch {
    return Settings.parse({});
  }
}
