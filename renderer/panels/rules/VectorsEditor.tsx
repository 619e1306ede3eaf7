/** Vectors as a list of numbers and as marks on a slice of the space around the source voxel. */
import { Plus, Trash2 } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import type { Morphology, Vec3 } from "#contracts/connectome.ts";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";
import { NumberField, NumberTriple } from "../../ui/NumberField.tsx";

type Vectors = Extract<Morphology, { type: "vectors" }>;

/** Cells to each side of the source. */
const reach = 4;
const steps = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
const mostListed = 64;

export function VectorsEditor({
  morphology,
  isDisabled,
  onChange,
}: {
  morphology: Vectors;
  isDisabled: boolean;
  onChange: (morphology: Vectors) => void;
}) {
  const { vectors } = morphology;
  const set = (next: Vec3[]) => onChange({ ...morphology, vectors: next });
  return (
    <>
      <SlicePick vectors={vectors} isDisabled={isDisabled} onChange={set} />
      <ol className="vector-list" aria-label={t("rules.vectors")}>
        {vectors.slice(0, mostListed).map((vector, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: vectors have no other identity than their place
          <li key={i}>
            <NumberTriple
              label={t("rules.vector", { place: i + 1 })}
              value={vector}
              isDisabled={isDisabled}
              onCommit={(value) => set(vectors.map((old, j) => (j === i ? value : old)))}
            />
            <Button
              icon={Trash2}
              variant="quiet"
              label={t("rules.removeVector", { place: i + 1 })}
              isDisabled={isDisabled || vectors.length === 1}
              onPress={() => set(vectors.filter((_, j) => j !== i))}
            />
          </li>
        ))}
      </ol>
      {vectors.length > mostListed && <p className="dim">{t("editing.more", { count: vectors.length - mostListed })}</p>}
      <Button icon={Plus} isDisabled={isDisabled} onPress={() => set([...vectors, [0, 0, 0]])}>
        {t("rules.addVector")}
      </Button>
    </>
  );
}

function SlicePick({ vectors, isDisabled, onChange }: { vectors: Vec3[]; isDisabled: boolean; onChange: (next: Vec3[]) => void }) {
  const [z, setZ] = useState(vectors[0]?.[2] ?? 0);
  const [focus, setFocus] = useState<[number, number]>([0, 0]);
  const grid = useRef<HTMLDivElement>(null);
  const isPicked = (x: number, y: number) => vectors.some((vector) => vector[0] === x && vector[1] === y && vector[2] === z);
  const toggle = (x: number, y: number) => {
    const others = vectors.filter((vector) => !(vector[0] === x && vector[1] === y && vector[2] === z));
    if (others.length === vectors.length) onChange([...vectors, [x, y, z]]);
    else if (others.length > 0) onChange(others);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const held = (value: number) => Math.max(-reach, Math.min(reach, value));
    const next: [number, number] = [held(focus[0] + move[0]), held(focus[1] + move[1])];
    setFocus(next);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next.join()}"]`)?.focus();
  };
  const beyond = vectors.filter(([x, y]) => Math.max(Math.abs(x), Math.abs(y)) > reach).length;
  return (
    <div className="vector-pick">
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot be walked by arrow keys */}
      <div ref={grid} role="grid" tabIndex={-1} aria-label={t("rules.slice", { z })} onKeyDown={onKeyDown}>
        {steps.toReversed().map((y) => (
          // biome-ignore lint/a11y/useSemanticElements: rows of a grid of buttons
          // biome-ignore lint/a11y/useFocusableInteractive: the cells take the focus
          <div key={y} role="row" className="vector-row">
            {steps.map((x) => (
              // biome-ignore lint/a11y/useSemanticElements: a cell of a grid that is walked by arrow keys
              <button
                key={x}
                type="button"
                role="gridcell"
                data-cell={`${x},${y}`}
                className="vector-cell"
                tabIndex={focus[0] === x && focus[1] === y ? 0 : -1}
                aria-selected={isPicked(x, y)}
                aria-label={x === 0 && y === 0 && z === 0 ? t("rules.cellSelf") : t("rules.cell", { x, y, z })}
                disabled={isDisabled}
                data-origin={(x === 0 && y === 0 && z === 0) || undefined}
                onFocus={() => setFocus([x, y])}
                onClick={() => toggle(x, y)}
              />
            ))}
          </div>
        ))}
      </div>
      <div className="vector-side">
        <NumberField label={t("rules.sliceZ")} value={z} integer onCommit={setZ} />
        <p className="dim">{t("rules.sliceNote")}</p>
        {beyond > 0 && <p className="dim">{t("rules.beyond", { count: beyond })}</p>}
      </div>
    </div>
  );
}
