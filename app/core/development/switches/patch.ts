/**
 * Switches as an engine patch. With the switches that an engine has already only what differs is told: what went is taken away, what stays
 * keeps its state.
 *
 * Numbers are compared, not names: a modulator that was only renamed is the same to an engine. Groups come before mappings: a registration is
 * refused by what its group rewards. Layouts: contracts/patch.ts, patch-extensions.ts.
 */
import { PatchWriter } from "#contracts/patch.ts";
import { modulatorKinds, NO_AREA } from "#contracts/patch-extensions.ts";
import type { ModulationNames } from "../../engine/modulation-names.ts";
import type { BoundModulator, ClassifierWatch, Homeostat, PlasticMapping, SparseMemory, Switches, TrackedArea } from "./shape.ts";

/** `names` knows every modulator and every set of them that the switches name. */
export function switchPatch(switches: Switches, names: ModulationNames, before?: Switches): Uint32Array {
  const patch = new PatchWriter();
  writeModulators(patch, switches, names, before);
  if (!isSame(switches.spikeTrains, before?.spikeTrains ?? [])) patch.op("spikeTrainAreas", switches.spikeTrains);
  writeHomeostats(patch, switches.homeostats, before?.homeostats ?? []);
  writeTwins(patch, switches, before);
  for (const one of changed(switches.sparse, before?.sparse ?? [], ofArea)) writeSparse(patch, one);
  if (!isSame(switches.watches, before?.watches ?? [])) writeWatches(patch, switches.watches);
  writeMappings(patch, switches, names, before);
  return patch.take();
}

/** Registers homeostats for the neurons their areas have now; of the kind per neuron only those of unchanged neurons keep their state. */
export function homeostatPatch(homeostats: readonly Homeostat[]): Uint32Array {
  const patch = new PatchWriter();
  writeHomeostats(patch, homeostats, []);
  return patch.take();
}

/** Gives memory neurons the settings of their areas. */
export function sparseMemoryPatch(sparse: readonly SparseMemory[]): Uint32Array {
  const patch = new PatchWriter();
  for (const one of sparse) writeSparse(patch, one);
  return patch.take();
}

function writeModulators(
  patch: PatchWriter,
  { modulators, groups, subscriptions }: Switches,
  names: ModulationNames,
  before?: Switches,
): void {
  const numbered = (bound: readonly BoundModulator[]) => bound.map(({ name, ...rest }) => ({ number: names.numberOf(name), ...rest }));
  if (!isSame(numbered(modulators), numbered(before?.modulators ?? []))) {
    patch.begin("setModulators", 5 * modulators.length);
    for (const { number, kind, driver, magnitude, fullScale } of numbered(modulators)) {
      patch.u32(number).u32(modulatorKinds.indexOf(kind)).u32(driver).f32(magnitude).f32(fullScale);
    }
  }
  const known = new Set(before?.groups.map((group) => names.group(group)));
  for (const number of new Set(groups.map((group) => names.group(group)))) {
    if (!known.has(number)) patch.op("modulationGroup", [number, ...names.membersOf(number)]);
  }
  const rows = (all: Switches["subscriptions"]) =>
    all.flatMap(({ area, modulators: heard }) => heard.flatMap((name) => [area, names.numberOf(name)]));
  if (!isSame(rows(subscriptions), rows(before?.subscriptions ?? []))) patch.op("setSubscriptions", rows(subscriptions));
}

/** The base follows an edit of the leak by itself, and the averages stay. */
function writeHomeostats(patch: PatchWriter, now: readonly Homeostat[], before: readonly Homeostat[]): void {
  const isGone = ({ area }: Homeostat) => !now.some((one) => one.area === area);
  for (const { area } of before.filter(isGone)) patch.op("stopRateModulatedLeak", [area]);
  const settings = ({ base: _, ...others }: Homeostat) => others;
  for (const one of changed(now, before, ofArea, settings)) {
    patch.begin("rateModulatedLeak", 13).u32(one.area);
    patch.u32((one.perNeuron ? 1 : 0) | (one.leavesSilent ? 2 : 0));
    patch.f32(one.target).f32(one.rateShare).f32(one.gain).f32(one.leakMin).f32(one.leakMax);
    patch.u32(one.every).u32(one.armBursts).f32(one.armShare).f32(one.minTarget).u32(one.epoch).f32(one.base);
  }
}

function writeTwins(patch: PatchWriter, { twins }: Switches, before?: Switches): void {
  const key = ({ memory, upstream }: Switches["twins"][number]) => `${memory}>${upstream}`;
  const keys = new Set(twins.map(key));
  for (const one of before?.twins ?? []) if (!keys.has(key(one))) patch.op("unregisterTwin", [one.memory, one.upstream]);
  const fresh = changed(twins, before?.twins ?? [], key);
  if (fresh.length > 0)
    patch.op(
      "registerTwins",
      fresh.flatMap(({ memory, upstream, twin }) => [memory, upstream, twin]),
    );
}

function writeSparse(patch: PatchWriter, { area, threshold, limit, excitability, refractory, fireLimit, snooze }: SparseMemory): void {
  patch.begin("sparseMemory", 6).u32(area).f32(threshold).f32(limit).f32(excitability);
  patch.u32((refractory | (fireLimit << 16)) >>> 0).u32(snooze);
}

function writeWatches(patch: PatchWriter, watches: readonly ClassifierWatch[]): void {
  const words = watches.flatMap(({ errorArea, correctArea, answerDelay, pairs }) => [
    ...[errorArea, correctArea ?? NO_AREA, answerDelay, pairs.length],
    ...pairs.flatMap(({ input, output }) => [input, output]),
  ]);
  patch.op("setClassifierWatches", words);
}

function writeMappings(patch: PatchWriter, switches: Switches, names: ModulationNames, before?: Switches): void {
  const { mappings } = switches;
  const pair = ({ source, target }: PlasticMapping) => `${source}>${target}`;
  const numbered = ({ modulators, ...one }: PlasticMapping) => ({ ...one, group: names.group(modulators) });
  const fresh = changed(mappings, before?.mappings ?? [], pair, numbered);
  const staying = new Set(mappings.filter((one) => !fresh.includes(one)).map(pair));
  for (const one of before?.mappings ?? []) if (!staying.has(pair(one))) patch.op("unregisterMapping", [one.source, one.target]);
  writeTracks(patch, switches, before);
  for (const one of fresh) {
    const { source, target, window, rise, fall, eta, maxWeight, decay, psp } = one;
    patch.begin("registerMapping", 12).u32(source).u32(target).u32(modes.indexOf(one.mode)).u32(window).u32(rise).u32(fall);
    patch.f32(eta).f32(maxWeight).f32(decay);
    patch.u32((one.bidirectional ? 1 : 0) | (one.associative ? 2 : 0)).f32(psp);
    patch.u32((one.kind | (one.delay << 8) | (names.group(one.modulators) << 16)) >>> 0);
    if (one.frozen) patch.op("freezeMapping", [source, target, 1]);
  }
}

function writeTracks(patch: PatchWriter, now: Switches, before?: Switches): void {
  const place = ({ area, episodic }: TrackedArea) => `${area}/${episodic}`;
  const [wanted, old] = [tracksOf(now), before ? tracksOf(before) : []];
  const stays = new Set(wanted.map(place));
  for (const one of old) if (!stays.has(place(one))) patch.op("untrackFiring", [one.area, one.episodic ? 1 : 0]);
  for (const { area, episodic, window } of changed(wanted, old, place)) patch.op("trackFiring", [area, window, episodic ? 1 : 0]);
}

/** Homeostats read the last burst of their areas. */
function tracksOf({ tracked, homeostats }: Switches): TrackedArea[] {
  const isTracked = (index: number) => tracked.some(({ area, episodic }) => area === index && !episodic);
  return [...tracked, ...homeostats.filter(({ area }) => !isTracked(area)).map(({ area }) => ({ area, episodic: false, window: 1 }))];
}

const modes: readonly PlasticMapping["mode"][] = ["off", "stdp", "rstdp"];
const ofArea = ({ area }: { area: number }) => area;
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Those that are new or say something else than before. */
function changed<T>(now: readonly T[], before: readonly T[], key: (one: T) => unknown, said: (one: T) => unknown = (one) => one): T[] {
  const old = new Map(before.map((one) => [key(one), said(one)]));
  return now.filter((one) => !isSame(said(one), old.get(key(one))));
}
