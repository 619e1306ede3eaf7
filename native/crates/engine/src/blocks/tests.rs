//! The vector code of every instruction set against the rules taken one neuron after the other.

use super::*;
use crate::neurons::{Neurons, NewNeuron};
use crate::partition::Partition;

const COUNT: usize = 5 * BLOCK + 21;

struct Standard<const INT8: bool>;
struct Strict;

impl<const INT8: bool> Rules for Standard<INT8> {
    const STRICT: bool = false;
    const BATCH: bool = false;
    const INT8: bool = INT8;
}

impl Rules for Strict {
    const STRICT: bool = true;
    const BATCH: bool = false;
    const INT8: bool = false;
}

struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) % end) as usize
    }

    fn unit(&mut self) -> f32 {
        self.below(10_007) as f32 / 10_007.0
    }
}

fn neurons() -> Neurons {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut added = Vec::new();
    for id in 0..COUNT {
        let mut neuron = NewNeuron {
            area: 7,
            position: [0; 3],
            threshold: random.unit() * 1.5 - 0.1,
            threshold_limit: [no_threshold_limit(false), 2.1][random.below(2)],
            leak: [0.0, 0.1, 0.33, 1.0][random.below(4)],
            excitability: [1.0, 0.999, 0.4, 0.0][random.below(4)],
            refractory_period: random.below(3) as u16,
            consecutive_fire_limit: [0, u16::MAX, 1, 3][random.below(4)],
            snooze_period: random.below(3) as u16,
            accumulates: random.below(2) == 1,
        };
        // Every other block is plain, one of them without a leak.
        let block = id / BLOCK;
        if block % 2 == 1 {
            neuron.consecutive_fire_limit = [0, u16::MAX][random.below(2)];
            neuron.refractory_period = 0;
            neuron.accumulates = block == 1;
            if block == 3 {
                neuron.leak = 0.0;
            }
        }
        added.push(neuron);
    }
    let mut neurons = Neurons::default();
    neurons.extend(&added, false);
    neurons
}

/// Few under Miri, which takes a second for each.
const BURSTS: u32 = if cfg!(miri) { 2 } else { 40 };

/// Everything some bursts of random input leave behind, as bits.
fn trace(run: impl Fn(&mut Laps, NeuronSlices, u32)) -> Vec<u64> {
    let mut neurons = neurons();
    let mut partition = Partition::new(0, 0, COUNT, 2);
    let mut random = Random(77);
    let mut trace = Vec::new();
    for burst in 1..=BURSTS {
        for _ in 0..random.below(2 * COUNT as u64) {
            partition.add(burst, random.below(COUNT as u64), random.unit() * 1.8 - 0.4);
        }
        run(&mut partition.laps(burst), neurons.slices(), burst);
        trace.extend([partition.candidates as u64, partition.refractory as u64]);
        trace.extend(partition.fired.iter().map(|&id| u64::from(id)));
        trace.extend(
            partition
                .fired_potential
                .iter()
                .map(|v| u64::from(v.to_bits())),
        );
        trace.extend(neurons.potential.iter().map(|v| u64::from(v.to_bits())));
        trace.extend(neurons.countdown.iter().map(|&v| u64::from(v)));
        trace.extend(neurons.consecutive_fires.iter().map(|&v| u64::from(v)));
    }
    trace
}

/// The rules one neuron after the other, as `dynamics` states them.
fn one_by_one<R: Rules>(laps: &mut Laps, mut n: NeuronSlices, burst: u32) {
    laps.fired.clear();
    laps.fired_potential.clear();
    (*laps.candidates, *laps.refractory) = (0, 0);
    for i in 0..laps.len {
        clear_leftovers(&mut n.block(i, i + 1), &mut laps.sums_before[i..=i]);
    }
    laps.touched_before.fill(0);
    for i in 0..laps.len {
        let input = laps.sums_now[i];
        if is_touched(input) {
            *laps.candidates += 1;
            let outcome = integrate::<R>(&mut n, i, i as u32, input, burst);
            let mut spikes = Spikes {
                laps: &mut *laps,
                block: 0,
                first: 0,
            };
            spikes.note::<R>(&n, i, &outcome);
        }
    }
    for i in 0..laps.len {
        count_down(&mut n.block(i, i + 1));
    }
    n.marks.iter_mut().for_each(|mark| *mark >>= 1);
}

fn check_variants<R: Rules>() {
    let expected = trace(one_by_one::<R>);
    for name in ["baseline", "avx2", "avx512"] {
        if let Ok(simd) = Simd::named(name) {
            let got = trace(|laps, n, burst| run_blocks::<R>(simd, laps, n, burst));
            assert!(expected == got, "{name} differs");
        }
    }
}

#[test]
fn every_instruction_set_gives_the_bits_of_one_neuron_after_the_other() {
    check_variants::<Standard<false>>();
    check_variants::<Standard<true>>();
    check_variants::<Strict>();
}
