/** Voxels on the clipboard: those that are selected go there as JSON, those that are there become the selection. */
import { messageOf } from "../../ui/error-text.ts";
import { t } from "../../ui/messages.ts";
import { readVoxels, voxelsText } from "../voxels-text.ts";
import { type CommandParts, commandWords, type WindowCommand } from "./command.ts";

export function voxelCommands(parts: CommandParts): WindowCommand[] {
  const { stores } = parts;
  const { own, has } = commandWords(parts);
  const say = (severity: "info" | "error", text: string) => stores.notices.getState().push(severity, text);

  async function copy(): Promise<void> {
    const { area, voxels } = stores.selection.getState();
    if (area === null) return;
    try {
      await navigator.clipboard.writeText(voxelsText(area, voxels));
      say("info", t("voxels.copied", { count: voxels.length }));
    } catch (error) {
      say("error", messageOf(error));
    }
  }
  async function paste(): Promise<void> {
    const text = await pastedText();
    if (text === null) return stores.editing.getState().ask({ kind: "pasteVoxels" });
    try {
      selectVoxels(parts, text);
    } catch (error) {
      say("error", messageOf(error));
    }
  }
  return [
    own("scene.copyVoxels", t("command.copyVoxels"), "scene", () => void copy(), {
      ...{ shortcuts: ["$mod+c"], context: "scene", when: () => has() && stores.selection.getState().voxels.length > 0 },
    }),
    own("scene.pasteVoxels", t("command.pasteVoxels"), "scene", () => void paste(), {
      ...{ shortcuts: ["$mod+v"], context: "scene", when: has, keepsKey: true },
    }),
  ];
}

/** Makes the voxels of a text the selection and says so; throws what is wrong with it. */
export function selectVoxels({ stores }: Pick<CommandParts, "stores">, text: string): void {
  const { area, voxels } = readVoxels(text, stores.brain.getState().areaById);
  stores.selection.getState().selectVoxels(area.id, voxels);
  stores.notices.getState().push("info", t("voxels.selected", { count: voxels.length, name: area.name }));
}

/** The browser hands the text over right after its key. */
const handOverMs = 150;

/** What the key of pasting brings, for which no permission is asked; null where the command was chosen otherwise. */
function pastedText(): Promise<string | null> {
  return new Promise((resolve) => {
    const settle = (text: string | null) => {
      clearTimeout(timer);
      document.removeEventListener("paste", take);
      resolve(text);
    };
    const take = (event: ClipboardEvent) => {
      event.preventDefault();
      settle(event.clipboardData?.getData("text/plain") ?? "");
    };
    const timer = setTimeout(() => settle(null), handOverMs);
    document.addEventListener("paste", take);
  });
}
