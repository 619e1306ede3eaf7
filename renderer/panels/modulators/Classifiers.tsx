/** The classifiers of a brain: their memories, what is tied to what, and how they are taught. */
import type { Classifier } from "../../stores/modulator-store.ts";
import { Badge } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { AreaLink } from "../memory/AreaLink.tsx";
import { EditButtons } from "./EditButtons.tsx";

export function Classifiers({ classifiers }: { classifiers: readonly Classifier[] }) {
  if (classifiers.length === 0) return null;
  return (
    <ul className="modulators-list" aria-label={t("classifiers.list")}>
      {classifiers.map(({ id, name, sampleMemory, classMemory, errorArea, samples, bindings, rewardTraining, answerDelay }) => (
        <li key={id}>
          <div className="modulators-head">
            <strong>{name}</strong>
            <Badge>{t("classifiers.kind")}</Badge>
            <EditButtons name={name} change={{ kind: "classifier", id }} remove={{ kind: "removeClassifier", id }} />
          </div>
          <dl className="facts">
            <dt>{t("classifiers.samples")}</dt>
            <dd>
              <AreaLink id={sampleMemory} />
              {samples.length === 0 ? ` ${t("classifiers.noInput")}` : samples.map((area) => <AreaLink key={area} id={area} />)}
            </dd>
            <dt>{t("classifiers.classes")}</dt>
            <dd>
              <AreaLink id={classMemory} />
              {bindings.length === 0 ? ` ${t("classifiers.noInput")}` : bindings.map(({ input }) => <AreaLink key={input} id={input} />)}
            </dd>
            <dt>{t("classifiers.errors")}</dt>
            <dd>
              <AreaLink id={errorArea} />
            </dd>
            <dt>{t("classifiers.teaching")}</dt>
            <dd>
              {t(rewardTraining ? "classifiers.byReward" : "classifiers.byCoincidence")}, {t("inspector.bursts", { count: answerDelay })}{" "}
              {t("classifiers.later")}
            </dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}
