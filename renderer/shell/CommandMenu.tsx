/** What a toolbar has no room for, as a menu of the commands themselves: title, key, and whether it can be done now. */
import { Ellipsis } from "lucide-react";
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import { Button } from "../ui/Button.tsx";
import { keyNames } from "./shortcuts.ts";
import { useWorkbench } from "./workbench.ts";
import "./command-menu.css";

export interface CommandSection {
  title: string;
  /** Of commands. */
  ids: readonly string[];
}

export function CommandMenu({ label, sections }: { label: string; sections: readonly CommandSection[] }) {
  return (
    <MenuTrigger>
      <Button icon={Ellipsis} label={label} />
      <Popover className="popover" placement="bottom end">
        <Commands label={label} sections={sections} />
      </Popover>
    </MenuTrigger>
  );
}

/** Made when it opens: what can be done changes with the selection. */
function Commands({ label, sections }: { label: string; sections: readonly CommandSection[] }) {
  const { commands } = useWorkbench();
  const commandOf = (id: string) => commands.find((command) => command.id === id)!;
  const all = sections.flatMap(({ ids }) => ids.map(commandOf));
  return (
    <Menu
      className="listbox command-menu"
      aria-label={label}
      disabledKeys={all.filter((command) => !command.when()).map(({ id }) => id)}
      onAction={(id) => all.find((command) => command.id === id)?.run()}
    >
      {sections.map(({ title, ids }) => (
        <MenuSection key={title}>
          <Header className="command-menu-title">{title}</Header>
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
