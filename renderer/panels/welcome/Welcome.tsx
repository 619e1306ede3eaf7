/** First sight of the lab without a brain: samples to open at once, a path, a file, or a file dropped anywhere. */
import { ArrowRight, Brain, FilePlus2, FileUp } from "lucide-react";
import { useEffect, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useStore } from "zustand";
import type { Sample } from "#contracts/commands/genome.ts";
import { openFile } from "../../shell/open-file.ts";
import { useAttempt, useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { brainTitle } from "../../ui/brain-title.ts";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import logo from "../../ui/gyrus.svg";
import { t } from "../../ui/messages.ts";
import { OpenByPath, PickFile } from "../open/OpenForms.tsx";
import { FirstQuestions } from "./FirstQuestions.tsx";
import { RecentFiles } from "./RecentFiles.tsx";
import { TourOffer } from "./TourOffer.tsx";
import "./welcome.css";

type SampleList = { samples: (typeof Sample)["_output"][] } | { refusal: string } | null;

export function Welcome() {
  const workbench = useWorkbench();
  const { lab, stores, settings, shell } = workbench;
  const isMet = useStore(settings, (state) => state.isMet);
  const connected = useStore(stores.connection, (state) => state.phase === "open");
  const attempt = useAttempt();
  const [list, setList] = useState<SampleList>(null);
  useEffect(() => {
    if (!connected) return;
    lab.genome.samples({}).then(
      (samples) => setList({ samples }),
      (error: unknown) => setList({ refusal: messageOf(error) }),
    );
  }, [lab, connected]);
  return (
    <div className="scene-overlay welcome">
      <div className="welcome-inner">
        <header>
          <img src={logo} alt="" width={44} height={44} />
          <div>
            <h2>{t("welcome.title")}</h2>
            <p className="dim">{t("welcome.intro")}</p>
          </div>
        </header>
        {!isMet && <FirstQuestions />}
        <TourOffer samples={list && "samples" in list ? list.samples : []} />
        <h3>{t("welcome.samples")}</h3>
        {list === null && <p className="dim">{t("welcome.loading")}</p>}
        {list && "refusal" in list && <Notice severity="error">{list.refusal}</Notice>}
        {list && "samples" in list && (
          <ul className="sample-cards">
            {list.samples.map((sample) => (
              <li key={sample.path}>
                <AriaButton className="sample-card" onPress={() => attempt(openFile(workbench, sample.path))}>
                  <Brain size={17} aria-hidden />
                  <span className="sample-title">{sample.name}</span>
                  <span className="sample-size num">
                    {t("welcome.sampleSize", { areas: sample.areas })}
                    {saysMore(sample) && ` · ${sample.title}`}
                  </span>
                  <ArrowRight size={15} className="sample-go" aria-hidden />
                </AriaButton>
              </li>
            ))}
          </ul>
        )}
        <RecentFiles />
        <h3>{t("welcome.own")}</h3>
        <div className="welcome-own">
          <div className="drop-hint">
            <FilePlus2 size={18} aria-hidden />
            <span>{t("welcome.new")}</span>
            <Button onPress={() => shell.getState().open("new")}>{t("welcome.newAction")}</Button>
          </div>
          <OpenByPath />
          <div className="drop-hint">
            <FileUp size={18} aria-hidden />
            <span>{t("welcome.drop")}</span>
            <PickFile />
          </div>
        </div>
      </div>
    </div>
  );
}

/** Whether a sample's title tells more than the name of its file. */
function saysMore({ title, name }: (typeof Sample)["_output"]): boolean {
  return title.toLowerCase() !== name.toLowerCase() && brainTitle({ title, genomePath: name }) === title;
}
