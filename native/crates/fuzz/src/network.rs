//! A network from a few bytes: prototypes that neurons share in turn, rings of synapses, and some synapses one by one.

use gyrus_types::network::{NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT};
use gyrus_types::{AreaSettings, Dynamics, NetworkImage, NeuronColumns, Precision, SynapseColumns};

use crate::bytes::Bytes;

/// Areas that networks and operations speak of: death, power, fatigue, ordinary ones, memory, and one far off.
pub const AREAS: [u32; 8] = [0, 1, 2, 7, 8, 9, 20, 4_000_000_000];
pub const FIRST_MEMORY: u32 = 50_000_000;

/// Columns that the engine is lent.
pub struct Columns {
    pub strict: bool,
    pub int8: bool,
    pub power_amount: f32,
    pub area: Vec<u32>,
    pub voxel: [Vec<u32>; 3],
    /// Threshold, limit, leak, excitability.
    pub reals: [Vec<f32>; 4],
    /// Refractory period, fire limit, snooze.
    pub counts: [Vec<u16>; 3],
    pub accumulates: Vec<u8>,
    pub ends: [Vec<u32>; 2],
    /// Weight, psp.
    pub strength: [Vec<f32>; 2],
    /// Kind, delay, flags.
    pub kind: [Vec<u8>; 3],
    pub areas: Vec<AreaSettings>,
}

impl Columns {
    pub fn read(bytes: &mut Bytes) -> Self {
        let modes = bytes.byte();
        let strict = modes & 1 != 0;
        let finite = !strict;
        let count = u32::from(bytes.byte());
        let mut columns = Self {
            strict,
            int8: modes & 2 != 0,
            power_amount: bytes.real(finite),
            area: Vec::new(),
            voxel: Default::default(),
            reals: Default::default(),
            counts: Default::default(),
            accumulates: Vec::new(),
            ends: Default::default(),
            strength: Default::default(),
            kind: Default::default(),
            areas: read_areas(bytes, finite),
        };
        columns.read_neurons(bytes, count, modes & 4 != 0);
        for _ in 0..bytes.below(6) {
            let (step, row) = (u32::from(bytes.byte()), Synapse::read(bytes, finite));
            for id in 0..count {
                columns.push(id, (id + step) % count, row);
            }
        }
        for _ in 0..bytes.below(24) {
            let ends = [bytes.byte(), bytes.byte()].map(|byte| neuron_or_memory(byte, count));
            let row = Synapse::read(bytes, finite);
            columns.push(ends[0], ends[1], row);
        }
        columns
    }

    fn read_neurons(&mut self, bytes: &mut Bytes, count: u32, interleaved: bool) {
        let prototypes: Vec<Neuron> = (0..=bytes.below(5))
            .map(|_| Neuron::read(bytes, !self.strict))
            .collect();
        for id in 0..count {
            let kind = if interleaved {
                id as usize % prototypes.len()
            } else {
                id as usize * prototypes.len() / count as usize
            };
            let neuron = &prototypes[kind];
            self.area.push(neuron.area);
            for (column, voxel) in self.voxel.iter_mut().zip([id % 5, id / 5 % 4, id / 20]) {
                column.push(voxel);
            }
            for (column, value) in self.reals.iter_mut().zip(neuron.reals) {
                column.push(value);
            }
            for (column, value) in self.counts.iter_mut().zip(neuron.counts) {
                column.push(value);
            }
            self.accumulates.push(neuron.accumulates);
        }
    }

    fn push(&mut self, source: u32, target: u32, row: Synapse) {
        self.ends[0].push(source);
        self.ends[1].push(target);
        self.strength[0].push(row.weight);
        self.strength[1].push(row.psp);
        for (column, value) in self.kind.iter_mut().zip(row.kind) {
            column.push(value);
        }
    }

    pub fn image(&self) -> NetworkImage<'_> {
        NetworkImage {
            dynamics: if self.strict {
                Dynamics::FeagiStrict
            } else {
                Dynamics::Standard
            },
            precision: if self.int8 {
                Precision::Int8
            } else {
                Precision::F32
            },
            power_amount: self.power_amount,
            neurons: NeuronColumns {
                count: self.area.len(),
                area: &self.area,
                x: &self.voxel[0],
                y: &self.voxel[1],
                z: &self.voxel[2],
                threshold: &self.reals[0],
                threshold_limit: &self.reals[1],
                leak: &self.reals[2],
                excitability: &self.reals[3],
                refractory_period: &self.counts[0],
                consecutive_fire_limit: &self.counts[1],
                snooze_period: &self.counts[2],
                accumulates: &self.accumulates,
            },
            synapses: SynapseColumns {
                count: self.ends[0].len(),
                source: &self.ends[0],
                target: &self.ends[1],
                weight: &self.strength[0],
                psp: &self.strength[1],
                kind: &self.kind[0],
                delay: &self.kind[1],
                flags: &self.kind[2],
            },
            areas: &self.areas,
        }
    }
}

/// Mostly a neuron, else a memory neuron or an id that nobody has.
pub fn neuron_or_memory(byte: u8, count: u32) -> u32 {
    match byte {
        240.. => FIRST_MEMORY + u32::from(byte & 7),
        236..240 => count + u32::from(byte & 3),
        _ => u32::from(byte) % count.max(1),
    }
}

#[derive(Clone, Copy)]
struct Neuron {
    area: u32,
    reals: [f32; 4],
    counts: [u16; 3],
    accumulates: u8,
}

impl Neuron {
    fn read(bytes: &mut Bytes, finite: bool) -> Self {
        let limit = if bytes.below(4) == 0 {
            bytes.real(finite)
        } else {
            NO_THRESHOLD_LIMIT
        };
        Self {
            area: bytes.pick(&AREAS),
            reals: [
                bytes.real(finite),
                limit,
                bytes.real(finite),
                bytes.pick(&[1.0, 1.0, 0.6, 0.0]),
            ],
            counts: [
                bytes.pick(&[0, 0, 1, 3, u16::MAX]),
                bytes.pick(&[0, NO_FIRE_LIMIT, 1, 3]),
                bytes.pick(&[0, 2, u16::MAX]),
            ],
            accumulates: bytes.byte(),
        }
    }
}

#[derive(Clone, Copy)]
struct Synapse {
    weight: f32,
    psp: f32,
    /// Kind, delay, flags.
    kind: [u8; 3],
}

impl Synapse {
    fn read(bytes: &mut Bytes, finite: bool) -> Self {
        Self {
            weight: bytes.real(finite),
            psp: bytes.pick(&[1.0, 0.3, 1.9, 0.0]),
            kind: [
                bytes.pick(&[0, 0, 1, 200]),
                bytes.pick(&[1, 1, 2, 5, 255]),
                bytes.pick(&[0, 0, 1, 255]),
            ],
        }
    }
}

/// Settings of some areas, every area once.
fn read_areas(bytes: &mut Bytes, finite: bool) -> Vec<AreaSettings> {
    let listed = bytes.byte();
    let mut areas = Vec::new();
    for (bit, index) in AREAS.into_iter().enumerate() {
        if listed & (1 << bit) != 0 {
            let settings = bytes.byte();
            let flag = |bits: u8| [None, Some(false), Some(true), None][(bits & 3) as usize];
            areas.push(AreaSettings {
                index,
                psp_uniform: flag(settings),
                mp_driven_psp: flag(settings >> 2),
                degeneration: [0.0, 0.01, 0.4, 0.0][(settings >> 4 & 3) as usize],
                baseline_psp: (settings >= 128).then(|| bytes.real(true)),
            });
        }
    }
    if finite {
        areas.reverse();
    }
    areas
}
