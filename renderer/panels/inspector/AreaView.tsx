/** A cortical area: what it is, where it is, its membrane parameters, and what it is mapped to. */
import { ArrowDownLeft, ArrowUpRight } from "lucide-react";
import { useStore } from "zustand";
import type { AreaParametersPatch, CorticalArea, CorticalId, CorticalMapping } from "#contracts/connectome.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { CommitTextField, NumberField, NumberTriple, Switch } from "../../ui/fields.tsx";
import { formatCompact, formatCount } from "../../ui/format.ts";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { t } from "../../ui/messages.ts";
import { firingParameters, membraneParameters, memoryParameters, switches } from "./area-parameters.ts";

export function AreaView({ area }: { area: CorticalArea }) {
  const { lab, stores } = useWorkbench();
  const canWrite = useCanWrite();
  const regionName = useStore(stores.brain, (state) => state.regions.find(({ id }) => id === area.region)?.name);
  const update = (parameters: AreaParametersPatch) => lab.connectome.updateArea({ id: area.id, parameters });
  const number = ({ key, unit, note, ...limits }: (typeof firingParameters)[number]) => (
    <NumberField
      key={key}
      label={t(`parameter.${key}`)}
      value={area.parameters[key]}
      onCommit={(value) => update({ [key]: value })}
      isDisabled={!canWrite}
      {...limits}
      {...(unit ? { unit: t(unit) } : {})}
      {...(note ? { note: t(note) } : {})}
    />
  );
  return (
    <>
      <section className="section">
        <h2 className="inspector-title">
          <KindGlyph kind={area.kind} />
          {area.name}
        </h2>
        <p className="dim inspector-sub">
          {t(`kind.${area.kind}`)}
          {regionName && ` · ${regionName}`} · <code>{area.idText}</code>
        </p>
        <dl className="facts">
          <dt>{t("inspector.neurons")}</dt>
          <dd>{formatCount(area.neurons)}</dd>
          <dt>{t("inspector.perVoxel")}</dt>
          <dd>{formatCount(area.neuronsPerVoxel)}</dd>
          <dt>{t("inspector.incoming")}</dt>
          <dd>{formatCount(area.incomingSynapses)}</dd>
          <dt>{t("inspector.outgoing")}</dt>
          <dd>{formatCount(area.outgoingSynapses)}</dd>
        </dl>
      </section>
      <section className="section" aria-label={t("inspector.geometry")}>
        <h3>{t("inspector.geometry")}</h3>
        <CommitTextField
          label={t("inspector.name")}
          value={area.name}
          onCommit={(name) => lab.connectome.updateArea({ id: area.id, name })}
        />
        <NumberTriple
          label={t("inspector.dimensions")}
          value={area.dimensions}
          minValue={1}
          isDisabled={!canWrite}
          onCommit={(dimensions) => lab.connectome.updateArea({ id: area.id, dimensions })}
        />
        <NumberTriple
          label={t("inspector.position")}
          value={area.position}
          isDisabled={!canWrite}
          onCommit={(position) => lab.connectome.updateArea({ id: area.id, position })}
        />
      </section>
      <section className="section" aria-label={t("inspector.firing")}>
        <h3>{t("inspector.firing")}</h3>
        {firingParameters.map(number)}
        <NumberTriple
          label={t("parameter.firingThresholdIncrement")}
          value={area.parameters.firingThresholdIncrement}
          integer={false}
          isDisabled={!canWrite}
          onCommit={(firingThresholdIncrement) => update({ firingThresholdIncrement })}
        />
      </section>
      <section className="section" aria-label={t("inspector.membrane")}>
        <h3>{t("inspector.membrane")}</h3>
        {membraneParameters.map(number)}
        {switches.map((key) => (
          <Switch
            key={key}
            label={t(`parameter.${key}`)}
            value={area.parameters[key]}
            isDisabled={!canWrite}
            onCommit={(value) => update({ [key]: value })}
          />
        ))}
      </section>
      {area.kind === "memory" && (
        <section className="section" aria-label={t("inspector.memory")}>
          <h3>{t("inspector.memory")}</h3>
          {memoryParameters.map(number)}
        </section>
      )}
      <Mappings area={area.id} />
    </>
  );
}

function Mappings({ area }: { area: CorticalId }) {
  const { stores } = useWorkbench();
  const mappings = useStore(stores.brain, (state) => state.mappings);
  const outgoing = mappings.filter(({ src }) => src === area);
  const incoming = mappings.filter(({ dst }) => dst === area);
  return (
    <section className="section" aria-label={t("inspector.mappings")}>
      <h3>{t("inspector.mappings")}</h3>
      {outgoing.length + incoming.length === 0 && <p className="dim">{t("inspector.noMappings")}</p>}
      <ul className="mapping-list">
        {outgoing.map((mapping) => (
          <MappingRow key={`out ${mapping.dst}`} mapping={mapping} other={mapping.dst} outgoing />
        ))}
        {incoming.map((mapping) => (
          <MappingRow key={`in ${mapping.src}`} mapping={mapping} other={mapping.src} outgoing={false} />
        ))}
      </ul>
    </section>
  );
}

function MappingRow({ mapping, other, outgoing }: { mapping: CorticalMapping; other: CorticalId; outgoing: boolean }) {
  const { stores } = useWorkbench();
  const area = useStore(stores.brain, (state) => state.areaById.get(other));
  const Icon = outgoing ? ArrowUpRight : ArrowDownLeft;
  const inhibitory = mapping.rules.some(({ multiplier }) => multiplier < 0);
  const direction = t(outgoing ? "inspector.to" : "inspector.from");
  return (
    <li>
      <button type="button" onClick={() => stores.selection.getState().selectArea(other)} disabled={!area}>
        <Icon size={14} aria-hidden className={inhibitory ? "mark-inhibitory" : "mark-excitatory"} />
        <span className="visually-hidden">{direction} </span>
        {area && <KindGlyph kind={area.kind} />}
        <span className="mapping-name">{area?.name ?? other}</span>
        <span className="num dim">{t("inspector.synapseCount", { count: formatCompact(mapping.synapses) })}</span>
        <span className="mapping-rules dim">
          {mapping.rules
            .map(({ morphology, multiplier, plastic }) =>
              [morphology, `× ${multiplier}`, ...(plastic ? [t("inspector.plastic")] : [])].join(" "),
            )
            .join(", ")}
          {inhibitory && ` · ${t("inspector.inhibitory")}`}
        </span>
      </button>
    </li>
  );
}
