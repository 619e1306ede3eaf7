/** What of the brain is shown, how many viewports there are, and the saved views. */
import { Bookmark, Trash2 } from "lucide-react";
import { useStore } from "zustand";
import type { Slab } from "../../scene/cut.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Select, Switch } from "../../ui/fields.tsx";
import { t } from "../../ui/messages.ts";
import { NumberField } from "../../ui/NumberField.tsx";

const axes = ["x", "y", "z"] as const;

export function SceneOptions() {
  const { stores, scene, commands } = useWorkbench();
  const { labels, minimap, arcs, flow, slab, peel, views, linked, hidden, isolated, depth, direction, bookmarks } = useStore(stores.scene);
  const set = stores.scene.setState;
  const run = (id: string) => commands.find((command) => command.id === id)?.run();
  const setSlab = (axis: number, end: 0 | 1, percent: number) => {
    const next = slab.map((range, i) => (i === axis ? range.map((share, j) => (j === end ? percent / 100 : share)) : range));
    set({ slab: next as unknown as Slab });
  };
  return (
    <>
      <Switch label={t("scene.labels")} value={labels} onCommit={(on) => set({ labels: on })} />
      <Switch label={t("scene.minimapShown")} value={minimap} onCommit={(on) => set({ minimap: on })} />
      <Select
        label={t("scene.arcs")}
        value={arcs}
        onChange={(next) => set({ arcs: next })}
        choices={(["selected", "all", "off"] as const).map((id) => ({ id, label: t(`scene.arcs.${id}`) }))}
      />
      <Switch label={t("scene.flow")} value={flow} onCommit={(on) => set({ flow: on })} />
      <h3>{t("scene.sectionShown")}</h3>
      <Select
        label={t("scene.direction")}
        value={direction}
        onChange={(next) => set({ direction: next })}
        choices={(["both", "afferents", "efferents"] as const).map((id) => ({ id, label: t(`scene.direction.${id}`) }))}
      />
      <NumberField label={t("scene.depth")} value={depth} minValue={0} maxValue={20} integer onCommit={(next) => set({ depth: next })} />
      <div className="scene-options-row">
        <Button shortcut="I" label={t("command.isolate")} pressed={isolated !== null} onPress={() => run("scene.isolate")}>
          {t("scene.isolate")}
        </Button>
        <Button shortcut="H" label={t("command.hide")} onPress={() => run("scene.hide")}>
          {t("scene.hide")}
        </Button>
        <Button
          isDisabled={hidden.size === 0 && isolated === null}
          shortcut="Alt+H"
          label={t("scene.showAll")}
          onPress={() => run("scene.showAll")}
        >
          {t("scene.showAll")}
        </Button>
      </div>
      <h3>{t("scene.sectionCut")}</h3>
      {axes.map((axis, i) => (
        <fieldset key={axis} className="scene-slab" aria-label={t("scene.slab", { axis })}>
          <span aria-hidden>{t("scene.slab", { axis })}</span>
          {([0, 1] as const).map((end) => (
            <input
              key={end}
              type="range"
              min={0}
              max={100}
              aria-label={`${t("scene.slab", { axis })} ${t(end === 0 ? "scene.slabFrom" : "scene.slabTo")}`}
              value={Math.round(slab[i]![end] * 100)}
              onChange={(event) => setSlab(i, end, Number(event.target.value))}
            />
          ))}
        </fieldset>
      ))}
      <NumberField label={t("scene.peel")} value={peel} minValue={0} maxValue={1000} integer onCommit={(next) => set({ peel: next })} />
      <h3>{t("scene.sectionViews")}</h3>
      <Select
        label={t("scene.views")}
        value={String(views)}
        onChange={(next) => set({ views: Number(next) })}
        choices={["1", "2", "3", "4"].map((id) => ({ id, label: id }))}
      />
      <Switch label={t("scene.linked")} value={linked} onCommit={(on) => set({ linked: on })} />
      {bookmarks.map((bookmark) => (
        <div className="scene-options-row" key={bookmark.name}>
          <Button label={t("scene.goTo", { name: bookmark.name })} onPress={() => scene.goTo(bookmark.pose)} className="scene-bookmark">
            {bookmark.name}
          </Button>
          <Button
            icon={Trash2}
            variant="quiet"
            label={t("scene.forget", { name: bookmark.name })}
            onPress={() => set({ bookmarks: bookmarks.filter((one) => one !== bookmark) })}
          />
        </div>
      ))}
      <Button icon={Bookmark} onPress={() => run("scene.saveView")}>
        {t("scene.saveView")}
      </Button>
    </>
  );
}
