/** The dialogs of edits: a new area or region, another name, another home, and what a removal takes along. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import { moveAreas, planRemoval, removeAreas } from "../../shell/commands/area-edits.ts";
import { selectVoxels } from "../../shell/commands/voxels.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import type { EditDialog } from "../../stores/editing-store.ts";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import { Select, TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { NumberField, NumberTriple } from "../../ui/NumberField.tsx";
import { AddUnit, ConfigureDevice } from "../devices/DeviceDialogs.tsx";
import { ClassifierForm, RemoveClassifier } from "../modulators/ClassifierDialogs.tsx";
import { Listen, ModulatorForm, RemoveModulator, RenameModulator } from "../modulators/ModulatorDialogs.tsx";
import { CloneRegion } from "./CloneRegion.tsx";
import { EditForm, RemovalForm } from "./EditForm.tsx";
import { NameSet } from "./SetDialogs.tsx";
import "./editing.css";

export function EditingDialogs() {
  const { stores } = useWorkbench();
  const dialog = useStore(stores.editing, (state) => state.dialog);
  if (dialog === null) return null;
  switch (dialog.kind) {
    case "createArea":
      return <CreateArea />;
    case "cloneRegion":
      return <CloneRegion key={dialog.id} id={dialog.id} />;
    case "createRegion":
      return <CreateRegion areas={dialog.areas} />;
    case "renameArea":
    case "renameRegion":
      return <Rename key={dialog.id} {...dialog} />;
    case "moveAreas":
      return <MoveAreas ids={dialog.ids} />;
    case "removeAreas":
    case "removeRegion":
      return <Remove dialog={dialog} />;
    case "device":
      return <ConfigureDevice area={dialog.area} />;
    case "addUnit":
      return <AddUnit />;
    case "pasteVoxels":
      return <PasteVoxels />;
    case "saveSet":
      return <NameSet name={null} />;
    case "renameSet":
      return <NameSet name={dialog.name} />;
    case "modulator":
      return <ModulatorForm id={dialog.id} />;
    case "renameModulator":
      return <RenameModulator id={dialog.id} />;
    case "removeModulator":
      return <RemoveModulator id={dialog.id} />;
    case "listen":
      return <Listen area={dialog.area} />;
    case "classifier":
      return <ClassifierForm id={dialog.id} />;
    case "removeClassifier":
      return <RemoveClassifier id={dialog.id} />;
  }
}

/** Where the clipboard's text is put in by hand. */
function PasteVoxels() {
  const workbench = useWorkbench();
  const [text, setText] = useState("");
  return (
    <EditForm
      title={t("voxels.pasteTitle")}
      action={t("voxels.select")}
      isReady={text.trim() !== ""}
      onSubmit={async () => selectVoxels(workbench, text)}
    >
      <TextField label={t("voxels.text")} value={text} onChange={setText} note={t("voxels.textNote")} autoFocus />
    </EditForm>
  );
}

function useRegionChoices() {
  const { stores } = useWorkbench();
  const regions = useStore(stores.brain, (state) => state.regions);
  return regions.filter(({ parent }) => parent !== null).map(({ id, name }) => ({ id, label: name }));
}

function CreateArea() {
  const { lab, stores } = useWorkbench();
  const regions = useRegionChoices();
  const here = stores.brain.getState().areaById.get(stores.selection.getState().area ?? "")?.region;
  const [name, setName] = useState("");
  const [kind, setKind] = useState<"custom" | "memory">("custom");
  const [region, setRegion] = useState(regions.find(({ id }) => id === here)?.id ?? regions[0]?.id ?? "");
  const [dimensions, setDimensions] = useState<Vec3>([8, 8, 1]);
  const [neuronsPerVoxel, setNeuronsPerVoxel] = useState(1);
  const [position, setPosition] = useState<Vec3 | null>(null);
  // Beside what stands there already, until a person says where.
  useEffect(() => {
    if (position) return;
    let current = true;
    const near = stores.brain.getState().areaById.get(stores.selection.getState().area ?? "")?.position ?? [0, 0, 0];
    lab.genome.placement({ boxes: [{ position: near, dimensions }] }).then(
      ({ boxes }) => current && setPosition(boxes[0]!.free),
      () => current && setPosition(near),
    );
    return () => {
      current = false;
    };
  }, [lab, stores, position, dimensions]);
  const create = async () => {
    const { id } = await lab.connectome.createArea({ name: name.trim(), kind, region, dimensions, neuronsPerVoxel, position: position! });
    stores.selection.getState().selectArea(id);
  };
  return (
    <EditForm
      title={t("editing.createArea")}
      action={t("editing.create")}
      isReady={name.trim() !== "" && region !== "" && position !== null}
      onSubmit={create}
    >
      <TextField label={t("inspector.name")} value={name} onChange={setName} autoFocus stacked={false} />
      <Select
        label={t("editing.kind")}
        value={kind}
        onChange={setKind}
        choices={(["custom", "memory"] as const).map((id) => ({ id, label: t(`kind.${id}`) }))}
      />
      {regions.length === 0 ? (
        <Notice severity="warning">{t("editing.noHome")}</Notice>
      ) : (
        <Select label={t("inspector.region")} value={region} onChange={setRegion} choices={regions} />
      )}
      <NumberTriple label={t("inspector.dimensions")} value={dimensions} minValue={1} onCommit={setDimensions} />
      <NumberField
        label={t("inspector.perVoxel")}
        value={neuronsPerVoxel}
        {...{ minValue: 1, maxValue: 65_535, integer: true }}
        onCommit={setNeuronsPerVoxel}
      />
      <NumberTriple label={t("inspector.position")} value={position ?? [null, null, null]} onCommit={setPosition} />
    </EditForm>
  );
}

function CreateRegion({ areas }: { areas: readonly CorticalId[] }) {
  const { lab, stores } = useWorkbench();
  const regions = useStore(stores.brain, (state) => state.regions);
  const [name, setName] = useState("");
  const [parent, setParent] = useState(regions.find(({ parent: above }) => above === null)?.id ?? "");
  const create = async () => {
    const region = await lab.connectome.createRegion({ name: name.trim(), ...(parent ? { parent } : {}), areas: [...areas] });
    stores.editing.getState().choose({ region: region.id });
  };
  return (
    <EditForm title={t("editing.createRegion")} action={t("editing.create")} isReady={name.trim() !== ""} onSubmit={create}>
      <TextField label={t("inspector.name")} value={name} onChange={setName} autoFocus stacked={false} />
      <Select
        label={t("editing.parent")}
        value={parent}
        onChange={setParent}
        choices={regions.map(({ id, name: label }) => ({ id, label }))}
      />
      {areas.length > 0 && <p className="dim">{t("editing.takesAreas", { count: areas.length })}</p>}
    </EditForm>
  );
}

function Rename({ kind, id }: { kind: "renameArea" | "renameRegion"; id: string }) {
  const { lab, stores } = useWorkbench();
  const { areaById, regions } = stores.brain.getState();
  const old = (kind === "renameArea" ? areaById.get(id)?.name : regions.find((region) => region.id === id)?.name) ?? "";
  const [name, setName] = useState(old);
  const rename = () => {
    if (name.trim() === old) return Promise.resolve();
    return kind === "renameArea"
      ? lab.connectome.updateArea({ id, name: name.trim() })
      : lab.connectome.updateRegion({ id, name: name.trim() });
  };
  return (
    <EditForm title={t("editing.rename", { name: old })} action={t("editing.renameAction")} isReady={name.trim() !== ""} onSubmit={rename}>
      <TextField label={t("inspector.name")} value={name} onChange={setName} autoFocus stacked={false} />
    </EditForm>
  );
}

function MoveAreas({ ids }: { ids: readonly CorticalId[] }) {
  const { bridge, stores } = useWorkbench();
  const regions = useRegionChoices();
  const names = ids.map((id) => stores.brain.getState().areaById.get(id)?.name ?? id);
  const [region, setRegion] = useState(regions[0]?.id ?? "");
  return (
    <EditForm
      title={ids.length === 1 ? t("editing.moveOne", { name: names[0]! }) : t("editing.moveMany", { count: ids.length })}
      action={t("editing.move")}
      isReady={region !== ""}
      onSubmit={() => moveAreas({ bridge, stores }, ids, region)}
    >
      <Select label={t("inspector.region")} value={region} onChange={setRegion} choices={regions} />
    </EditForm>
  );
}

type Removal = Extract<EditDialog, { kind: "removeAreas" | "removeRegion" }>;

function Remove({ dialog }: { dialog: Removal }) {
  const { bridge, lab, stores } = useWorkbench();
  const { areaById, regions } = stores.brain.getState();
  const name =
    dialog.kind === "removeRegion"
      ? (regions.find(({ id }) => id === dialog.id)?.name ?? "")
      : dialog.ids.length === 1
        ? (areaById.get(dialog.ids[0]!)?.name ?? "")
        : t("editing.areaCount", { count: dialog.ids.length });
  const plan = () =>
    dialog.kind === "removeRegion"
      ? lab.connectome.removeRegion({ id: dialog.id, dryRun: true })
      : planRemoval({ bridge, stores }, dialog.ids);
  const remove = (): Promise<unknown> =>
    dialog.kind === "removeRegion" ? lab.connectome.removeRegion({ id: dialog.id }) : removeAreas({ bridge, stores }, dialog.ids);
  return (
    <RemovalForm name={name} plan={plan} remove={remove}>
      {dialog.kind === "removeRegion" && (
        <Button
          onPress={() => {
            stores.editing.getState().closeDialog();
            lab.connectome
              .dissolveRegion({ id: dialog.id })
              .catch((error: unknown) => stores.notices.getState().push("error", messageOf(error)));
          }}
        >
          {t("editing.dissolveInstead")}
        </Button>
      )}
    </RemovalForm>
  );
}
