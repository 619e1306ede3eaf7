/** An area out of another genome, put where there is room, with its mappings. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { OutputOf } from "#contracts/command.ts";
import type { GenomeCommands } from "#contracts/commands/genome.ts";
import type { Vec3 } from "#contracts/connectome.ts";
import type { BoxPlacement } from "#contracts/genome-edit.ts";
import { useCanWrite, useRefusal, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { EmptyState, Notice } from "../../ui/feedback.tsx";
import { Select, Switch } from "../../ui/fields.tsx";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { NumberTriple } from "../../ui/NumberField.tsx";
import { PlanNotice, usePlannedEdit } from "../editing/PlannedEdit.tsx";
import { ChooseFile, type Other, useOther } from "./OtherGenome.tsx";

type OtherArea = OutputOf<GenomeCommands["areas"]>[number];

export function Merge() {
  const { lab } = useWorkbench();
  const refused = useRefusal();
  const [other, setOther] = useOther();
  const [areas, setAreas] = useState<readonly OtherArea[]>([]);
  const [id, setId] = useState("");
  useEffect(() => {
    if (!other) return;
    let current = true;
    lab.genome.areas({ from: other.source }).then((read) => {
      if (!current) return;
      setAreas(read);
      setId("");
    }, refused);
    return () => {
      current = false;
    };
  }, [lab, refused, other]);
  const area = areas.find((one) => one.id === id);
  return (
    <div>
      <div className="panel-toolbar">
        <ChooseFile onChoose={setOther} />
        {other && (
          <Select
            label={t("genome.area")}
            hideLabel
            placeholder={t("genome.chooseArea", { name: other.name })}
            value={id}
            onChange={setId}
            choices={areas.map(({ id: one, name, kind }) => ({ id: one, label: name, icon: <KindGlyph kind={kind} /> }))}
          />
        )}
      </div>
      {other && area ? <Placement key={area.id} other={other} area={area} /> : <EmptyState>{t("genome.mergeHint")}</EmptyState>}
    </div>
  );
}

function Placement({ other, area }: { other: Other; area: OtherArea }) {
  const { lab, stores } = useWorkbench();
  const canWrite = useCanWrite();
  const regions = useStore(stores.brain, (state) => state.regions);
  const areaById = useStore(stores.brain, (state) => state.areaById);
  const isDevice = area.kind !== "custom" && area.kind !== "memory";
  const homes = [
    { id: "", label: t("genome.ownPlace") },
    ...regions.filter(({ parent }) => isDevice || parent !== null).map(({ id, name }) => ({ id, label: name })),
  ];
  const [region, setRegion] = useState("");
  const [position, setPosition] = useState<Vec3>(area.position);
  const [withMappings, setWithMappings] = useState(true);
  const [room, setRoom] = useState<BoxPlacement | null>(null);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const planned = usePlannedEdit();
  useEffect(() => {
    let current = true;
    const { dimensions } = area;
    lab.genome.placement({ boxes: [{ position, dimensions }] }).then(
      ({ boxes }) => current && setRoom(boxes[0] ?? null),
      (error: unknown) => current && setRefusal(messageOf(error)),
    );
    return () => {
      current = false;
    };
  }, [lab, area, position]);
  const input = { from: other.source, area: area.id, withMappings, position, ...(region === "" ? {} : { region }) };
  const copy = () => {
    setRefusal(null);
    planned
      .propose(
        async () => {
          const plan = await lab.genome.copyArea({ ...input, dryRun: true });
          setMissing(plan.missing.map((one) => ("area" in one ? one.area : one.morphology)));
          return plan;
        },
        async () => {
          const { id } = await lab.genome.copyArea(input);
          stores.selection.getState().selectArea(id);
        },
      )
      .catch((error: unknown) => setRefusal(messageOf(error)));
  };
  const overlapped = (room?.overlaps ?? []).map((id) => areaById.get(id)?.name ?? id);
  return (
    <section className="section genome-placement">
      <h2 className="view-title">
        <KindGlyph kind={area.kind} /> {area.name}
      </h2>
      <p className="dim">{t("genome.areaAbout", { size: area.dimensions.join(" × "), count: area.mappings, file: other.name })}</p>
      <Select label={t("inspector.region")} value={region} choices={homes} onChange={setRegion} />
      <NumberTriple label={t("inspector.position")} value={position} onCommit={setPosition} />
      <div className="genome-room">
        <span className="dim" role="status">
          {overlapped.length > 0 ? t("genome.overlaps", { names: overlapped.join(", ") }) : t("genome.hasRoom")}
        </span>
        {room && overlapped.length > 0 && (
          <Button onPress={() => setPosition(room.free)}>{t("genome.useFree", { position: room.free.join(", ") })}</Button>
        )}
      </div>
      <Switch label={t("genome.withMappings")} value={withMappings} onCommit={setWithMappings} />
      {missing.length > 0 && <Notice severity="warning">{t("genome.missing", { names: missing.join(", ") })}</Notice>}
      {refusal && (
        <Notice severity="error" live>
          {refusal}
        </Notice>
      )}
      <PlanNotice edit={planned} />
      <Button variant="primary" isDisabled={!canWrite} onPress={copy}>
        {t("genome.copy")}
      </Button>
    </section>
  );
}
