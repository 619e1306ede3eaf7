//! Networks to test with, built from a seed.

#![allow(dead_code)]

use gyrus_lif::Lif;
use gyrus_types::Simd;
use gyrus_types::frame::{WORD_ENGINE_NANOS, WORD_TOTAL};
use gyrus_types::lif::{
    DECAY_STEPS, LifImage, LifNeurons, LifParameters, LifSynapses, StdpProjection,
};

pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (((self.0 >> 32) * u64::from(limit)) >> 32) as u32
    }
}

/// A network by columns.
pub struct Network {
    pub area: Vec<u32>,
    pub set: Vec<u16>,
    pub synapses: Vec<(u32, u32, f32, u8)>,
    /// Threshold, drive, refractory steps, Poisson table.
    pub parameters: Vec<(f64, f64, u16, Vec<u32>)>,
    pub learns: bool,
}

fn table(step: f64) -> Vec<f64> {
    (0..DECAY_STEPS)
        .map(|n| (-(n as f64) * step / 20.0).exp())
        .collect()
}

impl Network {
    /// Neurons of two areas, wired at random; `weights` to choose from.
    pub fn random(seed: u64, count: u32, weights: &[f32], learns: bool) -> Self {
        let mut random = Random(seed);
        let synapses = (0..count * 12)
            .map(|_| {
                let weight = weights[random.below(weights.len() as u32) as usize];
                let ends = (random.below(count), random.below(count));
                (ends.0, ends.1, weight, 1 + random.below(3) as u8)
            })
            .collect();
        let poisson = vec![1 << 30, 2 << 30, 3 << 30];
        Self {
            area: (0..count).map(|id| u32::from(id >= count / 2)).collect(),
            set: (0..count).map(|id| u16::from(id >= count / 3)).collect(),
            synapses,
            parameters: vec![(10.0, 0.4, 2, poisson), (8.0, 0.9, 0, Vec::new())],
            learns,
        }
    }

    pub fn load(&self, threads: usize, simd: Simd) -> Lif {
        let mut engine = Lif::new(threads, simd).unwrap();
        let count = self.area.len();
        let parameters: Vec<LifParameters> = self
            .parameters
            .iter()
            .map(
                |(threshold, drive, refractory_steps, poisson_table)| LifParameters {
                    threshold: *threshold,
                    reset: 0.0,
                    decay: 0.9,
                    drive: *drive,
                    refractory_steps: *refractory_steps,
                    poisson_weight: 0.3,
                    poisson_table,
                    resting_potential: -65.0,
                },
            )
            .collect();
        let (low, high) = (table(1.0), table(1024.0));
        let projection = StdpProjection {
            source_area: 0,
            target_area: 1,
            lambda: 0.05,
            alpha: 1.1,
            max_weight: 4.0,
            mu_plus: 1,
            mu_minus: 0,
            plus_low: &low,
            plus_high: &high,
            minus_low: &low,
            minus_high: &high,
        };
        let zeros = vec![0; count];
        let places: Vec<u32> = (0..count as u32).collect();
        let column = |of: fn(&(u32, u32, f32, u8)) -> u32| {
            self.synapses.iter().map(of).collect::<Vec<u32>>()
        };
        let weight: Vec<f32> = self.synapses.iter().map(|one| one.2).collect();
        let delay: Vec<u8> = self.synapses.iter().map(|one| one.3).collect();
        engine
            .load(&LifImage {
                step_ms: 1.0,
                seed: 7,
                parameters: &parameters,
                neurons: LifNeurons {
                    count,
                    area: &self.area,
                    x: &places,
                    y: &zeros,
                    z: &zeros,
                    potential: &vec![0.0; count],
                    parameter_set: &self.set,
                },
                synapses: LifSynapses {
                    count: self.synapses.len(),
                    source: &column(|one| one.0),
                    target: &column(|one| one.1),
                    weight: &weight,
                    delay: &delay,
                },
                projections: if self.learns {
                    std::slice::from_ref(&projection)
                } else {
                    &[]
                },
            })
            .unwrap();
        engine
    }
}

/// Runs one burst and gives its frame.
pub fn burst(engine: &mut Lif) -> Vec<u32> {
    let mut frame = vec![0; engine.frame_words()];
    engine.burst_into(&mut frame).unwrap();
    frame[WORD_ENGINE_NANOS] = 0;
    frame.truncate(frame[WORD_TOTAL] as usize);
    frame
}

pub fn operation(code: u32, words: &[u32]) -> Vec<u32> {
    let mut patch = vec![code, words.len() as u32];
    patch.extend_from_slice(words);
    patch
}
