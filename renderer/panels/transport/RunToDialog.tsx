/** Run or go to: a burst by its number, or the next or last burst in which a condition holds. */
import { ArrowLeftToLine, ArrowRightToLine, Square } from "lucide-react";
import { useRef, useState } from "react";
import { useStore } from "zustand";
import { LabError } from "#contracts/errors.ts";
import { useCanWrite, useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import { TextField } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { useTried } from "../breakpoints/evaluation.ts";
import { Preview, TermHelp } from "../breakpoints/Preview.tsx";
import "../breakpoints/breakpoints.css";

/** Bursts run at most in search of a condition. */
const mostBursts = 100_000;

export function RunToDialog() {
  const { shell } = useWorkbench();
  const isOpen = useStore(shell, ({ dialog }) => dialog === "runTo");
  const close = shell.getState().close;
  return (
    <AppDialog title={t("runTo.title")} isOpen={isOpen} onClose={close}>
      {isOpen && <Target onDone={close} />}
    </AppDialog>
  );
}

function Target({ onDone }: { onDone: () => void }) {
  const { lab, stores } = useWorkbench();
  const canWrite = useCanWrite();
  const at = useStore(stores.brain, ({ status }) => status?.burst ?? 0);
  const last = useStore(stores.timeline.store, ({ recording }) => recording?.last ?? 0);
  const [text, setText] = useState("");
  const [outcome, setOutcome] = useState<{ severity: "error" | "info"; text: string } | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const stop = useRef(new AbortController());
  const isNumber = /^\d+$/.test(text.trim());
  const tried = useTried(isNumber ? "" : text);
  const isWrong = tried !== null && "problem" in tried;
  const burst = Number(text);

  /** `work` tells what to say when there is no reason to close. */
  const attempt = async (work: (signal: AbortSignal) => Promise<string | null>) => {
    stop.current = new AbortController();
    setIsRunning(true);
    setOutcome(null);
    try {
      const said = await work(stop.current.signal);
      if (said === null) onDone();
      else setOutcome({ severity: "info", text: said });
    } catch (error) {
      if (!(error instanceof LabError && error.code === "E_CANCELLED")) setOutcome({ severity: "error", text: messageOf(error) });
    } finally {
      setIsRunning(false);
    }
  };
  const forward = () =>
    attempt(async (signal) => {
      if (isNumber) {
        await (burst <= last ? lab.time.goTo({ burst }, { signal }) : lab.brain.runTo({ burst }, { signal }));
        return null;
      }
      const { reached, status } = await lab.debug.runTo({ condition: text.trim(), most: mostBursts }, { signal });
      return reached ? null : t("runTo.notReached", { burst: status.burst });
    });
  const back = () =>
    attempt(async (signal) => {
      const { reached } = await lab.debug.reverseContinue({ condition: text.trim() }, { signal });
      return reached ? null : t("runTo.notBack");
    });
  const isReady = canWrite && text.trim() !== "" && !isRunning && !isWrong;
  return (
    <form
      className="breakpoint-new"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void forward();
      }}
    >
      <TextField label={t("runTo.target")} value={text} onChange={setText} placeholder={t("runTo.hint")} autoFocus />
      {!isNumber && <Preview text={text} tried={tried} />}
      {text.trim() === "" && <p className="dim preview">{t("runTo.note", { most: mostBursts })}</p>}
      {outcome && (
        <Notice severity={outcome.severity} live>
          {outcome.text}
        </Notice>
      )}
      <div className="breakpoint-add">
        {isRunning ? (
          <>
            <span className="dim num" role="status">
              {t("runTo.running", { burst: at })}
            </span>
            <Button icon={Square} onPress={() => stop.current.abort()}>
              {t("runTo.cancel")}
            </Button>
          </>
        ) : (
          <>
            <TermHelp />
            <span className="run-to-buttons">
              {!isNumber && (
                <Button icon={ArrowLeftToLine} isDisabled={!isReady} onPress={() => void back()}>
                  {t("runTo.back")}
                </Button>
              )}
              <Button icon={ArrowRightToLine} variant="primary" type="submit" isDisabled={!isReady}>
                {isNumber ? t(burst <= last ? "runTo.go" : "runTo.runBurst", { burst }) : t("runTo.runCondition")}
              </Button>
            </span>
          </>
        )}
      </div>
    </form>
  );
}
