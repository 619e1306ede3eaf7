/** The command palette: every command of the list that can be done now, and every cortical area by name. */
import { Search } from "lucide-react";
import { useMemo } from "react";
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  TextField,
  useFilter,
} from "react-aria-components";
import { useStore } from "zustand";
import { KindGlyph } from "../ui/KindGlyph.tsx";
import { t } from "../ui/messages.ts";
import { commandGroupOrder } from "./commands/command.ts";
import { keyNames } from "./shortcuts.ts";
import { useWorkbench } from "./workbench.ts";
import "./palette.css";

const areaPrefix = "area:";

export function Palette() {
  const { shell } = useWorkbench();
  const isOpen = useStore(shell, (state) => state.dialog === "palette");
  const { close } = shell.getState();
  return (
    <ModalOverlay className="scrim" isOpen={isOpen} onOpenChange={(open) => !open && close()} isDismissable>
      <Modal className="modal palette">
        <Dialog className="dialog" aria-label={t("palette.title")}>
          <Choices />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Choices() {
  const { commands, stores, shell, scene } = useWorkbench();
  const areas = useStore(stores.brain, (state) => state.areas);
  const { contains } = useFilter({ sensitivity: "base" });
  // What can be done is judged once, when the palette opens.
  const possible = useMemo(
    () =>
      commands
        .filter((command) => command.id !== "window.palette" && command.when())
        .sort((a, b) => commandGroupOrder.indexOf(a.group) - commandGroupOrder.indexOf(b.group)),
    [commands],
  );
  const perform = (id: string) => {
    shell.getState().close();
    if (id.startsWith(areaPrefix)) {
      stores.selection.getState().selectArea(id.slice(areaPrefix.length));
      scene.frame("selection");
    } else {
      // After the dialog has given the focus back, so that a command may move it.
      requestAnimationFrame(() => commands.find((command) => command.id === id)?.run());
    }
  };
  return (
    <Autocomplete filter={(text, query) => query.split(/\s+/).every((word) => contains(text, word))}>
      <TextField className="palette-field" aria-label={t("palette.title")} autoFocus>
        <Search size={17} aria-hidden />
        <Input className="palette-input" placeholder={t("palette.placeholder")} />
      </TextField>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard */}
      <div className="palette-list" tabIndex={0}>
        <Menu
          className="palette-menu"
          aria-label={t("palette.results")}
          onAction={(key) => perform(String(key))}
          renderEmptyState={() => <p className="palette-empty">{t("palette.empty")}</p>}
        >
          <MenuSection>
            <Header className="palette-header">{t("palette.commands")}</Header>
            {possible.map(({ id, title, group, shortcuts }) => (
              <MenuItem key={id} id={id} className="option palette-option" textValue={`${title} ${t(`group.${group}`)}`}>
                <span className="palette-group">{t(`group.${group}`)}</span>
                <span>{title}</span>
                {shortcuts[0] && <kbd>{keyNames(shortcuts[0])}</kbd>}
              </MenuItem>
            ))}
          </MenuSection>
          {areas.length > 0 && (
            <MenuSection>
              <Header className="palette-header">{t("palette.areas")}</Header>
              {areas.map((area) => (
                <MenuItem
                  key={area.id}
                  id={areaPrefix + area.id}
                  className="option palette-option"
                  textValue={`${area.name} ${area.idText}`}
                >
                  <KindGlyph kind={area.kind} />
                  <span>{area.name}</span>
                  <span className="dim num">{area.dimensions.join(" × ")}</span>
                </MenuItem>
              ))}
            </MenuSection>
          )}
        </Menu>
      </div>
    </Autocomplete>
  );
}
