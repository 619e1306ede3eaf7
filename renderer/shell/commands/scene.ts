/** The camera and the selection; the keys work with the focus in the scene. */
import { t } from "../../ui/messages.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function sceneCommands(parts: CommandParts): WindowCommand[] {
  const { stores, scene } = parts;
  const { own, has, runPause } = commandWords(parts);
  const inScene = (id: string, title: string, key: string, run: () => void) =>
    own(id, title, "scene", run, { shortcuts: [key], context: "scene", when: has });
  return [
    inScene("scene.toggle", t("command.runPause"), "Space", runPause),
    inScene("scene.frameSelection", t("command.frameSelection"), "f", () => scene.frame("selection")),
    inScene("scene.frameAll", t("command.frameAll"), "Home", () => scene.frame("all")),
    inScene("scene.front", t("command.viewFront"), "1", () => scene.view("front")),
    inScene("scene.top", t("command.viewTop"), "2", () => scene.view("top")),
    inScene("scene.side", t("command.viewSide"), "3", () => scene.view("side")),
    inScene("scene.left", t("command.orbitLeft"), "ArrowLeft", () => scene.orbit(-0.12, 0)),
    inScene("scene.right", t("command.orbitRight"), "ArrowRight", () => scene.orbit(0.12, 0)),
    inScene("scene.up", t("command.orbitUp"), "ArrowUp", () => scene.orbit(0, -0.1)),
    inScene("scene.down", t("command.orbitDown"), "ArrowDown", () => scene.orbit(0, 0.1)),
    inScene("scene.closer", t("command.closer"), "+", () => scene.dolly(0.85)),
    inScene("scene.farther", t("command.farther"), "-", () => scene.dolly(1.18)),
    inScene("scene.climb", t("command.climb"), "Escape", () => stores.selection.getState().climb()),
    own("selection.back", t("command.selectionBack"), "view", () => stores.selection.getState().back(), { shortcuts: ["Alt+ArrowLeft"] }),
    own("selection.forward", t("command.selectionForward"), "view", () => stores.selection.getState().forward(), {
      shortcuts: ["Alt+ArrowRight"],
    }),
  ];
}
