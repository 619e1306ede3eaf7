/** Everything else that can be done in the scene, as a menu of its commands: also what the toolbar has no room for. */
import { Ellipsis } from "lucide-react";
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import { keyNames } from "../../shell/shortcuts.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";

const sections = [
  { title: "scene.moreCamera", ids: ["front", "top", "side", "ortho", "fly", "saveView"] },
  { title: "scene.moreDrag", ids: ["orbit", "box", "lasso", "place"] },
  { title: "scene.moreShown", ids: ["isolate", "hide", "showAll", "arcs", "figure"] },
] as const;

export function MoreTools() {
  return (
    <MenuTrigger>
      <Button icon={Ellipsis} label={t("scene.more")} />
      <Popover className="popover" placement="bottom end">
        <MoreMenu />
      </Popover>
    </MenuTrigger>
  );
}

/** Made when it opens: what can be done changes with the selection. */
function MoreMenu() {
  const { commands } = useWorkbench();
  const commandOf = (id: string) => commands.find((command) => command.id === `scene.${id}`)!;
  const all = sections.flatMap(({ ids }) => ids.map(commandOf));
  return (
    <Menu
      className="listbox scene-more"
      aria-label={t("scene.more")}
      disabledKeys={all.filter((command) => !command.when()).map(({ id }) => id)}
      onAction={(id) => all.find((command) => command.id === id)?.run()}
    >
      {sections.map(({ title, ids }) => (
        <MenuSection key={title}>
          <Header className="scene-more-title">{t(title)}</Header>
          {ids.map(commandOf).map(({ id, title: name, shortcuts: [key] }) => (
            <MenuItem key={id} id={id} className="option" textValue={name}>
              <span>{name}</span>
              {key !== undefined && <kbd>{keyNames(key)}</kbd>}
            </MenuItem>
          ))}
        </MenuSection>
      ))}
    </Menu>
  );
}
