import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LabError } from "#contracts/errors.ts";
import type { ConnectomeBody } from "./connectome-body.ts";
import { decodeConnectomeFile, encodeConnectomeFile } from "./connectome-file.ts";
import { lz4Compress, lz4Decompress } from "./lz4-block.ts";

/** What the recorder wrote, in its names. Numbers beyond 53 bits are read as text. */
const golden = JSON.parse(
  readFileSync(new URL("golden/connectome_file.json", import.meta.url), "utf8").replace(/(?<=":)\d{17,}(?=[,}])/g, '"$&"'),
);
const goldenFile = Uint8Array.from(golden.file_hex.match(/../g)!, (hex: string) => Number.parseInt(hex, 16));

const f32s = (values: number[]) => Float32Array.from(values);
const u32s = (values: number[]) => Uint32Array.from(values);
const u16s = (values: number[]) => Uint16Array.from(values);
const u8s = (values: number[]) => Uint8Array.from(values);
const flags = (values: boolean[]) => Uint8Array.from(values, Number);
// biome-ignore lint/suspicious/noExplicitAny: a recorded document
type Recorded = any;

function bodyOf(one: Recorded): ConnectomeBody {
  const { neurons: n, synapses: s, metadata } = one;
  return {
    version: one.version,
    neurons: {
      count: n.count,
      capacity: n.capacity,
      potential: f32s(n.membrane_potentials),
      threshold: f32s(n.thresholds),
      leak: f32s(n.leak_coefficients),
      restingPotential: f32s(n.resting_potentials),
      type: Int32Array.from(n.neuron_types as number[]),
      refractoryPeriod: u16s(n.refractory_periods),
      countdown: u16s(n.refractory_countdowns),
      excitability: f32s(n.excitabilities),
      area: u32s(n.cortical_areas),
      coordinates: u32s(n.coordinates),
      valid: flags(n.valid_mask),
      thresholdLimit: f32s(n.threshold_limits),
      consecutiveFires: u16s(n.consecutive_fire_counts),
      consecutiveFireLimit: u16s(n.consecutive_fire_limits),
      snoozePeriod: u16s(n.snooze_periods),
      accumulates: flags(n.mp_charge_accumulation),
    },
    synapses: {
      count: s.count,
      capacity: s.capacity,
      source: u32s(s.source_neurons),
      target: u32s(s.target_neurons),
      weight: f32s(s.weights),
      psp: f32s(s.postsynaptic_potentials),
      kind: u8s(s.types),
      delay: u8s(s.delay_bursts),
      valid: flags(s.valid_mask),
      sourceIndex: new Map(),
      flags: u8s(s.edge_flags),
      trace: f32s(s.eligibility_traces),
    },
    areaIds: new Map(Object.entries(one.cortical_area_names as Record<string, string>).map(([index, id]) => [Number(index), id])),
    burst: one.burst_count,
    powerAmount: Math.fround(one.power_amount),
    ledgerWindow: one.fire_ledger_window,
    metadata: {
      time: metadata.timestamp,
      description: metadata.description,
      source: metadata.source,
      tags: new Map(Object.entries(metadata.tags as Record<string, string>)),
    },
    mode: one.persist_mode,
    genome: one.genome_json,
    memoryAreas: one.memory_area_ids,
    plasticMappings: one.plastic_mappings,
    regions: one.brain_region_ids,
    longTermNeurons: one.long_term_memory_neurons.map((neuron: Recorded) => ({
      id: neuron.neuron_id,
      area: neuron.cortical_area_idx,
      areaId: neuron.cortical_id,
      patternHash: neuron.pattern_hash === null ? null : BigInt(neuron.pattern_hash),
      isLongTerm: neuron.is_longterm_memory,
      isActive: neuron.is_active,
      lifespan: neuron.lifespan_current,
      initialLifespan: neuron.lifespan_initial,
      lifespanGrowthRate: neuron.lifespan_growth_rate,
      created: neuron.creation_burst,
      lastSeen: neuron.last_activation_burst,
      activations: neuron.activation_count,
      spatialSignature: neuron.spatial_signature === null ? null : BigInt(neuron.spatial_signature),
      classChannels: u32s(neuron.class_channels),
    })),
    replayFrames: one.long_term_memory_replay_frames.map(([neuron, frames]: [number, Recorded[]]) => ({
      neuron,
      frames: frames.map((frame) => ({
        offset: frame.offset,
        upstreamArea: frame.upstream_area_idx,
        upstreamAreaId: frame.upstream_cortical_id,
        voxels: frame.coords,
        potentials: frame.membrane_potentials === null ? null : f32s(frame.membrane_potentials),
      })),
    })),
    liteSynapses: [],
  };
}

const producer = { version: "0.0.53", genomeSchema: null };
const groups = u32s(golden.modulation_groups);

describe("the recorded file", () => {
  test("reads as what was recorded of reading it", () => {
    const { body, modulationGroups } = decodeConnectomeFile(goldenFile);
    expect(body).toEqual(bodyOf(golden.loaded));
    expect(Array.from(modulationGroups)).toEqual(golden.loaded_modulation_groups);
  });

  test("what was saved, written here, reads the same as the recorded file", () => {
    const file = encodeConnectomeFile({ body: bodyOf(golden.snapshot), modulationGroups: groups }, producer);
    expect(decodeConnectomeFile(file)).toEqual(decodeConnectomeFile(goldenFile));
    // The head, up to the checksum of what is compressed, is the same to the byte.
    expect(file.subarray(0, 22 + 180)).toEqual(goldenFile.subarray(0, 22 + 180));
  });
});

/** A file with one byte changed, its checksum mended if need be. */
function changed(at: number, byte: number): Uint8Array {
  const file = goldenFile.slice();
  file[at] = byte;
  return file;
}
const reasonOf = (file: Uint8Array): string => {
  try {
    decodeConnectomeFile(file);
  } catch (error) {
    if (error instanceof LabError && error.code === "E_NETWORK") return error.details.reason as string;
    throw error;
  }
  return "none";
};

describe("a damaged file", () => {
  test.each([
    [changed(0, 0x47), "it does not begin as one"],
    [changed(5, 4), "it is of version 4; versions 1 to 3 can be read"],
    [goldenFile.subarray(0, 12), "it is truncated"],
    [goldenFile.subarray(0, 60), "it is truncated"],
    [goldenFile.subarray(0, -1), "its checksum does not match: it is damaged or truncated"],
    [changed(9, 3), "its flags 3 are unknown"],
    [changed(10, 0xff), "its body does not decompress to 1279 bytes"],
    [changed(17, 0xff), "its body does not decompress to 18374686479671624741 bytes"],
    [changed(24, 0x41), "its manifest is not the one inside its body"],
  ])("is refused with what is wrong with it %#", (file, reason) => {
    expect(reasonOf(file)).toBe(reason);
  });

  test("never does anything but read the same or be refused, whatever byte changed", () => {
    const whole = decodeConnectomeFile(goldenFile);
    for (let at = 0; at < goldenFile.length; at++) {
      const file = changed(at, goldenFile[at]! ^ 0x40);
      if (reasonOf(file) === "none") expect(decodeConnectomeFile(file)).toEqual(whole);
    }
  });

  test("is refused where its parts contradict each other", () => {
    const body = bodyOf(golden.snapshot);
    body.neurons.threshold = f32s([1]);
    expect(reasonOf(encodeConnectomeFile({ body, modulationGroups: groups }, producer))).toBe(
      "its body does not decode: 2 neurons have 1 values of threshold",
    );
  });

  test("is refused where somebody exchanged the genome inside it", () => {
    const file = uncompressed({ ...bodyOf(golden.snapshot), genome: '{"a": 1}' }, (raw) => raw.replace('{"a": 1}', '{"a": 2}'));
    expect(reasonOf(file)).toBe("the genome inside it is not the one its manifest was made for");
  });
});

/** The file as older and lazier writers leave it: not compressed; its body may be changed first. */
function uncompressed(body: ConnectomeBody, change: (raw: string) => string = (raw) => raw, version: 1 | 2 | 3 = 3): Uint8Array {
  const file = encodeConnectomeFile({ body, modulationGroups: groups }, producer);
  const view = new DataView(file.buffer);
  const manifest = view.getUint32(18, true);
  const raw = lz4Decompress(file.subarray(30 + manifest), Number(view.getBigUint64(10, true)))!;
  const stored = Buffer.from(change(Buffer.from(raw).toString("latin1")), "latin1");
  let checksum = 0xcbf29ce484222325n;
  for (const byte of stored) checksum = BigInt.asUintN(64, (checksum ^ BigInt(byte)) * 0x100000001b3n);
  const heads = { 1: file.subarray(0, 9), 2: file.subarray(0, 18), 3: file.subarray(0, 22 + manifest) };
  const head = Buffer.from(heads[version]);
  head.writeUInt32LE(version, 5);
  if (version >= 2) head[9] = 0;
  const sum = Buffer.alloc(8);
  sum.writeBigUInt64LE(checksum);
  return new Uint8Array(Buffer.concat([head, sum, stored]));
}

test.each([
  ['[{"index":7,"group":2}]', "it names a modulation group of synapse 7, there are 2"],
  ["[null]", "it names a modulation group of synapse undefined, there are 2"],
  ["{}", "its modulation groups are no list"],
])("groups that say %s are refused", (groupsTag, reason) => {
  const was = '[{"index":0,"group":2}]';
  const file = uncompressed(bodyOf(golden.snapshot), (raw) => raw.replace(was, groupsTag.padEnd(was.length)));
  expect(reasonOf(file)).toBe(reason);
});

test.each([1, 2, 3] as const)("version %d is read, compressed or not", (version) => {
  const body = bodyOf(golden.snapshot);
  expect(decodeConnectomeFile(uncompressed(body, undefined, version))).toEqual(decodeConnectomeFile(goldenFile));
});

test("a lite file keeps synapses by the voxels of their ends, and needs the tag that says so", () => {
  const body = bodyOf(golden.snapshot);
  body.mode = "lite";
  body.genome = "{}";
  const voxel = { kind: "voxel", area: "Y3NyYzAwMDE=", x: 1, y: 2, z: 3, rank: 1 } as const;
  const memory = { kind: "memory", neuron: 50_000_000, area: "bW1lbTAwMDk=" } as const;
  body.liteSynapses = [{ source: voxel, target: memory, weight: 1.5, psp: 2, kind: 1, delay: 3, flags: 1, trace: 0.25 }];
  const read = decodeConnectomeFile(encodeConnectomeFile({ body, modulationGroups: groups }, producer));
  expect(read.body.liteSynapses).toEqual(body.liteSynapses);
  expect(read.body.genome).toBe("{}");
  expect(reasonOf(uncompressed(body, (raw) => raw.replace("semantic-v1", "semantic-v2")))).toBe(
    "a lite file needs the tag lite_edge_encoding = semantic-v1",
  );
});

describe("LZ4", () => {
  test("any bytes come back from a block, repetitive ones from a short one", () => {
    const runs = fc.array(fc.tuple(fc.uint8Array({ maxLength: 9 }), fc.nat(400)), { maxLength: 12 });
    fc.assert(
      fc.property(runs, (parts) => {
        const input = Uint8Array.from(parts.flatMap(([bytes, times]) => new Array<number[]>(times).fill([...bytes]).flat()));
        expect(Buffer.compare(lz4Decompress(lz4Compress(input), input.length)!, input)).toBe(0);
      }),
    );
    const late = new Uint8Array(300_000);
    for (let i = 0, state = 1; i < 200_000; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      late[i] = state >>> 24;
    }
    // Zeros compress also after much that does not.
    expect(lz4Compress(late).length).toBeLessThan(202_000);
  });

  test("a block that is cut, reaches before its start or has another length is refused", () => {
    const input = Uint8Array.from({ length: 400 }, (_, i) => (i * i) % 7);
    const block = lz4Compress(input);
    for (let end = 0; end < block.length; end++) expect(lz4Decompress(block.subarray(0, end), 400)).toBeUndefined();
    expect(lz4Decompress(block, 399)).toBeUndefined();
    expect(lz4Decompress(block, 401)).toBeUndefined();
    expect(lz4Decompress(Uint8Array.of(0x10, 7, 2, 0, 0), 5)).toBeUndefined();
    expect(lz4Decompress(Uint8Array.of(0xf0, 255, 255), 5)).toBeUndefined();
  });
});
