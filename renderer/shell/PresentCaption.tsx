/** The caption over the scene in the layout for showing: which brain, where it stands and what the colours are, or words of one's own. */
import { useState } from "react";
import { Button } from "react-aria-components";
import { useStore } from "zustand";
import { brainTitle } from "../ui/brain-title.ts";
import { TextField } from "../ui/fields.tsx";
import { inSentence } from "../ui/format.ts";
import { t } from "../ui/messages.ts";
import { useWorkbench } from "./workbench.ts";
import "./present-caption.css";

/** Words of one's own are a taste of this window; empty is what is shown. */
const key = "gyrus.caption";

export function PresentCaption() {
  const { stores, layouts, shell } = useWorkbench();
  const isPresenting = useStore(layouts.store, ({ preset }) => preset === "present");
  const status = useStore(stores.brain, (brain) => brain.status);
  const colourBy = useStore(stores.scene, (scene) => scene.colourBy);
  const [own, setOwn] = useState(() => window.localStorage.getItem(key) ?? "");
  const isWriting = useStore(shell, ({ dialog }) => dialog === "caption");
  if (!isPresenting || status === null || status.brainId === null) return null;
  const shown = t("figure.captionOf", { title: brainTitle(status), burst: status.burst, what: inSentence(t(`scene.colour.${colourBy}`)) });
  const keep = () => {
    window.localStorage.setItem(key, own.trim());
    if (isWriting) shell.getState().close();
  };
  return (
    <div className="present-caption">
      {isWriting ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            keep();
          }}
          onBlur={keep}
        >
          <TextField label={t("present.caption")} value={own} onChange={setOwn} placeholder={shown} autoFocus />
        </form>
      ) : (
        <Button className="present-caption-text" onPress={() => shell.getState().open("caption")}>
          {own === "" ? shown : own}
          <span className="visually-hidden">. {t("command.caption")}</span>
        </Button>
      )}
    </div>
  );
}
