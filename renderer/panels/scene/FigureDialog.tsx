/** The scene as a file: a picture at a chosen size, or a film of bursts or of what goes on, through saved views, with caption and legend. */
import { Film, Image } from "lucide-react";
import { useRef, useState } from "react";
import { useStore } from "zustand";
import { burstPlace, filmCodec } from "../../scene/capture.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { AppDialog } from "../../ui/AppDialog.tsx";
import { Button } from "../../ui/Button.tsx";
import { download } from "../../ui/download.ts";
import { messageOf } from "../../ui/error-text.ts";
import { Notice, Progress } from "../../ui/feedback.tsx";
import { Select, Switch, TextField } from "../../ui/fields.tsx";
import { inSentence } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { FilmFields, useHeldBursts } from "./FilmFields.tsx";
import { type FilmWish, filmPlan } from "./film-plan.ts";
import { useLegend } from "./Legend.tsx";

const kinds = ["png", "svg", "film"] as const;
type Kind = (typeof kinds)[number];

export function FigureDialog() {
  const { shell } = useWorkbench();
  const dialog = useStore(shell, (state) => state.dialog);
  // What was written in it goes when it closes: the next figure is of another moment.
  if (dialog === "figure") return <OpenFigureDialog of="png" />;
  if (dialog === "drawing") return <OpenFigureDialog of="svg" />;
  return dialog === "film" ? <OpenFigureDialog of="film" /> : null;
}

function OpenFigureDialog({ of }: { of: Kind }) {
  const { shell, scene, stores, appearance } = useWorkbench();
  const title = stores.brain.getState().status?.title ?? "";
  const burst = stores.selection.getState().cursor ?? stores.brain.getState().status?.burst ?? 0;
  const colourBy = useStore(stores.scene, (state) => state.colourBy);
  const bookmarks = useStore(stores.scene, (state) => state.bookmarks);
  const legend = useLegend();
  const [kind, setKind] = useState<Kind>(of);
  const [scale, setScale] = useState("2");
  const [written, setCaption] = useState<string | null>(null);
  const [below, setBelow] = useState(true);
  const held = useHeldBursts();
  const [wish, setWish] = useState<FilmWish>(() => ({
    ...{ of: "live", from: held?.from ?? burst, to: held?.to ?? burst, burstsPerSecond: 10, seconds: 3 },
    views: bookmarks.map(({ name }) => name),
  }));
  const asked: FilmWish = held ? wish : { ...wish, of: "live" };
  // Each picture of a film of bursts is of another one.
  const ofBurst = kind === "film" && asked.of === "bursts" ? burstPlace : burst;
  const caption = written ?? t("figure.captionOf", { title, burst: ofBurst, what: inSentence(t(`scene.colour.${colourBy}`)) });
  const [share, setShare] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const cancel = useRef<AbortController>(null);
  const codec = filmCodec();
  const { width, height } = scene.size;
  const close = () => {
    cancel.current?.abort();
    shell.getState().close();
  };
  const make = async () => {
    const text = below ? { caption, legend } : { caption: "", legend: [] };
    if (kind === "svg") return download(`gyrus-burst-${burst}.svg`, "image/svg+xml", scene.drawing(Number(scale), text));
    if (kind === "png") return download(`gyrus-burst-${burst}.png`, "image/png", await scene.still(Number(scale), text));
    cancel.current = new AbortController();
    const { signal } = cancel.current;
    const cuts = appearance.getState().reducedMotion;
    const { poses, seconds, bursts } = filmPlan(asked, bookmarks);
    const film = await scene.film(text, { poses, seconds, bursts, cuts, signal, onProgress: setShare });
    download(`gyrus-burst-${bursts ? `${bursts.from}-${bursts.to}` : burst}.webm`, "video/webm", film);
  };
  const run = async () => {
    setRefusal(null);
    setShare(kind === "film" ? 0 : null);
    try {
      await make();
      shell.getState().close();
    } catch (error) {
      if (!cancel.current?.signal.aborted) setRefusal(messageOf(error));
    } finally {
      setShare(null);
    }
  };
  return (
    <AppDialog
      title={t("figure.title")}
      isOpen
      onClose={close}
      footer={
        <>
          <Button onPress={close}>{t("common.cancel")}</Button>
          <Button
            icon={kind === "film" ? Film : Image}
            variant="primary"
            isDisabled={share !== null || (kind === "film" && codec === null)}
            onPress={() => void run()}
          >
            {t("figure.run")}
          </Button>
        </>
      }
    >
      <Select label={t("figure.kind")} value={kind} onChange={setKind} choices={kinds.map((id) => ({ id, label: t(`figure.${id}`) }))} />
      {kind !== "film" ? (
        <Select
          label={t("figure.size")}
          value={scale}
          onChange={setScale}
          choices={["1", "2", "3", "4"].map((id) => ({
            id,
            label: t("figure.pixels", { width: width * Number(id), height: height * Number(id) }),
          }))}
        />
      ) : (
        <FilmFields wish={asked} onChange={(change) => setWish({ ...wish, ...change })} />
      )}
      <Switch label={t("figure.legend")} value={below} onCommit={setBelow} />
      {below && (
        <TextField
          label={t("figure.caption")}
          value={caption}
          onChange={setCaption}
          note={ofBurst === burstPlace ? t("figure.captionNote", { burst: burstPlace }) : ""}
        />
      )}
      {kind === "film" && codec === null && <Notice severity="warning">{t("figure.noCodec")}</Notice>}
      {share !== null && <Progress label={t("figure.filming")} value={share} />}
      {refusal !== null && (
        <Notice severity="error" live>
          {t("figure.refused", { reason: refusal })}
        </Notice>
      )}
    </AppDialog>
  );
}
