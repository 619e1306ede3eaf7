//! A small owned network for tests; every neuron starts out plain.

// Each test program is compiled with all of this and uses a part.
#![allow(dead_code)]

use gyrus_engine::Engine;
use gyrus_types::network::{NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT};
use gyrus_types::{
    AreaSettings, Dynamics, NetworkImage, NeuronColumns, Precision, SynapseColumns, patch,
};

pub const AREA: u32 = 7;

#[derive(Debug, Clone, Default)]
pub struct Network {
    pub strict: bool,
    pub threshold: Vec<f32>,
    pub leak: Vec<f32>,
    pub refractory: Vec<u16>,
    pub fire_limit: Vec<u16>,
    pub snooze: Vec<u16>,
    pub accumulates: Vec<u8>,
    /// source, target, weight, kind, delay
    pub synapses: Vec<(u32, u32, f32, u8, u8)>,
    pub areas: Vec<AreaSettings>,
}

impl Network {
    pub fn plain(count: usize) -> Self {
        Self {
            strict: false,
            threshold: vec![1.0; count],
            leak: vec![0.0; count],
            refractory: vec![0; count],
            fire_limit: vec![NO_FIRE_LIMIT; count],
            snooze: vec![0; count],
            accumulates: vec![1; count],
            synapses: Vec::new(),
            areas: Vec::new(),
        }
    }

    pub fn load_into(&self, engine: &mut Engine) {
        let count = self.threshold.len();
        let area = vec![AREA; count];
        let x: Vec<u32> = (0..count as u32).collect();
        let zero = vec![0; count];
        let column = |pick: fn(&(u32, u32, f32, u8, u8)) -> u8| -> Vec<u8> {
            self.synapses.iter().map(pick).collect()
        };
        let source: Vec<u32> = self.synapses.iter().map(|s| s.0).collect();
        let target: Vec<u32> = self.synapses.iter().map(|s| s.1).collect();
        let weight: Vec<f32> = self.synapses.iter().map(|s| s.2).collect();
        let image = NetworkImage {
            dynamics: if self.strict {
                Dynamics::FeagiStrict
            } else {
                Dynamics::Standard
            },
            precision: Precision::F32,
            power_amount: 1.0,
            neurons: NeuronColumns {
                count,
                area: &area,
                x: &x,
                y: &zero,
                z: &zero,
                threshold: &self.threshold,
                threshold_limit: &vec![NO_THRESHOLD_LIMIT; count],
                leak: &self.leak,
                excitability: &vec![1.0; count],
                refractory_period: &self.refractory,
                consecutive_fire_limit: &self.fire_limit,
                snooze_period: &self.snooze,
                accumulates: &self.accumulates,
            },
            synapses: SynapseColumns {
                count: source.len(),
                source: &source,
                target: &target,
                weight: &weight,
                psp: &vec![1.0; source.len()],
                kind: &column(|s| s.3),
                delay: &column(|s| s.4),
                flags: &column(|_| 0),
            },
            areas: &self.areas,
        };
        engine.load(&image).unwrap();
    }
}

/// A patch that stages these inputs.
pub fn staged(inputs: &[(u32, f32)]) -> Vec<u32> {
    let mut words = vec![patch::STAGE_INPUT, inputs.len() as u32 * 2];
    words.extend(inputs.iter().flat_map(|&(id, value)| [id, value.to_bits()]));
    words
}

/// Runs a burst and returns the words of its frame, the engine time blanked.
pub fn burst(engine: &mut Engine) -> Vec<u32> {
    let mut frame = vec![0; engine.frame_words()];
    let words = engine.burst_into(&mut frame).unwrap();
    frame.truncate(words);
    frame
}
