/** The command palette: every command, and every object of brain and window that has a name or a place (`palette-search.ts`). */
import { ArrowRight, Boxes, BoxSelect, CircleHelp, LayoutGrid, Search, Settings, Zap } from "lucide-react";
import { type ReactNode, useMemo, useRef, useState } from "react";
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListLayout,
  Menu,
  MenuItem,
  MenuSection,
  Popover,
  TextField,
  Virtualizer,
} from "react-aria-components";
import { useStore } from "zustand";
import { afterNextPaint } from "../ui/after-next-paint.ts";
import { formatCount } from "../ui/format.ts";
import { KindGlyph } from "../ui/KindGlyph.tsx";
import { t } from "../ui/messages.ts";
import { chooseSet } from "./commands/sets.ts";
import { helpPages } from "./help.ts";
import { createSearch, type Found, foundKinds } from "./palette-search.ts";
import { keyNames } from "./shortcuts.ts";
import { useRowSize, useWorkbench } from "./workbench.ts";
import "./palette.css";

export function Palette() {
  const { shell } = useWorkbench();
  const dialog = useStore(shell, (state) => state.dialog);
  const { close } = shell.getState();
  const isOpen = dialog === "palette" || dialog === "commands";
  const place = useRef<HTMLDivElement>(null);
  // Not modal: it goes when something else takes the focus, and making the page inert for it restyles every element of it.
  return (
    <>
      <div ref={place} className="palette-place" />
      <Popover
        className="modal palette"
        triggerRef={place}
        offset={0}
        shouldFlip={false}
        isNonModal
        isOpen={isOpen}
        onOpenChange={(open) => !open && close()}
      >
        <Dialog className="dialog" aria-label={t("palette.title")}>
          <Choices begin={dialog === "commands" ? ">" : ""} />
        </Dialog>
      </Popover>
    </>
  );
}

function Choices({ begin }: { begin: string }) {
  const { commands, stores, layouts } = useWorkbench();
  const [query, setQuery] = useState(begin);
  // What there is, and what can be done, is judged once, when the palette opens.
  const search = useMemo(() => {
    const { areas, regions, mappings } = stores.brain.getState();
    const offered = commands.filter(({ id }) => id !== "window.palette" && id !== "window.commands");
    return createSearch({
      commands: offered,
      areas,
      regions,
      sets: stores.sets.store.getState().sets,
      mappings,
      layouts: Object.keys(layouts.store.getState().saved),
      help: helpPages(commands),
    });
  }, [commands, stores, layouts]);
  const found = useMemo(() => search(query), [search, query]);
  const perform = usePerform();
  const rowSize = useRowSize(30);
  const headingSize = useRowSize(27);
  const byKey = new Map(found.map((item) => [keyOf(item), item]));
  return (
    <Autocomplete inputValue={query} onInputChange={setQuery}>
      <TextField className="palette-field" aria-label={t("palette.title")} autoFocus>
        <Search size={17} aria-hidden />
        <Input className="palette-input" placeholder={t("palette.placeholder")} />
      </TextField>
      {/* Only the rows in sight are there: with all of some hundred, opening took three times as long as a person takes for at once. */}
      <Virtualizer layout={ListLayout} layoutOptions={{ rowSize, headingSize, padding: 6 }}>
        <Menu
          className="palette-menu"
          aria-label={t("palette.results")}
          onAction={(key) => {
            const item = byKey.get(String(key));
            if (item) perform(item);
          }}
          renderEmptyState={() => <p className="palette-empty">{t("palette.empty")}</p>}
        >
          {foundKinds.map((kind) => {
            const items = found.filter((item) => item.kind === kind);
            if (items.length === 0) return null;
            return (
              <MenuSection key={kind}>
                <Header className="palette-header">{t(`palette.kind.${kind}`)}</Header>
                {items.map((item) => (
                  <MenuItem
                    key={keyOf(item)}
                    id={keyOf(item)}
                    className="option palette-option"
                    textValue={nameOf(item)}
                    isDisabled={item.kind === "command" && !item.possible}
                  >
                    <Row item={item} />
                  </MenuItem>
                ))}
              </MenuSection>
            );
          })}
        </Menu>
      </Virtualizer>
    </Autocomplete>
  );
}

function Row({ item }: { item: Found }): ReactNode {
  switch (item.kind) {
    case "command": {
      const { title, group, shortcuts } = item.command;
      return (
        <>
          <span className="palette-group">{t(`group.${group}`)}</span>
          <span>{title}</span>
          {!item.possible ? <span className="dim">{t("palette.notNow")}</span> : shortcuts[0] && <kbd>{keyNames(shortcuts[0])}</kbd>}
        </>
      );
    }
    case "area":
      return (
        <>
          <KindGlyph kind={item.area.kind} />
          <span>{item.area.name}</span>
          <span className="dim num">{item.area.dimensions.join(" × ")}</span>
        </>
      );
    case "region":
      return (
        <>
          <Boxes size={14} aria-hidden />
          <span>{item.region.name}</span>
          <span className="dim num">{t("palette.areasIn", { count: item.region.areas.length })}</span>
        </>
      );
    case "set":
      return (
        <>
          <BoxSelect size={14} aria-hidden />
          <span>{item.set.name}</span>
          <span className="dim num">{t("palette.areasIn", { count: item.set.areas.length })}</span>
        </>
      );
    case "mapping":
      return (
        <>
          <ArrowRight size={14} aria-hidden />
          <span>{nameOf(item)}</span>
          <span className="dim num">{t("palette.synapses", { count: item.mapping.synapses })}</span>
        </>
      );
    case "neuron":
      return (
        <>
          <Zap size={14} aria-hidden />
          <span>{nameOf(item)}</span>
        </>
      );
    case "layout":
      return (
        <>
          <LayoutGrid size={14} aria-hidden />
          <span>{item.name}</span>
        </>
      );
    case "setting":
      return (
        <>
          <Settings size={14} aria-hidden />
          <span>{item.title}</span>
        </>
      );
    case "help":
      return (
        <>
          <CircleHelp size={14} aria-hidden />
          <span>{item.page.title}</span>
        </>
      );
  }
}

function keyOf(item: Found): string {
  switch (item.kind) {
    case "command":
      return item.command.id;
    case "area":
      return `area:${item.area.id}`;
    case "region":
      return `region:${item.region.id}`;
    case "set":
      return `set:${item.set.name}`;
    case "mapping":
      return `mapping:${item.mapping.src} ${item.mapping.dst}`;
    case "neuron":
      return "neuron";
    case "layout":
      return `layout:${item.name}`;
    case "setting":
      return `setting:${item.id}`;
    case "help":
      return `help:${item.page.id}`;
  }
}

function nameOf(item: Found): string {
  switch (item.kind) {
    case "command":
      return item.command.title;
    case "area":
      return item.area.name;
    case "region":
      return item.region.name;
    case "set":
      return item.set.name;
    case "mapping":
      return `${item.from} → ${item.to}`;
    case "neuron": {
      const place = `${item.area.name} · ${item.voxel.join(", ")}`;
      return item.neuron === null ? place : t("palette.neuron", { neuron: formatCount(item.neuron), place });
    }
    case "layout":
      return item.name;
    case "setting":
      return item.title;
    case "help":
      return item.page.title;
  }
}

/** What choosing an item does. */
function usePerform(): (item: Found) => void {
  const { stores, shell, scene, layouts } = useWorkbench();
  return (item) => {
    const { close, open } = shell.getState();
    const selection = stores.selection.getState();
    close();
    switch (item.kind) {
      case "command":
        // After the dialog has given the focus back, so that a command may move it.
        afterNextPaint(() => item.command.run());
        break;
      case "area":
        selection.selectArea(item.area.id);
        scene.frame("selection");
        break;
      case "region":
        selection.selectAreas(item.region.areas);
        scene.frame("selection");
        break;
      case "set":
        chooseSet(stores, item.set.name);
        scene.frame("selection");
        break;
      case "mapping":
        selection.selectAreas([item.mapping.src, item.mapping.dst]);
        scene.frame("selection");
        break;
      case "neuron":
        selection.selectVoxel(item.area.id, item.voxel, item.neuron);
        scene.frame("selection");
        break;
      case "layout": {
        const layout = layouts.store.getState().saved[item.name];
        if (layout) shell.getState().docks?.apply(layout);
        break;
      }
      case "setting":
        if (item.id === "keys") open("shortcuts");
        else shell.setState({ dialog: "settings", setting: item.id });
        break;
      case "help":
        shell.setState({ helpPage: item.page.id });
        shell.getState().docks?.show("help");
        break;
    }
  };
}
