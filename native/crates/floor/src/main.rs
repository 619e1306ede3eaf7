//! Hand-written kernels: what the benchmark workloads cost with nothing around them. Not an engine: one membrane equation, one
//! delay, no edits, no reading out. `gyrus_floor WORKLOAD BURSTS` prints the milliseconds of every burst as one JSON list.

use std::hint::black_box;
use std::time::Instant;

/// A network in rows by source, and which neurons are driven over threshold in a burst.
struct Workload {
    starts: Vec<u32>,
    targets: Vec<u32>,
    weight: f32,
    /// Neuron i is driven in burst b when (i + b) % period == 0; 0: nobody but in burst 1, where all are.
    period: u32,
}

/// xorshift64*, as good as the wiring of a benchmark needs.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32;
        u32::try_from((high * u64::from(limit)) >> 32).unwrap_or(0)
    }
}

/// Rows of `fan_out` uniform targets each.
fn uniform(neurons: u32, synapses: u32, period: u32, weight: f32) -> Workload {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let starts = (0..=u64::from(neurons))
        .map(|i| u32::try_from(i * u64::from(synapses) / u64::from(neurons)).unwrap_or(synapses))
        .collect();
    let targets = (0..synapses).map(|_| random.below(neurons)).collect();
    Workload {
        starts,
        targets,
        weight,
        period,
    }
}

/// One synapse in, one out, each neuron driving the next: everybody fires for ever.
fn permutation(neurons: u32) -> Workload {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut targets: Vec<u32> = (0..neurons).collect();
    for i in (1..neurons).rev() {
        targets.swap(i as usize, random.below(i + 1) as usize);
    }
    Workload {
        starts: (0..=neurons).collect(),
        targets,
        weight: 1.0,
        period: 0,
    }
}

/// Milliseconds of each burst: integrate every neuron, gather who fired, deliver their rows.
fn run(workload: &Workload, bursts: u32) -> Vec<f64> {
    let neurons = workload.starts.len() - 1;
    let mut potential = vec![0.0_f32; neurons];
    let mut arriving = vec![0.0_f32; neurons];
    let mut fired: Vec<u32> = Vec::with_capacity(neurons);
    let mut times = Vec::with_capacity(bursts as usize);
    for burst in 1..=bursts {
        drive(workload, burst, &mut arriving);
        let started = Instant::now();
        fired.clear();
        for (i, (v, input)) in potential.iter_mut().zip(arriving.iter_mut()).enumerate() {
            let charge = *v + *input;
            *input = 0.0;
            let over = charge >= 1.0;
            *v = if over { 0.0 } else { charge };
            if over {
                fired.push(u32::try_from(i).unwrap_or(u32::MAX));
            }
        }
        for &source in &fired {
            let row = workload.starts[source as usize] as usize
                ..workload.starts[source as usize + 1] as usize;
            for &target in &workload.targets[row] {
                arriving[target as usize] += workload.weight;
            }
        }
        times.push(started.elapsed().as_secs_f64() * 1e3);
        black_box(&fired);
    }
    times
}

fn drive(workload: &Workload, burst: u32, arriving: &mut [f32]) {
    if workload.period == 0 {
        if burst == 1 {
            arriving.fill(1.0);
        }
        return;
    }
    let first = (workload.period - burst % workload.period) % workload.period;
    for input in arriving
        .iter_mut()
        .skip(first as usize)
        .step_by(workload.period as usize)
    {
        *input += 2.0;
    }
}

/// Milliseconds to sort 20 million (source, target) pairs into rows: count, then place.
fn build(times: u32) -> Vec<f64> {
    const NEURONS: u32 = 200_000;
    const SYNAPSES: u32 = 20_000_000;
    let mut random = Random(1);
    let sources: Vec<u32> = (0..SYNAPSES).map(|i| i / 100).collect();
    let targets: Vec<u32> = (0..SYNAPSES).map(|_| random.below(NEURONS)).collect();
    (0..times)
        .map(|_| {
            let started = Instant::now();
            let mut next = vec![0_u32; NEURONS as usize + 1];
            for &source in &sources {
                next[source as usize + 1] += 1;
            }
            for i in 0..NEURONS as usize {
                next[i + 1] += next[i];
            }
            let mut rows = vec![(0_u32, 0.0_f32); SYNAPSES as usize];
            for (&source, &target) in sources.iter().zip(&targets) {
                rows[next[source as usize] as usize] = (target, 1e-6);
                next[source as usize] += 1;
            }
            black_box(&rows);
            started.elapsed().as_secs_f64() * 1e3
        })
        .collect()
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let bursts = arguments
        .next()
        .and_then(|text| text.parse().ok())
        .unwrap_or(100);
    let times = match name.as_str() {
        "P2" => run(&uniform(12_000, 13_000, 6_000, 1e-4), bursts),
        "W1low" => run(&uniform(12_000, 13_000, 100, 1e-4), bursts),
        "W1full" => run(&uniform(12_000, 13_000, 1, 1e-4), bursts),
        "W2" => run(&permutation(1_200_000), bursts),
        "W4" => run(&uniform(200_000, 20_000_000, 67, 1e-6), bursts),
        "build" => build(bursts),
        _ => {
            eprintln!("gyrus_floor P2|W1low|W1full|W2|W4|build BURSTS");
            std::process::exit(2);
        }
    };
    let list: Vec<String> = times.iter().map(|ms| format!("{ms:.6}")).collect();
    println!("[{}]", list.join(","));
}
