//! `lif-delta` the same ways: a network from bytes, sound or damaged, that is edited or whose snapshot is poisoned.

use std::cell::RefCell;
use std::thread::LocalKey;

use gyrus_lif::Lif;
use gyrus_types::lif::{
    DECAY_STEPS, LifImage, LifNeurons, LifParameters, LifSynapses, StdpProjection,
};
use gyrus_types::{EngineError, Simd, patch};

use crate::bytes::Bytes;
use crate::edits::edit;
use crate::network::AREAS;
use crate::operations::{Shape, Talk};
use crate::pair::{Pair, Subject, with_pair};
use crate::snapshot::poison;

/// What the model takes, and one code it does not.
const LIF: [Shape; 10] = [
    (patch::STAGE_INPUT, "", "nf"),
    (patch::FORCE_FIRE, "a", "cccf"),
    (patch::DELETE_NEURONS, "", "n"),
    (patch::REMOVE_SYNAPSE, "nn", ""),
    (patch::REMOVE_SYNAPSES_FROM_TO, "2nn", "n"),
    (patch::ADD_SYNAPSES, "", "nnfus"),
    (patch::UPDATE_SYNAPSE_WEIGHT, "nnf", ""),
    (patch::NEURON_MEMBRANE_POTENTIAL, "nf", ""),
    (patch::NEURON_REFRACTORY, "nh", ""),
    (patch::AREA_LEAK, "af", ""),
];

impl Subject for Lif {
    fn start(threads: usize, simd: Simd) -> Result<Self, EngineError> {
        Lif::new(threads, simd)
    }

    fn fork(&self) -> Self {
        Lif::fork(self)
    }

    fn kept() -> &'static LocalKey<RefCell<Option<Pair<Self>>>> {
        thread_local!(static PAIR: RefCell<Option<Pair<Lif>>> = const { RefCell::new(None) });
        &PAIR
    }
}

/// # Panics
/// When an engine crashes, or the two contradict each other.
pub fn lif(data: &[u8]) {
    let mut bytes = Bytes::of(data);
    let (is_poisoned, damages) = (bytes.below(2) == 0, bytes.byte());
    let mut columns = Columns::read(&mut bytes);
    // Most networks are sound, or nothing behind the checks would be reached.
    for _ in 0..damages.saturating_sub(252) {
        columns.damage(&mut bytes);
    }
    let talk = Talk {
        shapes: &LIF,
        finite: true,
    };
    with_pair(|pair| {
        if !pair.load(|engine: &mut Lif| columns.lend(|image| engine.load(image))) {
            return;
        }
        if is_poisoned {
            poison(pair, &mut bytes, &talk);
        } else {
            edit(pair, &mut bytes, &talk);
        }
    });
}

struct Set {
    /// Threshold, reset, decay, drive, Poisson weight, resting potential.
    reals: [f64; 6],
    refractory_steps: u16,
    poisson_table: Vec<u32>,
}

struct Projection {
    areas: [u32; 2],
    /// Lambda, alpha, largest weight.
    reals: [f64; 3],
    exponents: [u8; 2],
    /// Shares of the traces by bursts gone, low and high digits.
    decay: [Vec<f64>; 2],
}

struct Columns {
    step_ms: f64,
    seed: u32,
    sets: Vec<Set>,
    area: Vec<u32>,
    voxel: [Vec<u32>; 3],
    potential: Vec<f64>,
    parameter_set: Vec<u16>,
    ends: [Vec<u32>; 2],
    weight: Vec<f32>,
    delay: Vec<u8>,
    projections: Vec<Projection>,
}

impl Columns {
    fn read(bytes: &mut Bytes) -> Self {
        let modes = bytes.byte();
        let count = u32::from(bytes.byte());
        let sets: Vec<Set> = (0..=bytes.below(3)).map(|_| Set::read(bytes)).collect();
        let areas = [bytes.pick(&AREAS), bytes.pick(&AREAS)];
        let kind = |id: u32, kinds: u32| {
            if modes & 1 == 0 {
                id % kinds
            } else {
                id * kinds / count
            }
        };
        let mut columns = Self {
            step_ms: bytes.pick(&[1.0, 0.1]),
            seed: bytes.word(),
            area: (0..count).map(|id| areas[kind(id, 2) as usize]).collect(),
            voxel: [5, 20, 100].map(|size| (0..count).map(|id| id * 5 / size).collect()),
            potential: (0..count).map(|id| f64::from(id % 16) * 0.13).collect(),
            parameter_set: (0..count)
                .map(|id| kind(id, sets.len() as u32) as u16)
                .collect(),
            sets,
            ends: Default::default(),
            weight: Vec::new(),
            delay: Vec::new(),
            projections: Vec::new(),
        };
        for _ in 0..bytes.below(6) {
            let (step, row) = (u32::from(bytes.byte()), synapse(bytes));
            for id in 0..count {
                columns.push([id, (id + step) % count], row);
            }
        }
        for _ in 0..bytes.below(24) {
            let ends = [bytes.byte(), bytes.byte()].map(|byte| u32::from(byte) % count.max(1));
            let row = synapse(bytes);
            if count > 0 {
                columns.push(ends, row);
            }
        }
        let pairs = [(0, 0), (0, 1), (1, 0), (1, 1)];
        for (at, (source, target)) in pairs.into_iter().enumerate() {
            let is_new = areas[0] != areas[1] || at == 0;
            if modes >> 4 & 1 << at != 0 && is_new {
                let projection = Projection::read(bytes, [areas[source], areas[target]]);
                columns.projections.push(projection);
            }
        }
        columns
    }

    fn push(&mut self, ends: [u32; 2], (weight, delay): (f32, u8)) {
        self.ends[0].push(ends[0]);
        self.ends[1].push(ends[1]);
        self.weight.push(weight);
        self.delay.push(delay);
    }

    /// Makes one thing wrong, or at least odd.
    fn damage(&mut self, bytes: &mut Bytes) {
        let at = bytes.byte() as usize;
        let real = f64::from(bytes.real(false));
        match bytes.below(10) {
            0 => self.potential.resize(at, 0.0),
            1 => self.ends[at % 2].resize(at, 0),
            2 => self.delay.resize(at, 0),
            3 => set(&mut self.potential, at, real),
            4 => set(&mut self.parameter_set, at, at as u16),
            5 => set(&mut self.ends[at % 2], at, bytes.word()),
            6 => set(&mut self.weight, at, real as f32),
            7 => set(&mut self.delay, at, bytes.byte()),
            8 => {
                let count = self.sets.len();
                set(&mut self.sets[at % count].reals, at % 6, real);
            }
            _ => {
                if let Some(one) = self.projections.first_mut() {
                    set(&mut one.reals, at % 3, real);
                    set(&mut one.decay[at % 2], at, real);
                    one.exponents[at % 2] = at as u8;
                }
                self.step_ms = real;
            }
        }
    }

    fn lend<T>(&self, take: impl FnOnce(&LifImage) -> T) -> T {
        let parameters: Vec<_> = self.sets.iter().map(Set::lend).collect();
        let projections: Vec<_> = self.projections.iter().map(Projection::lend).collect();
        take(&LifImage {
            step_ms: self.step_ms,
            seed: self.seed,
            parameters: &parameters,
            neurons: LifNeurons {
                count: self.area.len(),
                area: &self.area,
                x: &self.voxel[0],
                y: &self.voxel[1],
                z: &self.voxel[2],
                potential: &self.potential,
                parameter_set: &self.parameter_set,
            },
            synapses: LifSynapses {
                count: self.weight.len(),
                source: &self.ends[0],
                target: &self.ends[1],
                weight: &self.weight,
                delay: &self.delay,
            },
            projections: &projections,
        })
    }
}

impl Set {
    fn read(bytes: &mut Bytes) -> Self {
        let events = u32::from(bytes.below(4));
        Self {
            reals: [
                bytes.pick(&[1.0, 20.0, 0.1]),
                bytes.pick(&[0.0, -5.0, 0.05]),
                bytes.pick(&[0.9, 1.0, 0.0, 0.99]),
                bytes.pick(&[0.0, 0.2, 2.5, -0.3]),
                f64::from(bytes.real(true)),
                bytes.pick(&[0.0, -65.0]),
            ],
            refractory_steps: bytes.pick(&[0, 0, 1, 3, u16::MAX]),
            poisson_table: (0..events).map(|at| at << 30).collect(),
        }
    }

    fn lend(&self) -> LifParameters<'_> {
        let [
            threshold,
            reset,
            decay,
            drive,
            poisson_weight,
            resting_potential,
        ] = self.reals;
        LifParameters {
            threshold,
            reset,
            decay,
            drive,
            refractory_steps: self.refractory_steps,
            poisson_weight,
            poisson_table: &self.poisson_table,
            resting_potential,
        }
    }
}

impl Projection {
    fn read(bytes: &mut Bytes, areas: [u32; 2]) -> Self {
        let powers = |base: f64| {
            std::iter::successors(Some(1.0), |share| Some(share * base))
                .take(DECAY_STEPS)
                .collect()
        };
        Self {
            areas,
            reals: [
                bytes.pick(&[0.01, 0.3, 0.0, -0.5]),
                bytes.pick(&[1.0, 0.2, -1.0]),
                bytes.pick(&[1.0, 100.0, -2.0]),
            ],
            exponents: [bytes.below(2), bytes.below(2)],
            decay: [powers(0.95), powers(0.5)],
        }
    }

    fn lend(&self) -> StdpProjection<'_> {
        let [lambda, alpha, max_weight] = self.reals;
        let [low, high] = &self.decay;
        StdpProjection {
            source_area: self.areas[0],
            target_area: self.areas[1],
            lambda,
            alpha,
            max_weight,
            mu_plus: self.exponents[0],
            mu_minus: self.exponents[1],
            plus_low: low,
            plus_high: high,
            minus_low: low,
            minus_high: high,
        }
    }
}

fn synapse(bytes: &mut Bytes) -> (f32, u8) {
    (bytes.real(true), bytes.pick(&[1, 1, 2, 5, 255]))
}

fn set<T>(column: &mut [T], at: usize, value: T) {
    if let Some(place) = column.get_mut(at) {
        *place = value;
    }
}
