/** The menu of what lies under the pointer, or has the focus where the menu key is pressed: commands that can be done with it now. */
import { useRef } from "react";
import { Header, Menu, MenuItem, MenuSection, Popover, Separator } from "react-aria-components";
import { useStore } from "zustand";
import { t } from "../ui/messages.ts";
import { menuItems, type OpenMenu } from "./context-menu.ts";
import { keyNames } from "./shortcuts.ts";
import { useWorkbench } from "./workbench.ts";
import "./command-menu.css";

export function ContextMenu() {
  const { shell } = useWorkbench();
  const menu = useStore(shell, (state) => state.menu);
  const anchor = useRef<HTMLSpanElement>(null);
  const close = () => shell.setState({ menu: null });
  return (
    <>
      <span ref={anchor} aria-hidden className="menu-anchor" style={{ left: menu?.x ?? 0, top: menu?.y ?? 0 }} />
      <Popover
        key={menu ? `${menu.x} ${menu.y}` : ""}
        className="popover"
        triggerRef={anchor}
        placement="bottom start"
        offset={2}
        isOpen={menu !== null}
        onOpenChange={(isOpen) => !isOpen && close()}
        aria-label={t("menu.title")}
      >
        {menu && <Items menu={menu} onDone={close} />}
      </Popover>
    </>
  );
}

function Items({ menu: { of }, onDone }: { menu: OpenMenu; onDone: () => void }) {
  const { commands, stores } = useWorkbench();
  const { areas } = stores.selection.getState();
  const { areaById, regions } = stores.brain.getState();
  const sections = menuItems(of, commands);
  const all = sections.flat();
  const title =
    of === "areas"
      ? areas.length === 1
        ? areaById.get(areas[0]!)?.name
        : t("menu.areas", { count: areas.length })
      : of === "set"
        ? (stores.sets.store.getState().last ?? undefined)
        : of === "region"
          ? regions.find(({ id }) => id === stores.editing.getState().region)?.name
          : undefined;
  return (
    <Menu
      autoFocus="first"
      className="listbox command-menu"
      aria-label={t("menu.title")}
      onAction={(id) => all.find((command) => command.id === id)?.run()}
      onClose={onDone}
    >
      {sections.flatMap((section, i) => [
        ...(i === 0 ? [] : [<Separator key={`line ${section[0]!.id}`} className="menu-line" />]),
        <MenuSection key={section[0]!.id} aria-label={title ?? t("menu.title")}>
          {i === 0 && title !== undefined && <Header className="command-menu-title">{title}</Header>}
          {section.map(({ id, title: name, shortcuts: [key] }) => (
            <MenuItem key={id} id={id} className="option" textValue={name}>
              <span>{name}</span>
              {key !== undefined && <kbd>{keyNames(key)}</kbd>}
            </MenuItem>
          ))}
        </MenuSection>,
      ])}
    </Menu>
  );
}
