/** The tools over the picture in one row: where to look from, what a drag does, what the colours say. What a narrow view has no room for is under More. */
import { BoxSelect, Crosshair, Lasso, Layers, Maximize, Move3d, Rotate3d, Table2 } from "lucide-react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useStore } from "zustand";
import { colourings, type Tool } from "../../scene/scene-types.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Select } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { MoreTools } from "./MoreTools.tsx";
import { SceneOptions } from "./SceneOptions.tsx";

const dragTools = [
  { tool: "orbit", icon: Rotate3d, key: "" },
  { tool: "box", icon: BoxSelect, key: "B" },
  { tool: "lasso", icon: Lasso, key: "L" },
] as const satisfies { tool: Tool; icon: unknown; key: string }[];

interface SceneToolbarProps {
  table: boolean;
  onTable(on: boolean): void;
}

export function SceneToolbar({ table, onTable }: SceneToolbarProps) {
  const { stores, scene, commands } = useWorkbench();
  const colourBy = useStore(stores.scene, (state) => state.colourBy);
  const tool = useStore(stores.scene, (state) => state.tool);
  const placing = useStore(stores.placing.store, ({ draft }) => draft !== null);
  const hasSelection = useStore(stores.selection, ({ area }) => area !== null);
  const set = stores.scene.setState;
  return (
    <div className="scene-toolbar" role="toolbar" aria-label={t("scene.toolbar")}>
      <Button icon={Maximize} label={t("scene.frameAll")} shortcut="Home" onPress={() => scene.frame("all")} />
      <Button icon={Crosshair} label={t("scene.frameSelection")} shortcut="F" onPress={() => scene.frame("selection")} />
      <div className="scene-tools-sides">
        {(["front", "top", "side"] as const).map((side, i) => (
          <Button key={side} label={t(`scene.${side}`)} shortcut={String(i + 1)} onPress={() => scene.view(side)}>
            {t(`scene.${side}`)}
          </Button>
        ))}
      </div>
      <span className="scene-toolbar-gap" />
      <div className="scene-tools-drag">
        {dragTools.map(({ tool: id, icon, key }) => (
          <Button
            key={id}
            icon={icon}
            label={t(`scene.tool.${id}`)}
            shortcut={key || undefined}
            pressed={tool === id}
            onPress={() => set({ tool: id })}
          />
        ))}
        <Button
          icon={Move3d}
          label={t("command.place")}
          shortcut="G"
          pressed={placing}
          isDisabled={!hasSelection}
          onPress={() => commands.find(({ id }) => id === "scene.place")?.run()}
        />
        <span className="scene-toolbar-gap" />
      </div>
      <Select
        label={t("scene.colourBy")}
        hideLabel
        value={colourBy}
        onChange={(next) => set({ colourBy: next })}
        choices={colourings.map((id) => ({ id, label: t(`scene.colour.${id}`) }))}
      />
      <DialogTrigger>
        <Button icon={Layers} label={t("scene.options")} />
        <Popover className="popover" placement="bottom end">
          <Dialog className="scene-options" aria-label={t("scene.options")}>
            <SceneOptions />
          </Dialog>
        </Popover>
      </DialogTrigger>
      <Button icon={Table2} label={t("scene.table")} pressed={table} onPress={() => onTable(!table)} />
      <MoreTools />
    </div>
  );
}
