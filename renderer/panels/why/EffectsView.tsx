/** Where the spike went, what it added there, who fired then, and on request who would not have without it. */
import { ArrowRightFromLine, FlaskConical } from "lucide-react";
import type { Effects } from "#contracts/debug.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import type { WhyState } from "../../stores/why-store.ts";
import { Button } from "../../ui/Button.tsx";
import { formatCount, formatExact } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { NeuronLink } from "./NeuronLink.tsx";

export function EffectsView({ state: { effects, busy } }: { state: WhyState }) {
  const { stores } = useWorkbench();
  return (
    <section className="section" aria-label={t("why.effects")}>
      <h3>{t("why.effects")}</h3>
      {effects ? (
        <EffectsTable effects={effects} />
      ) : (
        <Button icon={ArrowRightFromLine} isDisabled={busy === "effects"} onPress={() => void stores.why.askEffects(false)}>
          {t("why.showEffects")}
        </Button>
      )}
      {effects?.sent.some(({ targetFired, necessary }) => targetFired && necessary === null) && (
        <Button icon={FlaskConical} isDisabled={busy === "effects"} onPress={() => void stores.why.askEffects(true)}>
          {t("why.effectsNecessary")}
        </Button>
      )}
    </section>
  );
}

function EffectsTable({ effects: { sent, synapses } }: { effects: Effects }) {
  if (synapses === 0) return <p className="dim">{t("why.effectsNone")}</p>;
  return (
    <>
      {sent.length < synapses && <p className="dim">{t("why.effectsShown", { shown: sent.length, count: synapses })}</p>}
      <table className="data-table effects-table" aria-label={t("why.effects")}>
        <thead>
          <tr>
            <th scope="col">{t("why.columnTarget")}</th>
            <th scope="col">{t("why.columnArrival")}</th>
            <th scope="col">{t("why.columnValue")}</th>
            <th scope="col">{t("why.columnFired")}</th>
            <th scope="col">{t("why.columnNeeded")}</th>
          </tr>
        </thead>
        <tbody>
          {sent.map(({ slot, target, arrival, value, targetFired, necessary }) => (
            <tr key={slot}>
              <td>
                <NeuronLink neuron={target} />
              </td>
              <td>{formatCount(arrival)}</td>
              <td>{typeof value === "number" ? formatExact(value) : value}</td>
              <td>{targetFired === null ? t("why.unknown") : t(targetFired ? "why.yes" : "why.no")}</td>
              <td>{necessary === null ? t("why.notAsked") : t(necessary ? "why.yes" : "why.no")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
