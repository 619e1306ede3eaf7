/** The scene as a table: the same areas, the same selection, the most active first or by any other column. For those who read or listen instead of look. */
import { Volume2, VolumeX, X } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Cell, Column, Row, type SortDescriptor, Table, TableBody, TableHeader } from "react-aria-components";
import { useStore } from "zustand";
import type { CorticalArea } from "#contracts/connectome.ts";
import type { DetailForm } from "../../scene/brick-lod.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { formatCount, formatFigure, formatPercent } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { createAreaRates, measureAreaRates } from "../explorer/area-rates.ts";
import { announceActivity } from "./announcements.ts";

interface Line {
  area: CorticalArea;
  /** Per burst. */
  fired: number;
  /** Of its neurons. */
  share: number;
}
const compare: Readonly<Record<string, (a: Line, b: Line) => number>> = {
  area: (a, b) => a.area.name.localeCompare(b.area.name),
  kind: (a, b) => t(`kind.${a.area.kind}`).localeCompare(t(`kind.${b.area.kind}`)),
  neurons: (a, b) => a.area.neurons - b.area.neurons,
  fired: (a, b) => a.fired - b.fired,
  share: (a, b) => a.share - b.share,
};

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
  const [sort, setSort] = useState<SortDescriptor>({ column: "fired", direction: "descending" });
  const lines = useMemo(
    () =>
      areas.map((area): Line => {
        const fired = rates.get(area.index) ?? 0;
        return { area, fired, share: area.neurons === 0 ? 0 : fired / area.neurons };
      }),
    [areas, rates],
  );
  const rows = useMemo(() => {
    const by = compare[String(sort.column)]!;
    const sign = sort.direction === "descending" ? -1 : 1;
    return lines.toSorted((a, b) => sign * by(a, b) || compare.area!(a, b));
  }, [lines, sort]);
  const most = Math.max(1e-9, ...rows.map(({ fired }) => fired));
  return (
    <div className="scene-table" data-over={onClose ? "" : undefined}>
      <div className="panel-toolbar">
        <h2>{t("scene.tableTitle")}</h2>
        <Announcements rates={measured} />
        {onClose && <Button icon={X} label={t("common.close")} variant="quiet" onPress={onClose} />}
      </div>
      <Table
        className="data-table"
        aria-label={t("scene.tableTitle")}
        sortDescriptor={sort}
        onSortChange={(next) => setSort(next.column === sort.column ? next : { ...next, direction: firstDirection(next) })}
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={selected === null ? [] : [selected]}
        onSelectionChange={(keys) => {
          const [id] = keys === "all" ? [] : [...keys];
          if (id !== undefined) stores.selection.getState().selectArea(String(id));
        }}
      >
        <TableHeader>
          <SortColumn id="area" isRowHeader title={t("scene.columnArea")} />
          <SortColumn id="kind" title={t("scene.columnKind")} />
          <SortColumn id="neurons" title={t("scene.columnNeurons")} />
          <SortColumn id="fired" title={t("scene.columnFired")} />
          <SortColumn id="share" title={t("scene.columnShare")} />
          <Column>{t("scene.columnDrawn")}</Column>
        </TableHeader>
        <TableBody>
          {rows.map(({ area, fired, share }) => (
            <Row key={area.id} id={area.id}>
              <Cell>{area.name}</Cell>
              <Cell>{t(`kind.${area.kind}`)}</Cell>
              <Cell>{formatCount(area.neurons)}</Cell>
              <Cell>
                <span className="scene-table-bar" style={{ width: `${Math.round((100 * fired) / most)}%` }} aria-hidden />
                {formatFigure(fired)}
              </Cell>
              <Cell>{formatPercent(share)}</Cell>
              <Cell>{drawnAs(scene.formOf(area.id))}</Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

/** Politely, and only while somebody has the table open; the button stops it. */
function Announcements({ rates }: { rates: ReturnType<typeof createAreaRates> }) {
  const { stores } = useWorkbench();
  const on = useStore(stores.scene, (state) => state.announces);
  const [text, setText] = useState("");
  useEffect(() => {
    if (!on) return;
    return announceActivity({ brain: stores.brain, frameStats: stores.frameStats, rates }, setText);
  }, [on, stores, rates]);
  return (
    <>
      <p className="visually-hidden" role="status">
        {on ? text : ""}
      </p>
      <Button
        icon={on ? Volume2 : VolumeX}
        label={t("scene.announces")}
        pressed={on}
        variant="quiet"
        onPress={() => stores.scene.setState({ announces: !on })}
      />
    </>
  );
}

function SortColumn({ id, title, isRowHeader = false }: { id: string; title: string; isRowHeader?: boolean }) {
  return (
    <Column id={id} isRowHeader={isRowHeader} allowsSorting>
      {({ sortDirection }) => (
        <>
          {title}
          <span aria-hidden className="scene-table-sort">
            {sortDirection === "ascending" ? "▲" : sortDirection === "descending" ? "▼" : ""}
          </span>
        </>
      )}
    </Column>
  );
}

/** Of figures the largest are what one looks for. */
const firstDirection = ({ column }: SortDescriptor) => (column === "area" || column === "kind" ? "ascending" : "descending");

const drawnAs = (form: DetailForm | null) => (form === null ? "–" : t(`scene.form.${form}`));
