/**
 * Replays recorded runs of the optional subsystems (`burst-ext-golden/1`): an engine set up from the file, operations with their
 * results, and everything that was recorded after each burst.
 */
import { firedIds } from "#contracts/frame.ts";
import type { Dynamics } from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import type { Engine } from "./engine.ts";
import { compareRecord } from "./golden-extension-records.ts";
import { GoldenSetup } from "./golden-extension-setup.ts";
import { memoryId, optionalList } from "./golden-learning.ts";
import type { JsonPlace } from "./json-place.ts";
import { decodeSnapshot, encodeSnapshot, type SnapshotColumns } from "./reference/snapshot-codec.ts";
import type { Mismatch, Replay } from "./replay.ts";

export function replayExtensions(engine: Engine, root: JsonPlace, dynamics: Dynamics): Replay {
  const setup = new GoldenSetup(root, dynamics);
  const bursts = root.at("bursts").list();
  engine.load(setup.image);
  engine.apply(setup.patch);
  const result: Replay = { bursts: bursts.length, fired: [], match: null, firstMismatch: null };
  for (const [i, place] of bursts.entries()) {
    if (place.at("burst").u32() !== i + 1) place.at("burst").refuse(`is not ${i + 1}: bursts are consecutive`);
    const before = beforeBurst(engine, setup, place);
    const frame = new Uint32Array(engine.frameWords);
    engine.burstIntoSync(frame);
    const fired = Array.from(firedIds(frame));
    result.fired.push(fired);
    result.match ??= true;
    result.firstMismatch ??= before ?? compareRecord(engine, place, fired);
  }
  if (result.firstMismatch) result.match = false;
  return result;
}

/** Carries out what comes before a burst; the first result that is not the recorded one. */
function beforeBurst(engine: Engine, setup: GoldenSetup, place: JsonPlace): Mismatch | null {
  const burst = engine.burst + 1;
  const differs = (what: string, expected: unknown, got: unknown): Mismatch | null =>
    JSON.stringify(expected) === JSON.stringify(got) ? null : { burst, what, expected, got };
  let saved: Uint8Array | null = null;
  const results = optionalList(place.at("ops")).map((operation) => {
    const [name, ...given] = operation.list();
    if (name?.value === "export") {
      saved = withoutPassing(engine.snapshot());
      return null;
    }
    if (name?.value === "restore") {
      engine.restore(saved ?? name.refuse("restores what was not exported"));
      return engine.burst;
    }
    return setup.operate(engine, name ?? operation.refuse("names no operation"), given);
  });
  let found = place.at("op_results").isAbsent ? null : differs("op_results", place.at("op_results").value, results);
  const accepted = optionalList(place.at("force_fire")).map((list) => forceFire(engine, list));
  if (!place.at("force_fire_accepted").isAbsent) found ??= differs("force_fire_accepted", place.at("force_fire_accepted").value, accepted);
  engine.apply(inputOf(place));
  return found;
}

/** How many forced fires were taken. */
function forceFire(engine: Engine, place: JsonPlace): number {
  const voxels = place.at("voxels").list();
  const patch = new PatchWriter().begin("forceFire", 1 + 4 * voxels.length).u32(place.at("area").u32());
  for (const voxel of voxels) {
    const [x, y, z, potential] = voxel.tuple(4);
    patch.u32(x!.u32()).u32(y!.u32()).u32(z!.u32()).f32(potential!.f32());
  }
  const forced = () => columnsOf(engine).forcedId.length;
  const before = forced();
  engine.apply(patch.take());
  return forced() - before;
}

/** Staged input and injections of memory neurons; one that is no pattern injection is staged input. */
function inputOf(place: JsonPlace): Uint32Array {
  const patch = new PatchWriter();
  for (const entry of optionalList(place.at("inject"))) {
    const [id, potential] = entry.tuple(2);
    patch.op("stageInput", [id!.u32(), potential!.f32()], [1]);
  }
  for (const entry of optionalList(place.at("memory_inject"))) {
    const [id, area, potential, kind] = entry.list();
    if (!id || !area || !potential) entry.refuse("is no injection of a memory neuron");
    if (kind?.value === 0) patch.op("stageInput", [memoryId(id!), potential!.f32()], [1]);
    else patch.op("memoryInject", [memoryId(id!), area!.u32(), potential!.f32()], [2]);
  }
  return patch.take();
}

function columnsOf(engine: Engine): SnapshotColumns {
  return decodeSnapshot(engine.snapshot()).columns;
}

/** What FEAGI's own files keep of a state: nothing under way, no frames of ledgers, no candidates and fires. Source: extensions 15.3. */
function withoutPassing(snapshot: Uint8Array): Uint8Array {
  const contents = decodeSnapshot(snapshot);
  const passing = Object.entries(contents.columns).map(([name, column]) => {
    if (name === "trackFrames") return [name, column.slice().fill(0)];
    const passes = /^(arrival|candidate|fired|staged|forced|injected|replay|associative|trackFrame(Size|Id)|train(Neuron|Potential))/.test(
      name,
    );
    return [name, passes ? column.slice(0, 0) : column];
  });
  return encodeSnapshot({ ...contents, columns: Object.fromEntries(passing) as SnapshotColumns });
}
