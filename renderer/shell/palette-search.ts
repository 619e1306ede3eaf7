/**
 * What the palette finds: commands, and the objects of the brain and the window. Texts are folded once when it opens; each key then
 * costs one pass over them. `>` asks for commands only, `#4812` for a neuron by id, `V1 12,3,0` for a voxel.
 */
import type { BrainRegion, CorticalArea, CorticalMapping, Vec3 } from "#contracts/connectome.ts";
import { neuronOfVoxel, voxelOfNeuron } from "../scene/placement.ts";
import type { AreaSet } from "../stores/area-sets.ts";
import { t } from "../ui/messages.ts";
import { commandGroupOrder, type WindowCommand } from "./commands/command.ts";
import type { HelpPage } from "./help.ts";

export type Found =
  | { kind: "command"; command: WindowCommand; possible: boolean }
  | { kind: "area"; area: CorticalArea }
  | { kind: "region"; region: BrainRegion }
  | { kind: "set"; set: AreaSet }
  | { kind: "mapping"; mapping: CorticalMapping; from: string; to: string }
  | { kind: "neuron"; neuron: number | null; area: CorticalArea; voxel: Vec3 }
  | { kind: "layout"; name: string }
  | { kind: "setting"; id: SettingId; title: string }
  | { kind: "help"; page: HelpPage };

export const foundKinds = [
  "neuron",
  "command",
  "area",
  "region",
  "set",
  "mapping",
  "layout",
  "setting",
  "help",
] as const satisfies readonly Found["kind"][];

/** Items of the settings dialog that can be gone to by name. */
export const settingIds = ["theme", "contrast", "scale", "motion", "flash", "volume", "letters", "keys"] as const;
export type SettingId = (typeof settingIds)[number];

export interface Searched {
  commands: readonly WindowCommand[];
  areas: readonly CorticalArea[];
  regions: readonly BrainRegion[];
  sets: readonly AreaSet[];
  mappings: readonly CorticalMapping[];
  layouts: readonly string[];
  help: readonly HelpPage[];
}

/** Of one kind at most; the rest is found by typing more. */
const mostOfKind = 40;

interface Candidate {
  found: Found;
  /** Folded title, then whatever else it is found by. */
  title: string;
  text: string;
}

export function createSearch({ commands, areas, regions, sets, mappings, layouts, help }: Searched): (query: string) => Found[] {
  const areaById = new Map(areas.map((area) => [area.id, area]));
  const nameOf = (id: string) => areaById.get(id)?.name ?? id;
  const candidate = (found: Found, title: string, more = ""): Candidate => ({ found, title: fold(title), text: fold(`${title} ${more}`) });
  const candidates: Candidate[] = [
    ...commands
      .map((command) => ({ command, possible: command.when() }))
      .sort(
        (a, b) =>
          Number(b.possible) - Number(a.possible) ||
          commandGroupOrder.indexOf(a.command.group) - commandGroupOrder.indexOf(b.command.group),
      )
      .map(({ command, possible }) =>
        candidate({ kind: "command", command, possible }, command.title, `${t(`group.${command.group}`)} ${command.id}`),
      ),
    ...areas.map((area) => candidate({ kind: "area", area }, area.name, `${area.idText} ${t(`kind.${area.kind}`)}`)),
    ...regions.map((region) => candidate({ kind: "region", region }, region.name)),
    ...sets.map((set) => candidate({ kind: "set", set }, set.name, t("palette.set"))),
    ...mappings.map((mapping) => {
      const [from, to] = [nameOf(mapping.src), nameOf(mapping.dst)];
      return candidate(
        { kind: "mapping", mapping, from, to },
        `${from} → ${to}`,
        mapping.rules.map(({ morphology }) => morphology).join(" "),
      );
    }),
    ...layouts.map((name) => candidate({ kind: "layout", name }, name, t("palette.layout"))),
    ...settingIds.map((id) => candidate({ kind: "setting", id, title: t(`settings.${id}`) }, t(`settings.${id}`), t("settings.title"))),
    ...help.map((page) => candidate({ kind: "help", page }, page.title, `${t("palette.help")} ${page.text}`)),
  ];
  return (query) => {
    const onlyCommands = query.startsWith(">");
    const words = fold(onlyCommands ? query.slice(1) : query)
      .split(/\s+/)
      .filter(Boolean);
    const whole = words.join(" ");
    const place = neuronNamed(query, areas);
    const shelves = new Map<Found["kind"], Found[][]>();
    for (const entry of candidates) {
      const { found } = entry;
      if (onlyCommands && found.kind !== "command") continue;
      // Without a word only what can be done now and the areas are worth a look.
      if (words.length === 0 && !(found.kind === "command" ? found.possible : found.kind === "area")) continue;
      const rank = rankOf(entry, words, whole);
      if (rank === null) continue;
      const shelf = shelves.get(found.kind) ?? Array.from({ length: ranks }, (): Found[] => []);
      shelves.set(found.kind, shelf);
      const same = shelf[found.kind === "command" && !found.possible ? ranks - 1 : rank] as Found[];
      if (words.length === 0 || same.length < mostOfKind) same.push(found);
    }
    return [
      ...(place === null ? [] : [place]),
      ...foundKinds.flatMap((kind) => (shelves.get(kind) ?? []).flat().slice(0, words.length === 0 ? undefined : mostOfKind)),
    ];
  };
}

/** Those of `rankOf`, and one for commands that cannot be done now. */
const ranks = 4;

/** Small letters without accents. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** 0 where the title begins like the words, 1 where a word of it does, 2 elsewhere; null where a word is missing. */
function rankOf({ title, text }: Candidate, words: readonly string[], whole: string): number | null {
  if (!words.every((word) => text.includes(word))) return null;
  if (title.startsWith(whole)) return 0;
  return words.every((word) => title.startsWith(word) || title.includes(` ${word}`)) ? 1 : 2;
}

/** A neuron by its id, or the first one of a voxel by its area and coordinates. */
export function neuronNamed(query: string, areas: readonly CorticalArea[]): Extract<Found, { kind: "neuron" }> | null {
  const id = /^\s*#?\s*(\d+)\s*$/.exec(query);
  if (id) {
    const neuron = Number(id[1]);
    for (const area of areas) {
      const voxel = voxelOfNeuron(area, neuron);
      if (voxel) return { kind: "neuron", neuron, area, voxel };
    }
    return null;
  }
  const at = /^\s*(.+?)[\s·(]+(\d+)\s*[,; ]\s*(\d+)\s*[,; ]\s*(\d+)\)?\s*$/.exec(query);
  if (!at) return null;
  const name = fold(at[1] ?? "");
  const voxel: Vec3 = [Number(at[2]), Number(at[3]), Number(at[4])];
  const inside = (area: CorticalArea) => area.dimensions.every((length, axis) => (voxel[axis] ?? 0) < length);
  const named = areas.filter((area) => fold(area.name) === name || fold(area.idText) === name);
  const area = named.find(inside) ?? areas.find((other) => fold(other.name).startsWith(name) && inside(other));
  return area ? { kind: "neuron", neuron: neuronOfVoxel(area, voxel), area, voxel } : null;
}
