/** Above the circuit: the way from the root to the region that is shown, its tools, and what is said of places that cannot be read. */
import { AlignHorizontalJustifyStart, AlignVerticalJustifyStart, ChevronRight, CornerLeftUp, Workflow } from "lucide-react";
import type { BrainRegion } from "#contracts/connectome.ts";
import { useCanWrite } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";

export interface CircuitTools {
  /** From the root to the region that is shown. */
  path: readonly BrainRegion[];
  enter(region: string): void;
  /** How many nodes are selected and can be moved. */
  movable: number;
  align(axis: "x" | "y"): void;
  canLayOut: boolean;
  layOut(): void;
}

export function CircuitBar({ path, enter, movable, align, canLayOut, layOut }: CircuitTools) {
  const canWrite = useCanWrite();
  const parent = path.at(-1)?.parent ?? null;
  return (
    <div className="panel-toolbar circuit-bar">
      <nav aria-label={t("circuit.path")} className="circuit-path">
        {path.map(({ id, name }, i) => (
          <span key={id}>
            {i > 0 && <ChevronRight size={12} aria-hidden />}
            <button type="button" className="link" aria-current={i === path.length - 1 ? "page" : undefined} onClick={() => enter(id)}>
              {name}
            </button>
          </span>
        ))}
      </nav>
      <Button
        icon={CornerLeftUp}
        variant="quiet"
        label={t("circuit.leave")}
        shortcut="Backspace"
        isDisabled={parent === null}
        onPress={() => parent !== null && enter(parent)}
      />
      <Button
        icon={AlignHorizontalJustifyStart}
        variant="quiet"
        label={t("circuit.alignX")}
        isDisabled={!canWrite || movable < 2}
        onPress={() => align("x")}
      />
      <Button
        icon={AlignVerticalJustifyStart}
        variant="quiet"
        label={t("circuit.alignY")}
        isDisabled={!canWrite || movable < 2}
        onPress={() => align("y")}
      />
      <Button icon={Workflow} label={t("circuit.layout")} tip={t("circuit.layoutTip")} isDisabled={!canLayOut} onPress={layOut} />
    </div>
  );
}

interface Layers extends Pick<CircuitTools, "canLayOut" | "layOut"> {
  /** Layers are shown, not the genome's places. */
  inLayers: boolean;
  show(layers: boolean): void;
}

/** Places of the genome that cannot be read: layers in their stead, to be kept or left. */
export function LayersNote({ inLayers, show, canLayOut, layOut }: Layers) {
  return (
    <div className="circuit-note" role="status">
      <span>{t(inLayers ? "circuit.inLayers" : "circuit.unreadable")}</span>
      {inLayers && (
        <Button tip={t("circuit.layoutTip")} isDisabled={!canLayOut} onPress={layOut}>
          {t("circuit.keepLayers")}
        </Button>
      )}
      <Button onPress={() => show(!inLayers)}>{t(inLayers ? "circuit.asInGenome" : "circuit.showLayers")}</Button>
    </div>
  );
}
