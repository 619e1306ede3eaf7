/** The selected areas: what they are, and the fields of what they have. */
import { Braces, CopyPlus, type Pencil, Radio, Trash2 } from "lucide-react";
import { useDeferredValue } from "react";
import { useStore } from "zustand";
import type { CorticalArea } from "#contracts/connectome.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { formatCount } from "../../ui/format.ts";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { HeldMark } from "../stimulate/Held.tsx";
import { AreaFields } from "./AreaFields.tsx";
import { isPlainId } from "./StoredValues.tsx";

/** A selection is named at once; its thirty fields follow, and nobody can write into those of the one before meanwhile. */
export function AreaView({ areas }: { areas: readonly CorticalArea[] }) {
  const settled = useDeferredValue(areas);
  return (
    <>
      <Head areas={areas} />
      <div inert={idsOf(settled) !== idsOf(areas)}>
        <AreaFields key={idsOf(settled)} areas={settled} />
      </div>
    </>
  );
}

function idsOf(areas: readonly CorticalArea[]): string {
  return areas.map(({ id }) => id).join();
}

function Head({ areas }: { areas: readonly CorticalArea[] }) {
  const { stores, commands } = useWorkbench();
  const [area] = areas;
  const regionName = useStore(stores.brain, (state) => state.regions.find(({ id }) => id === area?.region)?.name);
  const sum = (read: (one: CorticalArea) => number) => formatCount(areas.reduce((total, one) => total + read(one), 0));
  const action = (id: string, icon: typeof Pencil) => {
    const command = commands.find((one) => one.id === id);
    if (!command) return null;
    const [shortcut] = command.shortcuts;
    return (
      <Button
        key={id}
        icon={icon}
        label={command.title}
        variant="quiet"
        shortcut={shortcut?.replace("$mod", "Ctrl")}
        isDisabled={!command.when()}
        onPress={command.run}
      />
    );
  };
  if (!area) return null;
  return (
    <section className="section">
      <div className="view-head">
        <h2 className="view-title">
          {areas.length === 1 && <KindGlyph kind={area.kind} />}
          {areas.length === 1 ? area.name : t("editing.areaCount", { count: areas.length })}
          {areas.length === 1 && <HeldMark area={area.id} />}
        </h2>
        <div className="view-actions">
          {action("area.duplicate", CopyPlus)}
          {action("area.copy", Braces)}
          {action("modulator.listenSelected", Radio)}
          {action("area.remove", Trash2)}
        </div>
      </div>
      {areas.length === 1 ? (
        <p className="dim view-sub">
          {t(`kind.${area.kind}`)}
          {regionName && (
            <>
              {" · "}
              <button type="button" className="link" onClick={() => stores.editing.getState().choose({ region: area.region })}>
                {regionName}
              </button>
            </>
          )}{" "}
          · <code>{isPlainId(area.idText) ? area.idText : area.id}</code>
        </p>
      ) : (
        <ul className="chips view-sub">
          {areas.slice(0, 12).map(({ id, name, kind }) => (
            <li key={id}>
              <button type="button" className="chip" onClick={() => stores.selection.getState().selectArea(id)}>
                <KindGlyph kind={kind} /> {name}
              </button>
            </li>
          ))}
          {areas.length > 12 && <li className="dim">{t("editing.more", { count: areas.length - 12 })}</li>}
        </ul>
      )}
      <dl className="facts">
        <dt>{t("inspector.neurons")}</dt>
        <dd>{sum(({ livingNeurons, neurons }) => livingNeurons ?? neurons)}</dd>
        <dt>{t("inspector.incoming")}</dt>
        <dd>{sum(({ incomingSynapses }) => incomingSynapses)}</dd>
        <dt>{t("inspector.outgoing")}</dt>
        <dd>{sum(({ outgoingSynapses }) => outgoingSynapses)}</dd>
      </dl>
    </section>
  );
}
