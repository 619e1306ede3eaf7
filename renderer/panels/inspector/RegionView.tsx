/** A brain region: its name and place, what is in it, and which of its areas are meant to be reached from outside. */
import { Copy, FolderPlus, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { OutputOf } from "#contracts/command.ts";
import type { RegionCommands } from "#contracts/commands/connectome/regions.ts";
import type { BrainRegion, CorticalArea, CorticalId } from "#contracts/connectome.ts";
import { useAttempt, useCanWrite, useRefusal, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { CommitTextField, Select } from "../../ui/fields.tsx";
import { formatCount } from "../../ui/format.ts";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { NumberTriple } from "../../ui/NumberField.tsx";

type Details = OutputOf<RegionCommands["getRegion"]>;
type Role = "none" | "input" | "output";

export function RegionView({ region }: { region: BrainRegion }) {
  const { lab, stores } = useWorkbench();
  const canWrite = useCanWrite();
  const regions = useStore(stores.brain, (state) => state.regions);
  const areas = useStore(stores.brain, (state) => state.areas);
  const details = useDetails(region);
  const isRoot = region.parent === null;
  const below = regions.filter(({ parent }) => parent === region.id);
  const members = areas.filter((area) => area.region === region.id);
  const inside = new Set(insideOf(region.id, regions));
  const parents = regions.filter(({ id }) => !inside.has(id)).map(({ id, name }) => ({ id, label: name }));
  const update = (values: object) => lab.connectome.updateRegion({ id: region.id, ...values });
  const attempt = useAttempt();
  return (
    <>
      <section className="section">
        <div className="view-head">
          <h2 className="view-title">{region.name}</h2>
          <div className="view-actions">
            <Button
              icon={FolderPlus}
              variant="quiet"
              label={t("command.regionCreate")}
              isDisabled={!canWrite}
              onPress={() => stores.editing.getState().ask({ kind: "createRegion", areas: [] })}
            />
            <Button
              icon={Copy}
              variant="quiet"
              label={t("editing.duplicateOne", { name: region.name })}
              isDisabled={!canWrite || isRoot}
              onPress={() => stores.editing.getState().ask({ kind: "cloneRegion", id: region.id })}
            />
            <Button
              icon={Trash2}
              variant="quiet"
              label={t("editing.remove", { name: region.name })}
              isDisabled={!canWrite || isRoot}
              onPress={() => stores.editing.getState().ask({ kind: "removeRegion", id: region.id })}
            />
          </div>
        </div>
        <p className="dim view-sub">{isRoot ? t("region.root") : t("region.kind")}</p>
        <dl className="facts">
          <dt>{t("inspector.areas")}</dt>
          <dd>{formatCount(members.length)}</dd>
          <dt>{t("region.children")}</dt>
          <dd>{formatCount(below.length)}</dd>
          <dt>{t("inspector.neurons")}</dt>
          <dd>{formatCount(members.reduce((sum, { neurons }) => sum + neurons, 0))}</dd>
        </dl>
      </section>
      <section className="section" aria-label={t("inspector.geometry")}>
        <h3>{t("inspector.geometry")}</h3>
        <CommitTextField label={t("inspector.name")} value={region.name} isDisabled={!canWrite} onCommit={(name) => update({ name })} />
        {details && (
          <CommitTextField
            label={t("region.description")}
            value={details.description}
            isDisabled={!canWrite}
            onCommit={(description) => update({ description })}
          />
        )}
        {!isRoot && canWrite && (
          <Select
            label={t("editing.parent")}
            value={region.parent ?? ""}
            choices={parents}
            onChange={(parent) => parent !== region.parent && attempt(update({ parent }))}
          />
        )}
        <NumberTriple
          label={t("inspector.position")}
          value={region.position}
          isDisabled={!canWrite}
          onCommit={(position) => update({ position })}
        />
        {details && (
          <NumberTriple
            label={t("inspector.position2d")}
            value={details.position2d}
            axes={["x", "y"]}
            isDisabled={!canWrite}
            hint={t("hint.position2d")}
            onCommit={([x, y]) => update({ position2d: [x, y] })}
          />
        )}
      </section>
      {details && members.length > 0 && (
        <section className="section" aria-label={t("region.roles")}>
          <h3>{t("region.roles")}</h3>
          <p className="dim region-note">{t("region.rolesNote")}</p>
          {members.map((area) => (
            <AreaRole key={area.id} area={area} details={details} isDisabled={!canWrite} onChange={(values) => attempt(update(values))} />
          ))}
        </section>
      )}
    </>
  );
}

function AreaRole({
  area,
  details: { designatedInputs, designatedOutputs },
  isDisabled,
  onChange,
}: {
  area: CorticalArea;
  details: Details;
  isDisabled: boolean;
  onChange: (values: { designatedInputs: CorticalId[]; designatedOutputs: CorticalId[] }) => void;
}) {
  const { stores } = useWorkbench();
  const role: Role = designatedInputs.includes(area.id) ? "input" : designatedOutputs.includes(area.id) ? "output" : "none";
  const without = (list: readonly CorticalId[]) => list.filter((id) => id !== area.id);
  const become = (next: Role) =>
    onChange({
      designatedInputs: [...without(designatedInputs), ...(next === "input" ? [area.id] : [])],
      designatedOutputs: [...without(designatedOutputs), ...(next === "output" ? [area.id] : [])],
    });
  return (
    <div className="region-area">
      <button type="button" className="link" onClick={() => stores.selection.getState().selectArea(area.id)}>
        <KindGlyph kind={area.kind} /> {area.name}
      </button>
      {isDisabled ? (
        <span className="dim">{t(`region.role.${role}`)}</span>
      ) : (
        <Select
          label={t("region.roleOf", { name: area.name })}
          hideLabel
          value={role}
          onChange={become}
          choices={(["none", "input", "output"] as const).map((id) => ({ id, label: t(`region.role.${id}`) }))}
        />
      )}
    </div>
  );
}

/** The region and all below it: none of them can be its parent. */
function insideOf(id: string, regions: readonly BrainRegion[]): string[] {
  return [id, ...regions.filter(({ parent }) => parent === id).flatMap((child) => insideOf(child.id, regions))];
}

function useDetails(region: BrainRegion): Details | null {
  const { lab } = useWorkbench();
  const refused = useRefusal();
  const [details, setDetails] = useState<Details | null>(null);
  useEffect(() => {
    let current = true;
    lab.connectome.getRegion({ id: region.id }).then((read) => current && setDetails(read), refused);
    return () => {
      current = false;
    };
  }, [lab, region, refused]);
  return details?.id === region.id ? details : null;
}
