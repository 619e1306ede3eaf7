/** In place of the picture where the window cannot draw one: why, what still works, and the areas as a table. */
import { ChartScatter } from "lucide-react";
import { useWorkbench } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { SceneTable } from "./SceneTable.tsx";

export function NoPicture() {
  const { shell } = useWorkbench();
  return (
    <div className="scene-nopicture">
      <Notice severity="warning" title={t("scene.noWebgl")}>
        <p>{t("scene.noWebglAbout")}</p>
        <Button icon={ChartScatter} onPress={() => shell.getState().docks?.show("raster")}>
          {t("scene.showRaster")}
        </Button>
      </Notice>
      <SceneTable />
    </div>
  );
}
