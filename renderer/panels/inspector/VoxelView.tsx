/** One voxel: where it is, and the neurons in it, which can be added to and taken away by hand. */
import { Plus, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import type { CorticalArea, Vec3 } from "#contracts/connectome.ts";
import { useAttempt, useCanWrite, useRefusal, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { PlanNotice, usePlannedEdit } from "../editing/PlannedEdit.tsx";

const mostListed = 64;

export function VoxelView({ area, voxel, neuron }: { area: CorticalArea; voxel: Vec3; neuron: number | null }) {
  const { lab, stores } = useWorkbench();
  const canWrite = useCanWrite();
  const attempt = useAttempt();
  const planned = usePlannedEdit();
  const neurons = useNeuronsAt(area, voxel);
  const at = { area: area.id, voxels: [voxel] };
  return (
    <section className="section" aria-label={t("inspector.voxel")}>
      <div className="view-head">
        <h2 className="view-title num">
          {area.name} · {voxel.join(", ")}
        </h2>
        <div className="view-actions">
          <Button
            icon={Plus}
            variant="quiet"
            label={t("inspector.addNeuron")}
            isDisabled={!canWrite}
            onPress={() => attempt(lab.connectome.createNeurons(at))}
          />
          <Button
            icon={Trash2}
            variant="quiet"
            label={t("inspector.removeNeurons", { count: neurons.length })}
            isDisabled={!canWrite || neurons.length === 0}
            onPress={() =>
              attempt(
                planned.propose(
                  () => lab.connectome.removeNeurons({ neurons: [...neurons], dryRun: true }),
                  () => lab.connectome.removeNeurons({ neurons: [...neurons] }),
                ),
              )
            }
          />
        </div>
      </div>
      <p className="dim view-sub">{t("inspector.neuronCount", { count: neurons.length })}</p>
      <PlanNotice edit={planned} />
      <fieldset className="voxel-neurons" aria-label={t("inspector.neuronsHere")}>
        {neurons.slice(0, mostListed).map((id) => (
          <button
            key={id}
            type="button"
            className="chip num"
            aria-pressed={neuron === id}
            onClick={() => {
              stores.selection.getState().selectVoxel(area.id, voxel, id);
              stores.editing.getState().show("neuron");
            }}
          >
            {formatCount(id)}
          </button>
        ))}
      </fieldset>
      {neurons.length > mostListed && <p className="dim">{t("editing.more", { count: neurons.length - mostListed })}</p>}
    </section>
  );
}

/** Ascending; read again when the areas change. */
export function useNeuronsAt(area: CorticalArea, voxel: Vec3): readonly number[] {
  const { lab } = useWorkbench();
  const refused = useRefusal();
  const [found, setFound] = useState<{ of: string; neurons: readonly number[] }>({ of: "", neurons: [] });
  const of = `${area.id} ${voxel.join()}`;
  useEffect(() => {
    let current = true;
    lab.connectome
      .neuronAt({ area: area.id, voxel: [voxel[0], voxel[1], voxel[2]] })
      .then(({ neurons }) => current && setFound({ of: `${area.id} ${voxel.join()}`, neurons }), refused);
    return () => {
      current = false;
    };
  }, [lab, area, voxel, refused]);
  return found.of === of ? found.neurons : [];
}
