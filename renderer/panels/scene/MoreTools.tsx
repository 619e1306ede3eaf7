/** Everything else that can be done in the scene: also what its toolbar has no room for. */
import { CommandMenu } from "../../shell/CommandMenu.tsx";
import { t } from "../../ui/messages.ts";

const sections = [
  { title: "scene.moreCamera", ids: ["front", "top", "side", "ortho", "fly", "saveView"] },
  { title: "scene.moreDrag", ids: ["orbit", "box", "lasso", "place"] },
  { title: "scene.moreShown", ids: ["isolate", "hide", "showAll", "arcs", "figure"] },
] as const;

export function MoreTools() {
  const named = sections.map(({ title, ids }) => ({ title: t(title), ids: ids.map((id) => `scene.${id}`) }));
  return <CommandMenu label={t("scene.more")} sections={named} />;
}
