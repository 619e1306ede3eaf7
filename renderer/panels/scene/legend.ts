/** What the colours, lines and signs of the scene mean at the moment. */
import { areaKinds, type BrainRegion, type CorticalArea } from "#contracts/connectome.ts";
import { regionColour } from "../../scene/area-colours.ts";
import type { LegendEntry } from "../../scene/legend.ts";
import { blockBursts } from "../../scene/recent-sums.ts";
import {
  type ArcsShown,
  type AreaValues,
  areaGlyphs,
  type ColourBy,
  fullRecent,
  isAreaFigure,
  type MarkColour,
  type MarkShape,
  recentBursts,
  recentLight,
  type SceneTheme,
  type VoxelLayer,
} from "../../scene/scene-types.ts";
import { markColour } from "../../scene/voxel-layer.ts";
import type { PhaseTouch } from "../../stores/phase-marks.ts";
import type { WhyMarks } from "../../stores/why-marks.ts";
import { formatFigure } from "../../ui/format.ts";
import { t } from "../../ui/messages.ts";

export interface LegendParts {
  colourBy: ColourBy;
  areas: readonly CorticalArea[];
  regions: readonly BrainRegion[];
  values: AreaValues | null;
  voxels: VoxelLayer | null;
  /** What a phase of the burst touched. */
  touched: PhaseTouch | null;
  /** What the question why follows. */
  why: WhyMarks | null;
  /** Some neuron has a probe. */
  probed: boolean;
  /** What arcs are drawn: off leaves their part out. */
  arcs: ArcsShown;
  theme: SceneTheme;
}

/** Regions named at most; a legend longer than the picture explains nothing. */
const mostRegions = 8;

export function legendOf({ colourBy, areas, regions, values, voxels, touched, why, probed, arcs, theme }: LegendParts): LegendEntry[] {
  if (areas.length === 0) return [];
  const byKind = colourBy !== "region" && !isAreaFigure(colourBy);
  const kinds = areaKinds
    .filter((kind) => areas.some((area) => area.kind === kind))
    .map((kind): LegendEntry => {
      const colour = byKind ? theme.kinds[kind] : theme.secondary;
      return { type: "kind", glyph: areaGlyphs[kind], colour, text: t(`kind.${kind}`) };
    });
  const marks = (touched?.marks ?? []).map(({ shape, colour, what }) => markEntry(shape, colour, t(`scene.touched.${what}`), theme));
  const ways = (why?.ways.length ?? 0) > 0;
  const way: LegendEntry = { type: "arc", colour: theme.secondary, sign: null, dashed: false, outlined: true, text: t("scene.legendWay") };
  return [
    ...coloursOf(colourBy, kinds, areas, regions, values, voxels, theme),
    ...marks,
    ...(why?.marks ?? []).map(({ shape, colour, what }) => markEntry(shape, colour, t(`scene.why.${what}`), theme)),
    ...(probed ? [markEntry("diamond", "text", t("scene.legendProbe"), theme)] : []),
    ...(ways ? [way] : []),
    ...(arcs === "off" && !ways ? [] : arcEntries(theme)),
  ];
}

function coloursOf(
  by: ColourBy,
  kinds: LegendEntry[],
  areas: readonly CorticalArea[],
  regions: readonly BrainRegion[],
  values: AreaValues | null,
  voxels: VoxelLayer | null,
  theme: SceneTheme,
): LegendEntry[] {
  switch (by) {
    case "kind":
      return kinds;
    case "activity":
      return [...kinds, { type: "ramp", colours: theme.ramp, low: t("scene.rampOld"), high: t("scene.rampNew"), text: "" }];
    case "recent": {
      const text = t("scene.legendRecent", { leak: recentBursts, from: blockBursts, to: recentLight.span });
      return [...kinds, { type: "ramp", colours: theme.ramp, low: "0", high: `≥ ${fullRecent}`, text }];
    }
    case "age":
      return [
        ...kinds,
        { type: "ramp", colours: theme.ramp, low: t("scene.ageBursts", { count: 64 }), high: t("scene.rampNew"), text: "" },
      ];
    case "region": {
      const held = regions.filter(({ id }) => areas.some(({ region }) => region === id));
      const named = held
        .slice(0, mostRegions)
        .map(
          ({ id, name }): LegendEntry => ({ type: "swatch", colour: `#${regionColour(id, regions, theme).getHexString()}`, text: name }),
        );
      const more = held.length - named.length;
      return more > 0
        ? [...kinds, ...named, { type: "swatch", colour: theme.grid, text: t("scene.legendMore", { count: more }) }]
        : [...kinds, ...named];
    }
    case "potential": {
      const text = t("scene.legendPotential");
      const limits = voxels?.values;
      if (!limits) return [...kinds, { type: "swatch", colour: theme.secondary, text: `${text}: ${t("scene.legendNone")}` }];
      const colours = limits.signed ? theme.signed : theme.ramp;
      return [...kinds, { type: "ramp", colours, low: formatFigure(limits.low), high: formatFigure(limits.high), text }];
    }
    case "difference":
      return [
        ...kinds,
        { type: "swatch", colour: theme.secondary, text: t("scene.legendFired") },
        markEntry("cross", "high", t("scene.legendHereAlone"), theme),
        markEntry("ring", "low", t("scene.legendThereAlone"), theme),
      ];
    case "disagreement":
      return [
        ...kinds,
        { type: "swatch", colour: theme.secondary, text: t("scene.legendFired") },
        markEntry("ring", "low", t("scene.legendReferenceAlone"), theme),
        markEntry("cross", "high", t("scene.legendNativeAlone"), theme),
      ];
    case "engine":
      return [
        ...kinds,
        { type: "swatch", colour: theme.signed[0], text: t("scene.legendReference") },
        { type: "swatch", colour: theme.signed[2], text: t("scene.legendNative") },
      ];
    case "rate":
    case "weight": {
      const text = t(by === "rate" ? "scene.legendRate" : "scene.legendWeight");
      const none: LegendEntry = { type: "swatch", colour: theme.secondary, text: t("scene.legendNone") };
      if (!values) return [...kinds, { ...none, text: `${text}: ${none.text}` }];
      const missing = areas.some(({ id }) => !values.values.has(id)) ? [none] : [];
      const { low, high, signed } = values;
      if (low === high)
        return [
          ...kinds,
          { type: "swatch", colour: signed ? theme.signed[1] : theme.ramp[0]!, text: `${text}: ${formatFigure(0)}` },
          ...missing,
        ];
      const ramp: LegendEntry = {
        type: "ramp",
        colours: signed ? theme.signed : theme.ramp,
        low: formatFigure(low),
        high: formatFigure(high),
        text,
      };
      return [...kinds, ramp, ...missing];
    }
  }
}

function markEntry(shape: MarkShape, colour: MarkColour, text: string, theme: SceneTheme): LegendEntry {
  return { type: "mark", shape, colour: markColour(colour, theme), text };
}

function arcEntries({ excitatory, inhibitory, secondary }: SceneTheme): LegendEntry[] {
  return [
    { type: "arc", colour: excitatory, sign: "excitatory", dashed: false, text: t("scene.legendExcitatory") },
    { type: "arc", colour: inhibitory, sign: "inhibitory", dashed: false, text: t("scene.legendInhibitory") },
    { type: "arc", colour: secondary, sign: null, dashed: true, text: t("scene.legendPlastic") },
  ];
}
