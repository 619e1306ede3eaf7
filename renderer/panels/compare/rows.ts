/** Two areas or two mappings, property by property: what each has, whether they differ, and the edit that gives one what the other has. */

import type { z } from "zod";
import type { AreaParametersPatch, CorticalArea, Dimensions, MappingRule, Vec3 } from "#contracts/connectome.ts";
import { formatExact } from "../../ui/format.ts";
import { type MessageId, t } from "../../ui/messages.ts";
import { firingParameters, membraneParameters, memoryParameters, switches } from "../inspector/area-parameters.ts";

/** `E`: the values an edit takes. */
export interface CompareRow<E> {
  key: string;
  label: string;
  values: readonly [unknown, unknown];
  differs: boolean;
  /** Gives the one the value of `from`; absent where a person cannot set it. */
  take?: (from: 0 | 1) => E;
}

export interface AreaValues {
  dimensions?: z.infer<typeof Dimensions>;
  neuronsPerVoxel?: number;
  position?: Vec3;
  parameters?: AreaParametersPatch;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export function areaRows(pair: readonly [CorticalArea, CorticalArea]): CompareRow<AreaValues>[] {
  const row = (
    key: string,
    label: MessageId,
    read: (area: CorticalArea) => unknown,
    edit?: (value: never) => AreaValues,
  ): CompareRow<AreaValues> => {
    const values = [read(pair[0]), read(pair[1])] as const;
    const taken = edit && { take: (from: 0 | 1) => edit(values[from] as never) };
    return { key, label: t(label), values, differs: !same(...values), ...taken };
  };
  const parameter = (key: keyof CorticalArea["parameters"]) =>
    row(
      key,
      `parameter.${key}`,
      ({ parameters }) => parameters[key],
      (value) => ({ parameters: { [key]: value } }),
    );
  const isMemory = pair.every(({ kind }) => kind === "memory");
  return [
    row("kind", "editing.kind", ({ kind }) => t(`kind.${kind}`)),
    row(
      "dimensions",
      "inspector.dimensions",
      ({ dimensions }) => dimensions,
      (dimensions) => ({ dimensions }),
    ),
    row(
      "neuronsPerVoxel",
      "inspector.perVoxel",
      ({ neuronsPerVoxel }) => neuronsPerVoxel,
      (neuronsPerVoxel) => ({ neuronsPerVoxel }),
    ),
    row("position", "inspector.position", ({ position }) => position.map(formatExact).join(", ")),
    ...firingParameters.map(({ key }) => parameter(key)),
    parameter("firingThresholdIncrement"),
    ...membraneParameters.map(({ key }) => parameter(key)),
    ...switches.map((key) => parameter(key)),
    ...(isMemory ? memoryParameters.map(({ key }) => parameter(key)) : []),
    row("neurons", "inspector.neurons", ({ livingNeurons, neurons }) => livingNeurons ?? neurons),
    row("incoming", "inspector.incoming", ({ incomingSynapses }) => incomingSynapses),
    row("outgoing", "inspector.outgoing", ({ outgoingSynapses }) => outgoingSynapses),
  ];
}

const ruleFields = [
  "morphology",
  "multiplier",
  "scalar",
  "plastic",
  "plasticityConstant",
  "ltpMultiplier",
  "ltdMultiplier",
  "plasticityWindow",
  "delayBursts",
  "attractivity",
  "extras",
] as const satisfies readonly (keyof MappingRule)[];

/** Rules are compared by their place; an edit is all rules of the one that takes. */
export function mappingRows(pair: readonly [readonly MappingRule[], readonly MappingRule[]]): CompareRow<MappingRule[]>[] {
  const places = Math.max(pair[0].length, pair[1].length);
  return Array.from({ length: places }, (_, place): CompareRow<MappingRule[]>[] => {
    const [a, b] = [pair[0][place], pair[1][place]];
    const label = (what: string) => t("compare.ofRule", { place: place + 1, what });
    if (!a || !b) {
      // A rule that the other lacks comes, or goes, as a whole.
      const take = (from: 0 | 1) => {
        const [giver, taker] = [pair[from], pair[from === 0 ? 1 : 0]];
        return giver[place] ? [...taker, giver[place]] : taker.filter((_one, at) => at !== place);
      };
      return [{ key: `${place}`, label: label(t("compare.wholeRule")), values: [a?.morphology, b?.morphology], differs: true, take }];
    }
    return ruleFields.map((field) => ({
      key: `${place} ${field}`,
      label: label(t(`mapping.${field}`)),
      values: [a[field], b[field]],
      differs: !same(a[field], b[field]),
      take: (from) => pair[from === 0 ? 1 : 0].map((rule, at) => (at === place ? withField(rule, field, pair[from][place]!) : rule)),
    }));
  }).flat();
}

function withField(rule: MappingRule, field: (typeof ruleFields)[number], other: MappingRule): MappingRule {
  const { [field]: _, ...rest } = rule;
  return (other[field] === undefined ? rest : { ...rest, [field]: other[field] }) as MappingRule;
}
