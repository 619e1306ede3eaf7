/** Modulators as snapshot columns and back (contracts/snapshot-extensions.ts). Restoring checks what a burst relies on. */
import { modulatorKinds } from "#contracts/patch-extensions.ts";
import type { Baseline } from "./baselines.ts";
import { ascending, slices } from "./flat-lists.ts";
import { Modulators } from "./modulators.ts";
import type { NetworkState } from "./network-state.ts";
import type { ScaledSetting } from "./neuron-settings.ts";
import { checking } from "./section-checks.ts";
import type { SnapshotColumns } from "./snapshot-codec.ts";

/** Columns of equal length. */
export const modulatorGroups: readonly (readonly (keyof SnapshotColumns)[])[] = [
  ["modulatorNumber", "modulatorDriver", "modulatorMagnitude", "modulatorKind", "modulatorFullScale"],
  ["subscriptionArea", "subscriptionModulator"],
  ["groupNumber", "groupSize", "groupTransmission", "groupReward", "groupLearning"],
  ["baselineArea", "baselineKind", "baselineFactor", "baselineSize"],
  ["baselineNeuron", "baselineValue"],
];

export function modulatorColumns({ modulators }: NetworkState) {
  const { bound, subscriptions, groups, baselines, suppressed } = modulators ?? new Modulators();
  const rows = ascending(subscriptions).flatMap(([area, numbers]) => numbers.map((number) => ({ area, number })));
  const defined = ascending(groups).map(([, group]) => group);
  return {
    modulatorNumber: Uint32Array.from(bound, ({ number }) => number),
    modulatorDriver: Uint32Array.from(bound, ({ driver }) => driver),
    modulatorMagnitude: Float32Array.from(bound, ({ magnitude }) => magnitude),
    modulatorKind: Uint8Array.from(bound, ({ kind }) => kind),
    modulatorFullScale: Float32Array.from(bound, ({ fullScale }) => fullScale),
    subscriptionArea: Uint32Array.from(rows, ({ area }) => area),
    subscriptionModulator: Uint32Array.from(rows, ({ number }) => number),
    groupNumber: Uint32Array.from(defined, ({ number }) => number),
    groupSize: Uint32Array.from(defined, ({ members }) => members.length),
    groupMember: Uint32Array.from(defined.flatMap(({ members }) => members)),
    groupTransmission: Float32Array.from(defined, ({ transmission }) => transmission),
    groupReward: Float32Array.from(defined, ({ reward }) => reward),
    groupLearning: Float32Array.from(defined, ({ learning }) => learning),
    baselineArea: Uint32Array.from(baselines, ({ area }) => area),
    baselineKind: Uint8Array.from(baselines, ({ kind }) => kind),
    baselineFactor: Float32Array.from(baselines, ({ factor }) => factor),
    baselineSize: Uint32Array.from(baselines, ({ neurons }) => neurons.length),
    baselineNeuron: Uint32Array.from(baselines.flatMap(({ neurons }) => neurons)),
    baselineValue: Float32Array.from(baselines.flatMap(({ values }) => values)),
    suppressedArea: Uint32Array.from(suppressed),
  };
}

/** Refuses columns a burst could not run on. Lengths of groups were checked before. */
export function checkModulators(columns: SnapshotColumns): void {
  const { each, ascends, addsUp, ascendsWithin } = checking(columns);
  const exists = (id: number) => id < columns.potential.length;
  each("modulatorKind", (kind) => kind < modulatorKinds.length, "a kind of modulator is unknown");
  const numbers = columns.modulatorNumber;
  each("modulatorNumber", (number, i) => numbers.indexOf(number) === i, "a modulator is listed twice");
  const { subscriptionArea, subscriptionModulator } = columns;
  each("subscriptionArea", (area, i) => i === 0 || area >= subscriptionArea[i - 1]!, "subscriptions do not ascend");
  const isNew = (number: number, i: number) => {
    for (let j = i - 1; j >= 0 && subscriptionArea[j] === subscriptionArea[i]; j--) if (subscriptionModulator[j] === number) return false;
    return true;
  };
  each("subscriptionModulator", isNew, "an area subscribes to a modulator twice");
  ascends("groupNumber", null, "groups do not ascend");
  each("groupNumber", (number) => number >= 1 && number <= 0xffff, "a group has an impossible number");
  addsUp("groupSize", "groupMember");
  let end = 0;
  const areDifferent = (size: number) => {
    end += size;
    return new Set(columns.groupMember.subarray(end - size, end)).size === size;
  };
  each("groupSize", areDifferent, "a group lists a modulator twice");
  ascends("baselineArea", "baselineKind", "baselines do not ascend");
  each("baselineKind", (kind) => kind <= 2, "a kind of baseline is unknown");
  addsUp("baselineSize", "baselineNeuron");
  ascendsWithin("baselineSize", "baselineNeuron", "the neurons of a baseline do not ascend");
  each("baselineNeuron", exists, "a baseline has no neuron");
  ascends("suppressedArea", null, "areas do not ascend");
}

/** The modulators of checked columns; null: there are none. */
export function restoredModulators(columns: SnapshotColumns): Modulators | null {
  const { modulatorNumber, subscriptionArea, groupNumber, baselineArea, suppressedArea } = columns;
  if ([modulatorNumber, subscriptionArea, groupNumber, baselineArea, suppressedArea].every(({ length }) => length === 0)) return null;
  const modulators = new Modulators();
  modulators.bound = Array.from(columns.modulatorNumber, (number, i) => ({
    number,
    kind: columns.modulatorKind[i]!,
    driver: columns.modulatorDriver[i]!,
    magnitude: columns.modulatorMagnitude[i]!,
    fullScale: columns.modulatorFullScale[i]!,
  }));
  columns.subscriptionArea.forEach((area, i) => {
    modulators.subscriptions.set(area, [...(modulators.subscriptions.get(area) ?? []), columns.subscriptionModulator[i]!]);
  });
  const members = slices(columns.groupSize, columns.groupMember);
  columns.groupNumber.forEach((number, i) => {
    const [transmission, reward, learning] = [columns.groupTransmission[i]!, columns.groupReward[i]!, columns.groupLearning[i]!];
    modulators.groups.set(number, { number, members: Array.from(members[i]!), transmission, reward, learning });
  });
  const neurons = slices(columns.baselineSize, columns.baselineNeuron);
  const values = slices(columns.baselineSize, columns.baselineValue);
  modulators.baselines = Array.from(columns.baselineArea, (area, i): Baseline => {
    const [kind, factor] = [columns.baselineKind[i]! as ScaledSetting, columns.baselineFactor[i]!];
    return { area, kind, factor, neurons: Array.from(neurons[i]!), values: Array.from(values[i]!) };
  });
  modulators.suppressed = Array.from(columns.suppressedArea);
  modulators.noteTransmission();
  return modulators;
}
