/** The scene as a table: the same areas, the same selection, the most active first. For those who read instead of look. */
import { X } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Cell, Column, Row, Table, TableBody, TableHeader } from "react-aria-components";
import { useStore } from "zustand";
import type { DetailForm } from "../../scene/brick-lod.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { formatCount, formatFigure, formatPercent } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { createAreaRates, measureAreaRates } from "../explorer/area-rates.ts";

/** `onClose`: it lies over the picture. */
export function SceneTable({ onClose }: { onClose?: () => void }) {
  const { stores, bridge, scene, sceneStats } = useWorkbench();
  const areas = useStore(stores.brain, (state) => state.areas);
  const selected = useStore(stores.selection, (state) => state.area);
  const [measured] = useState(createAreaRates);
  useEffect(() => measureAreaRates(bridge.frames, stores.brain, measured), [bridge, stores, measured]);
  const rates = useStore(measured);
  // How areas are drawn changes with the picture.
  useStore(sceneStats);
  const rows = useMemo(
    () =>
      areas
        .map((area) => ({ area, fired: rates.get(area.index) ?? 0 }))
        .sort((a, b) => b.fired - a.fired || a.area.name.localeCompare(b.area.name)),
    [areas, rates],
  );
  const most = Math.max(1e-9, rows[0]?.fired ?? 0);
  return (
    <div className="scene-table" data-over={onClose ? "" : undefined}>
      <div className="panel-toolbar">
        <h2>{t("scene.tableTitle")}</h2>
        {onClose && <Button icon={X} label={t("common.close")} variant="quiet" onPress={onClose} />}
      </div>
      <Table
        className="data-table"
        aria-label={t("scene.tableTitle")}
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={selected === null ? [] : [selected]}
        onSelectionChange={(keys) => {
          const [id] = keys === "all" ? [] : [...keys];
          if (id !== undefined) stores.selection.getState().selectArea(String(id));
        }}
      >
        <TableHeader>
          <Column isRowHeader>{t("scene.columnArea")}</Column>
          <Column>{t("scene.columnKind")}</Column>
          <Column>{t("scene.columnNeurons")}</Column>
          <Column>{t("scene.columnFired")}</Column>
          <Column>{t("scene.columnShare")}</Column>
          <Column>{t("scene.columnDrawn")}</Column>
        </TableHeader>
        <TableBody>
          {rows.map(({ area, fired }) => (
            <Row key={area.id} id={area.id}>
              <Cell>{area.name}</Cell>
              <Cell>{t(`kind.${area.kind}`)}</Cell>
              <Cell>{formatCount(area.neurons)}</Cell>
              <Cell>
                <span className="scene-table-bar" style={{ width: `${Math.round((100 * fired) / most)}%` }} aria-hidden />
                {formatFigure(fired)}
              </Cell>
              <Cell>{formatPercent(area.neurons === 0 ? 0 : fired / area.neurons)}</Cell>
              <Cell>{drawnAs(scene.formOf(area.id))}</Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

const drawnAs = (form: DetailForm | null) => (form === null ? "–" : t(`scene.form.${form}`));
