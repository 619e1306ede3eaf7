/** Token values as plain colours, for the pictures that are drawn outside of CSS (scene, raster, plots). */
import { useSyncExternalStore } from "react";
import { type AreaKind, areaKinds } from "#contracts/connectome.ts";
import type { SceneTheme } from "../scene/scene-types.ts";
import type { Appearance } from "./settings.ts";

/** Each token as #rrggbb, as the document shows it now. */
export function tokenColours(window: Window, tokens: readonly string[]): ReadonlyMap<string, string> {
  const { document } = window;
  const probe = document.body.appendChild(document.createElement("i"));
  const colours = new Map(
    tokens.map((token) => {
      probe.style.color = `var(--${token})`;
      return [token, hexOf(window.getComputedStyle(probe).color)];
    }),
  );
  probe.remove();
  return colours;
}

/** What the document shows its colours by; whoever drew with other ones draws anew when it changes. */
export function useTheme(): string {
  return useSyncExternalStore(
    (changed) => {
      const observer = new MutationObserver(changed);
      observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
      return () => observer.disconnect();
    },
    () => document.documentElement.dataset.theme ?? "",
  );
}

const sceneTokens = ["surface-0", "text", "text-2", "focus", "line", "mark-excitatory", "mark-inhibitory", "mark-error"];
const signedTokens = ["signed-0", "signed-1", "signed-2"];
const rampTokens = [0, 1, 2, 3, 4, 5].map((step) => `ramp-${step}`);

export function sceneThemeOf(window: Window, { theme }: Appearance): SceneTheme {
  const colours = tokenColours(window, [...sceneTokens, ...signedTokens, ...rampTokens, ...areaKinds.map((kind) => `kind-${kind}`)]);
  const colour = (token: string) => colours.get(token) ?? "";
  return {
    paper: theme === "light",
    background: colour("surface-0"),
    text: colour("text"),
    secondary: colour("text-2"),
    focus: colour("focus"),
    grid: colour("line"),
    excitatory: colour("mark-excitatory"),
    inhibitory: colour("mark-inhibitory"),
    breakpoint: colour("mark-error"),
    signed: signedTokens.map(colour) as [string, string, string],
    kinds: Object.fromEntries(areaKinds.map((kind) => [kind, colour(`kind-${kind}`)])) as Record<AreaKind, string>,
    ramp: rampTokens.map(colour),
  };
}

/** "rgb(14, 17, 22)" as "#0e1116". */
function hexOf(colour: string): string {
  const channels = colour.match(/\d+(\.\d+)?/g)?.slice(0, 3) ?? [];
  return `#${channels.map((channel) => Math.round(Number(channel)).toString(16).padStart(2, "0")).join("")}`;
}
