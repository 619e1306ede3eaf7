/** Token values as plain colours, for the pictures that are drawn outside of CSS (scene, raster). */
import { type AreaKind, areaKinds } from "#contracts/connectome.ts";
import type { SceneTheme } from "../scene/scene-types.ts";
import type { Appearance } from "./settings.ts";

export function sceneThemeOf(window: Window, { theme }: Appearance): SceneTheme {
  const { document } = window;
  const probe = document.body.appendChild(document.createElement("i"));
  const colour = (token: string) => {
    probe.style.color = `var(--${token})`;
    return hexOf(window.getComputedStyle(probe).color);
  };
  const colours: SceneTheme = {
    paper: theme === "light",
    background: colour("surface-0"),
    text: colour("text"),
    secondary: colour("text-2"),
    focus: colour("focus"),
    grid: colour("line"),
    kinds: Object.fromEntries(areaKinds.map((kind) => [kind, colour(`kind-${kind}`)])) as Record<AreaKind, string>,
    ramp: [0, 1, 2, 3, 4, 5].map((step) => colour(`ramp-${step}`)),
  };
  probe.remove();
  return colours;
}

/** "rgb(14, 17, 22)" as "#0e1116". */
function hexOf(colour: string): string {
  const channels = colour.match(/\d+(\.\d+)?/g)?.slice(0, 3) ?? [];
  return `#${channels.map((channel) => Math.round(Number(channel)).toString(16).padStart(2, "0")).join("")}`;
}
