/** What modulators change now: of areas a parameter as it is set and as it is in force, of mappings the factors, of memory areas the switch. */
import { useStore } from "zustand";
import type { CorticalId } from "#contracts/connectome.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { formatCount, formatExact } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { AreaLink } from "../memory/AreaLink.tsx";

interface Range {
  min: number | string;
  max: number | string;
}

export function Effects() {
  const { stores } = useWorkbench();
  const effects = useStore(stores.modulators.store, (state) => state.effects);
  const areaById = useStore(stores.brain, (state) => state.areaById);
  if (effects === null) return null;
  const { burst, areas, mappings, formationOff } = effects;
  const nameOf = (id: CorticalId) => areaById.get(id)?.name ?? id;
  return (
    <section className="modulators-effects" aria-label={t("modulators.effects")}>
      <h3>{t("modulators.effects")}</h3>
      {areas.length + mappings.length + formationOff.length === 0 ? (
        <p className="dim">{t("modulators.noEffects")}</p>
      ) : (
        <table className="data-table" aria-label={t("modulators.effects")}>
          <caption>{t("modulators.after", { burst: formatCount(burst) })}</caption>
          <thead>
            <tr>
              <th scope="col">{t("modulators.columnWhat")}</th>
              <th scope="col">{t("modulators.columnSet")}</th>
              <th scope="col">{t("modulators.columnNow")}</th>
            </tr>
          </thead>
          <tbody>
            {areas.map(({ area, parameter, factor, baseline, now }) => (
              <tr key={`${area} ${parameter}`}>
                <th scope="row">
                  <AreaLink id={area} /> {t(`modulators.parameter.${parameter}`)}
                </th>
                <td>{written(baseline)}</td>
                <td>
                  <strong>{written(now)}</strong>{" "}
                  {Number(factor) === 1 ? t("modulators.unchanged") : t("modulators.times", { factor: formatExact(Number(factor)) })}
                </td>
              </tr>
            ))}
            {mappings.map(({ src, dst, rule, transmission, learning, reward }) => (
              <tr key={`${src} ${dst} ${rule}`}>
                <th scope="row">{t("modulators.pair", { src: nameOf(src), dst: nameOf(dst) })}</th>
                <td />
                <td>{factorsOf(Number(transmission), Number(learning), Number(reward))}</td>
              </tr>
            ))}
            {formationOff.map((area) => (
              <tr key={area}>
                <th scope="row">
                  <AreaLink id={area} />
                </th>
                <td />
                <td>{t("modulators.formationOff")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function written({ min, max }: Range): string {
  const [low, high] = [formatExact(Number(min)), formatExact(Number(max))];
  return low === high ? low : t("modulators.range", { min: low, max: high });
}

function factorsOf(transmission: number, learning: number, reward: number): string {
  const parts = [
    ...(transmission === 1 ? [] : [t("modulators.transmission", { factor: formatExact(transmission) })]),
    ...(learning === 1 ? [] : [t("modulators.learning", { factor: formatExact(learning) })]),
    ...(reward === 0 ? [] : [t("modulators.reward", { reward: formatExact(reward) })]),
  ];
  return parts.length === 0 ? t("modulators.unchanged") : parts.join(", ");
}
