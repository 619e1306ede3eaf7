/**
 * Two small boxes wired by the rule as growth would: each source voxel can be looked at, and the voxels it reaches light up. The host
 * does the wiring; without a voxel in hand the target shows how many sources reach each of its voxels.
 */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { MorphologyPreview } from "#contracts/commands/connectome/mappings.ts";
import type { Morphology, Vec3 } from "#contracts/connectome.ts";
import { useWorkbench } from "../../shell/workbench.ts";
import { messageOf } from "../../ui/error-text.ts";
import { Notice } from "../../ui/feedback.tsx";
import { formatCount } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";
import { NumberTriple } from "../../ui/NumberField.tsx";

const restMs = 150;
const box = { minValue: 1, maxValue: 8 };
const numberOf = ([, height, depth]: Vec3, [x, y, z]: Vec3) => (x * height + y) * depth + z;

export function ToyPair({ morphology }: { morphology: Morphology }) {
  const [source, setSource] = useState<Vec3>([4, 4, 1]);
  const [target, setTarget] = useState<Vec3>([4, 4, 1]);
  const [voxel, setVoxel] = useState<Vec3 | null>(null);
  const [preview, refusal] = usePreview(morphology, source, target);
  const inHand = voxel?.every((at, axis) => at < source[axis]!) ? voxel : null;
  const reached = new Set(inHand && preview ? preview.reached[numberOf(source, inHand)] : []);
  const counts = new Map<number, number>();
  for (const row of preview?.reached ?? []) for (const at of row) counts.set(at, (counts.get(at) ?? 0) + 1);
  const most = Math.max(1, ...counts.values());
  return (
    <section className="section" aria-label={t("rules.toy")}>
      <h3>{t("rules.toy")}</h3>
      <div className="toy-sizes">
        <NumberTriple label={t("rules.toySource")} value={source} {...box} onCommit={setSource} />
        <NumberTriple label={t("rules.toyTarget")} value={target} {...box} onCommit={setTarget} />
      </div>
      {refusal !== null && <Notice severity="warning">{refusal}</Notice>}
      {preview && (
        <>
          <p className="toy-count num" aria-live="polite">
            {inHand
              ? t("rules.toyReaches", { voxel: inHand.join(", "), count: reached.size })
              : t("rules.toySynapses", { count: preview.synapses, shown: formatCount(preview.synapses) })}
          </p>
          {preview.note && <Notice severity="info">{preview.note}</Notice>}
          <div className="toy-pair">
            <Voxels
              label={t("rules.toySource")}
              size={source}
              isMarked={(at) => inHand !== null && numberOf(source, at) === numberOf(source, inHand)}
              shade={(at) => ((preview.reached[numberOf(source, at)]?.length ?? 0) > 0 ? 0.35 : 0)}
              onTake={setVoxel}
            />
            <span aria-hidden className="dim">
              →
            </span>
            <Voxels
              label={t("rules.toyTarget")}
              size={target}
              isMarked={(at) => reached.has(numberOf(target, at))}
              shade={(at) => (inHand ? 0 : (counts.get(numberOf(target, at)) ?? 0) / most)}
            />
          </div>
        </>
      )}
    </section>
  );
}

/** A box as slices along z, y upwards. Where voxels can be taken, arrow keys walk them and Page keys change the slice. */
function Voxels({
  label,
  size,
  isMarked,
  shade,
  onTake,
}: {
  label: string;
  size: Vec3;
  isMarked: (at: Vec3) => boolean;
  /** 0..1 */
  shade: (at: Vec3) => number;
  onTake?: (at: Vec3 | null) => void;
}) {
  const element = useRef<HTMLDivElement>(null);
  const [focus, setFocus] = useState<Vec3>([0, 0, 0]);
  const [width, height, depth] = size;
  const at = focus.map((value, axis) => Math.min(value, size[axis]! - 1)) as Vec3;
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, Vec3> = {
      ...{ ArrowLeft: [-1, 0, 0], ArrowRight: [1, 0, 0], ArrowUp: [0, 1, 0], ArrowDown: [0, -1, 0] },
      ...{ PageUp: [0, 0, -1], PageDown: [0, 0, 1] },
    };
    const move = moves[event.key];
    if (event.key === "Escape") onTake?.(null);
    if (!move) return;
    event.preventDefault();
    const next = at.map((value, axis) => Math.max(0, Math.min(size[axis]! - 1, value + move[axis]!))) as Vec3;
    setFocus(next);
    onTake?.(next);
    element.current?.querySelector<HTMLElement>(`[data-voxel="${next.join()}"]`)?.focus();
  };
  const cell = (x: number, y: number, z: number) => {
    const here: Vec3 = [x, y, z];
    const look = { className: "toy-voxel", "data-marked": isMarked(here) || undefined, style: { "--shade": shade(here) } as object };
    if (!onTake) return <span key={x} {...look} />;
    return (
      <button
        key={x}
        type="button"
        {...look}
        data-voxel={here.join()}
        aria-label={t("rules.toyVoxel", { voxel: here.join(", ") })}
        tabIndex={at.join() === here.join() ? 0 : -1}
        onPointerEnter={() => onTake(here)}
        onFocus={() => {
          setFocus(here);
          onTake(here);
        }}
        onBlur={() => onTake(null)}
      />
    );
  };
  return (
    <div
      ref={element}
      className="toy-box"
      {...(onTake ? { role: "group", "aria-label": label, onKeyDown, onPointerLeave: () => onTake(null) } : { "aria-hidden": true })}
    >
      {Array.from({ length: depth }, (_, z) => (
        <div key={`z${String(z)}`}>
          {depth > 1 && <span className="dim toy-z">z {z}</span>}
          {Array.from({ length: height }, (_row, row) => (
            <div key={`y${String(row)}`} className="toy-row">
              {Array.from({ length: width }, (_cell, x) => cell(x, height - 1 - row, z))}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function usePreview(morphology: Morphology, source: Vec3, target: Vec3): [MorphologyPreview | null, string | null] {
  const { lab } = useWorkbench();
  const [shown, setShown] = useState<{ preview: MorphologyPreview | null; refusal: string | null; of: string }>({
    preview: null,
    refusal: null,
    of: "",
  });
  const asked = JSON.stringify({ morphology, source, target });
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      lab.connectome.previewMorphology(JSON.parse(asked)).then(
        (preview) => current && setShown({ preview, refusal: null, of: asked }),
        (error: unknown) => current && setShown({ preview: null, refusal: messageOf(error), of: asked }),
      );
    }, restMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [lab, asked]);
  return shown.of === asked ? [shown.preview, shown.refusal] : [null, null];
}
