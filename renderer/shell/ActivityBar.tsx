/** The line of icons at the left: layout presets, every view of the window, the three docks, settings and help. */
import {
  Bug,
  Compass,
  Hammer,
  LayoutGrid,
  type LucideIcon,
  PanelBottom,
  PanelLeft,
  PanelRight,
  Presentation,
  Radar,
  Settings,
} from "lucide-react";
import { useEffect, useState } from "react";
import { Button as AriaButton, Group, Menu, MenuItem, MenuTrigger, Popover, Tooltip, TooltipTrigger } from "react-aria-components";
import { useStore } from "zustand";
import { Button } from "../ui/Button.tsx";
import { t } from "../ui/messages.ts";
import type { Side } from "./docks.ts";
import { type PanelId, type PresetName, panelIds, panelRow, presetNames } from "./panels.ts";
import { useShortcutOf, useWorkbench } from "./workbench.ts";
import "./activity-bar.css";

const presetIcons: Record<PresetName, LucideIcon> = { explore: Compass, build: Hammer, debug: Bug, operate: Radar, present: Presentation };
const sides: readonly [Side, LucideIcon, string][] = [
  ["left", PanelLeft, "dock.left"],
  ["below", PanelBottom, "dock.below"],
  ["right", PanelRight, "dock.right"],
];

export function ActivityBar() {
  const { shell, layouts, commands } = useWorkbench();
  const docks = useStore(shell, (state) => state.docks);
  const preset = useStore(layouts.store, (state) => state.preset);
  const [, changed] = useState({});
  useEffect(() => docks?.onChange(() => changed({})), [docks]);
  const shortcutOf = useShortcutOf();
  return (
    <nav className="activity-bar" aria-label={t("activity.label")}>
      <Group aria-label={t("activity.presets")}>
        {presetNames.map((name) => (
          <Button
            key={name}
            icon={presetIcons[name]}
            label={t("command.preset", { name: t(`preset.${name}`) })}
            variant="quiet"
            pressed={preset === name}
            onPress={() => docks?.preset(name)}
          />
        ))}
      </Group>
      <ViewsMenu />
      <span className="activity-gap" />
      <Group aria-label={t("activity.docks")}>
        {sides.map(([side, icon, id]) => (
          <Button
            key={side}
            icon={icon}
            label={commands.find((command) => command.id === id)?.title ?? ""}
            shortcut={shortcutOf(id)}
            variant="quiet"
            pressed={docks?.isShown(side) ?? false}
            onPress={() => docks?.toggle(side)}
          />
        ))}
      </Group>
      <Button
        icon={Settings}
        label={t("command.settings")}
        variant="quiet"
        shortcut={shortcutOf("window.settings")}
        onPress={() => shell.getState().open("settings")}
      />
    </nav>
  );
}

/** Every view with a check on those that are open; choosing one brings it to the front. */
function ViewsMenu() {
  const { shell } = useWorkbench();
  const docks = useStore(shell, (state) => state.docks);
  return (
    <MenuTrigger>
      <TooltipTrigger delay={450}>
        <AriaButton className="button" data-variant="quiet" data-icon-only aria-label={t("activity.views")}>
          <LayoutGrid size={15} strokeWidth={1.9} aria-hidden />
        </AriaButton>
        <Tooltip className="tooltip" placement="right" offset={6}>
          {t("activity.views")}
        </Tooltip>
      </TooltipTrigger>
      <Popover className="popover" placement="right top">
        <Menu className="listbox" aria-label={t("activity.views")} onAction={(id) => docks?.show(id as PanelId)}>
          {panelIds.map((id) => {
            const { icon: Icon } = panelRow(id);
            return (
              <MenuItem key={id} id={id} className="option" textValue={t(`panel.${id}`)}>
                <Icon size={14} aria-hidden />
                <span>{t(`panel.${id}`)}</span>
                {docks?.isOpen(id) && <span className="view-open dim">{t("activity.open")}</span>}
              </MenuItem>
            );
          })}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
