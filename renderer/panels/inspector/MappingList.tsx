/** What an area is mapped to and from; a press chooses the mapping. */
import { ArrowDownLeft, ArrowUpRight, Plus } from "lucide-react";
import { useStore } from "zustand";
import type { CorticalId, CorticalMapping } from "#contracts/connectome.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { formatCompact } from "../../ui/format.ts";
import { KindGlyph } from "../../ui/KindGlyph.tsx";
import { MiddleText } from "../../ui/MiddleText.tsx";
import { t } from "../../ui/messages.ts";
import "./mapping-list.css";

/** `title`: where the area is not named above. */
export function MappingList({ area, title = t("inspector.mappings") }: { area: CorticalId; title?: string }) {
  const { stores, shell } = useWorkbench();
  const mappings = useStore(stores.brain, (state) => state.mappings);
  const outgoing = mappings.filter(({ src }) => src === area);
  // One to itself is listed once.
  const incoming = mappings.filter(({ src, dst }) => dst === area && src !== area);
  return (
    <section className="section" aria-label={t("inspector.mappings")}>
      <div className="section-head">
        <h3>{title}</h3>
        <Button
          icon={Plus}
          variant="quiet"
          label={t("inspector.newMapping")}
          onPress={() => {
            stores.mappingDrafts.getState().begin(area, null);
            shell.getState().docks?.show("mapping");
          }}
        />
      </div>
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
  const { src, dst } = mapping;
  return (
    <li>
      <button type="button" onClick={() => stores.editing.getState().choose({ mapping: { src, dst } })} disabled={!area}>
        <Icon size={14} aria-hidden className={inhibitory ? "mark-inhibitory" : "mark-excitatory"} />
        <span className="visually-hidden">{direction} </span>
        {area && <KindGlyph kind={area.kind} />}
        <MiddleText className="mapping-name" text={area?.name ?? other} />
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
