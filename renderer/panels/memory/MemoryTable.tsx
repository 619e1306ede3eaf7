/** The memories of one area, a page of rows that can be sorted; up and down walk through them, the space bar marks. */
import { ChevronDown, ChevronLeft, ChevronRight, ChevronUp } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { type MemoryArea, type MemoryFigures, type MemorySort, pageRows } from "../../stores/memory-store.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { formatCount } from "../../ui/format.ts";
import { type MessageId, t } from "../../ui/messages.ts";

const columns: readonly { sort: MemorySort; title: MessageId }[] = [
  { sort: "id", title: "memory.column" },
  { sort: "created", title: "memory.born" },
  { sort: "lastSeen", title: "memory.lastSeen" },
  { sort: "activations", title: "memory.activations" },
  { sort: "lifespan", title: "memory.life" },
];

export function MemoryTable({ area, figures }: { area: MemoryArea; figures: MemoryFigures | undefined }) {
  const { stores } = useWorkbench();
  const { page, offset, sort, descending, chosen, marked } = useStore(stores.memories.store);
  const names = useNames(area.upstream);
  const body = useRef<HTMLTableSectionElement>(null);
  if (!page) return null;
  if (page.total === 0) return <EmptyState>{reasonOf(area, figures, names)}</EmptyState>;
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...(body.current?.querySelectorAll<HTMLElement>(".memory-open") ?? [])];
    const at = buttons.findIndex((button) => button.closest("tr")?.contains(event.target as Node));
    if (step === undefined || at < 0) return;
    event.preventDefault();
    buttons[at + step]?.focus();
  };
  return (
    <>
      <table className="data-table memory-table" aria-label={t("memory.list", { name: area.name })}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t("memory.markColumn")}</span>
            </th>
            {columns.map((column) => (
              <SortHead key={column.sort} {...column} order={column.sort === sort ? (descending ? "descending" : "ascending") : "none"} />
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={walk}>
          {page.neurons.map(({ id, created, lastSeen, activations, lifespan, longTerm }) => (
            <tr key={id} aria-current={id === chosen}>
              <td>
                <input
                  type="checkbox"
                  aria-label={t("memory.mark", { id })}
                  checked={marked.has(id)}
                  onChange={(event) => stores.memories.mark(id, event.currentTarget.checked)}
                />
              </td>
              <td>
                <button
                  type="button"
                  className="memory-open num"
                  aria-label={t("memory.open", { id })}
                  onClick={() => stores.memories.choose(id)}
                  onKeyDown={(event) => {
                    if (event.key !== " ") return;
                    event.preventDefault();
                    stores.memories.mark(id, !marked.has(id));
                  }}
                >
                  {formatCount(id)}
                </button>
              </td>
              <td>{formatCount(created)}</td>
              <td>{formatCount(lastSeen)}</td>
              <td>{formatCount(activations)}</td>
              <td>{longTerm ? t("memory.longTerm") : formatCount(lifespan)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {page.total > pageRows && (
        <div className="memory-pages">
          <Button
            icon={ChevronLeft}
            label={t("memory.earlier")}
            variant="quiet"
            isDisabled={offset === 0}
            onPress={() => stores.memories.turnTo(Math.max(0, offset - pageRows))}
          />
          <span className="num dim">{t("memory.page", { from: offset + 1, to: offset + page.neurons.length, count: page.total })}</span>
          <Button
            icon={ChevronRight}
            label={t("memory.later")}
            variant="quiet"
            isDisabled={offset + pageRows >= page.total}
            onPress={() => stores.memories.turnTo(offset + pageRows)}
          />
        </div>
      )}
    </>
  );
}

function SortHead({ sort, title, order }: { sort: MemorySort; title: MessageId; order: "ascending" | "descending" | "none" }) {
  const { stores } = useWorkbench();
  const Icon = order === "ascending" ? ChevronUp : ChevronDown;
  return (
    <th scope="col" aria-sort={order}>
      <button type="button" className="memory-sort" onClick={() => stores.memories.sortBy(sort)}>
        {t(title)}
        {order !== "none" && <Icon size={11} aria-hidden />}
      </button>
    </th>
  );
}

function useNames(ids: readonly string[]): string {
  const { stores } = useWorkbench();
  const areaById = useStore(stores.brain, (state) => state.areaById);
  return ids.map((id) => areaById.get(id)?.name ?? id).join(", ");
}

/** Why an area has no memory, as far as its figures tell. */
function reasonOf(area: MemoryArea, figures: MemoryFigures | undefined, names: string): string {
  if (area.upstream.length === 0) return t("memory.noneUpstream");
  if (figures && figures.created > 0) {
    const { created, expired, evicted } = figures;
    return t("memory.noneFaded", { expired, evicted, forgotten: created - expired - evicted });
  }
  if (figures && figures.refused > 0) return t("memory.noneRefused", { refused: figures.refused });
  if (figures && (figures.suppressed > 0 || figures.formationOff)) return t("memory.noneFormation");
  return t("memory.noneSeen", { names, depth: area.temporalDepth });
}
