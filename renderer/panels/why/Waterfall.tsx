/** The sum of one neuron in one burst as bars, row by row; synaptic and outside contributions can be chosen to be left out. */
import type { Account } from "#contracts/debug.ts";
import { formatExact } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { type Bar, barsOf, scaleOf, thresholdOf } from "./waterfall.ts";

export interface WaterfallProps {
  account: Account;
  nameOf: (neuron: number) => string;
  chosen: ReadonlySet<number>;
  withoutInput: boolean;
  onChoose: (slot: number, isChosen: boolean) => void;
  onChooseInput: (isChosen: boolean) => void;
}

const width = 1000;
/** Room for the lines of zero and threshold at either end. */
const edge = 10;
/** A bar of next to nothing is still seen. */
const leastWidth = 7;

export function Waterfall({ account, nameOf, chosen, withoutInput, onChoose, onChooseInput }: WaterfallProps) {
  const bars = barsOf(account);
  const threshold = thresholdOf(account);
  const [low, high] = scaleOf(bars, threshold);
  const x = (value: number) => edge + ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * (width - 2 * edge);
  return (
    <ul className="waterfall" aria-label={t("why.waterfall")}>
      {bars.map((bar) => {
        const { name, detail } = wordsOf(bar, account, nameOf);
        return (
          <li key={keyOf(bar)} data-kind={bar.kind}>
            <span className="waterfall-name">
              <Choice {...{ bar, name, chosen, withoutInput, onChoose, onChooseInput }} />
              <span title={detail}>{name}</span>
            </span>
            <span className="num">{signed(bar)}</span>
            {detail && <span className="waterfall-detail dim num">{detail}</span>}
            <svg className="waterfall-bar" viewBox={`0 0 ${width} 10`} preserveAspectRatio="none" aria-hidden="true">
              <line className="waterfall-zero" x1={x(0)} x2={x(0)} y1={0} y2={10} vectorEffect="non-scaling-stroke" />
              <rect
                className={`waterfall-fill ${toneOf(bar)}`}
                x={Math.min(x(bar.from), x(bar.to), width - leastWidth)}
                width={Math.max(leastWidth, Math.abs(x(bar.to) - x(bar.from)))}
                y={2}
                height={6}
              />
              {threshold !== null && (
                <line
                  className="waterfall-threshold"
                  x1={x(threshold)}
                  x2={x(threshold)}
                  y1={0}
                  y2={10}
                  vectorEffect="non-scaling-stroke"
                />
              )}
            </svg>
          </li>
        );
      })}
      <li data-kind="threshold">
        <span className="waterfall-name">{t("why.threshold")}</span>
        <span className="num">{threshold === null ? "–" : formatExact(threshold)}</span>
      </li>
    </ul>
  );
}

/** Only what can be left out of a replay has a box. */
function Choice({
  bar,
  name,
  chosen,
  withoutInput,
  onChoose,
  onChooseInput,
}: Omit<WaterfallProps, "account" | "nameOf"> & { bar: Bar; name: string }) {
  if (bar.kind !== "contribution") return null;
  const { synapse, origin } = bar.contribution;
  const label = t("why.choose", { name });
  if (synapse) {
    const { slot } = synapse;
    return (
      <input type="checkbox" aria-label={label} checked={chosen.has(slot)} onChange={({ target }) => onChoose(slot, target.checked)} />
    );
  }
  if (origin !== "input") return null;
  return <input type="checkbox" aria-label={label} checked={withoutInput} onChange={({ target }) => onChooseInput(target.checked)} />;
}

function wordsOf(bar: Bar, { carried }: Account, nameOf: (neuron: number) => string): { name: string; detail?: string } {
  switch (bar.kind) {
    case "carried": {
      const stored = real(carried.stored);
      const detail = carried.forgotten
        ? t("why.forgotten", { stored })
        : t("why.carriedDetail", { stored, elapsed: carried.elapsed, leak: real(carried.leak) });
      return { name: t("why.carried"), detail };
    }
    case "drive":
      return { name: t("why.drive") };
    case "smaller":
      return { name: t("why.smaller", { count: bar.count }) };
    case "notCounted":
      return { name: t("why.notCounted") };
    case "potential":
      return { name: t("why.potential") };
    case "contribution": {
      const { origin, synapse } = bar.contribution;
      if (!synapse) return { name: t(`why.origin.${origin}`) };
      const detail = t("why.synapseDetail", { burst: synapse.firedAt, weight: real(synapse.weight), psp: real(synapse.psp) });
      return { name: `${synapse.inhibitory ? "⊣" : "→"} ${nameOf(synapse.source)}`, detail };
    }
  }
}

function toneOf(bar: Bar): string {
  if (bar.kind === "potential") return "tone-total";
  if (bar.kind !== "contribution" && bar.kind !== "smaller") return "tone-own";
  return bar.to < bar.from ? "tone-down" : "tone-up";
}

function keyOf(bar: Bar): string {
  return bar.kind === "contribution" ? `c${bar.index}` : bar.kind === "smaller" ? `s${bar.from} ${bar.to}` : bar.kind;
}

function signed(bar: Bar): string {
  const text = real(bar.value);
  const isChange = bar.kind === "contribution" || bar.kind === "smaller" || bar.kind === "drive";
  return isChange && Number(bar.value) > 0 ? `+${text}` : text;
}

const real = (value: number | string) => (typeof value === "number" ? formatExact(value) : value);
