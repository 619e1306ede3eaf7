//! FEAGI's published burst engine, called as a library, as a peer of `gyrus bench`.
//!
//! `gyrus-feagi-peer WORKLOAD THREADS BURSTS` builds the network, says one line of JSON, and answers each line of standard input with a
//! stretch of BURSTS bursts: `{"ms":…,"fired":…}`, both per burst. Input is staged outside the time. CPU backend, f32. The flags of
//! uniform and potential-driven PSPs are set for every area, as every genome that is loaded sets them.
//!
//! `gyrus-feagi-peer growth GENOME` answers each line with one growth of that file: growth.rs.

mod growth;

use std::io::{BufRead, Write};
use std::time::Instant;

use ahash::AHashMap;
use feagi_npu_burst_engine::backend::CPUBackend;
use feagi_npu_burst_engine::npu::RustNPU;
use feagi_npu_burst_engine::synaptic_propagation::SynapticPropagationEngine;
use feagi_npu_neural::types::{NeuronId, SynapticPsp, SynapticWeight};
use feagi_npu_neural::SynapseType;
use feagi_npu_runtime::{StdRuntime, StdSynapseArray, SynapseStorage};
use feagi_structures::genomic::cortical_area::CorticalID;

type Npu = RustNPU<StdRuntime, f32, CPUBackend>;

/// Areas below are FEAGI's own, which it gives neurons by itself.
const FIRST_AREA: u32 = 10;
const AREAS: u32 = 4;

struct Network {
    neurons: u32,
    threshold: f32,
    /// Source, target; weight and PSP are 10, every fifth synapse inhibits where `inhibits`.
    synapses: Vec<(u32, u32)>,
    inhibits: bool,
}

/// splitmix64 of (seed, i), below a limit.
fn uniform(seed: u64, i: u64, limit: u32) -> u32 {
    let mut bits = (seed << 40 ^ i).wrapping_add(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((bits >> 32) * u64::from(limit) >> 32) as u32
}

fn scattered() -> Network {
    let synapses = (0..13_000).map(|i| (uniform(1, i, 12_000), uniform(2, i, 12_000))).collect();
    Network { neurons: 12_000, threshold: 1.0, synapses, inhibits: true }
}

fn from_two() -> Network {
    let synapses = (0..13_000).map(|i| (i % 2, 2 + i % 11_998)).collect();
    Network { neurons: 12_000, threshold: 1e9, synapses, inhibits: true }
}

/// 7919 is prime to the number of neurons, so this is a permutation.
fn permuted() -> Network {
    let n = 1_200_000_u32;
    let target = |i: u32| ((u64::from(i) * 7919 + 13) % u64::from(n)) as u32;
    Network { neurons: n, threshold: 1.0, synapses: (0..n).map(|i| (i, target(i))).collect(), inhibits: false }
}

fn fan_out(neurons: u32, each: u32, threshold: f32) -> Network {
    let synapses = (0..neurons * each).map(|i| (i / each, uniform(4, i.into(), neurons))).collect();
    Network { neurons, threshold, synapses, inhibits: true }
}

fn area_id(area: u32) -> CorticalID {
    let name = format!("cbnc{:04}", FIRST_AREA + area);
    CorticalID::try_from_bytes(name.as_bytes().try_into().expect("eight bytes")).expect("a custom area")
}

fn flags(value: bool) -> AHashMap<CorticalID, bool> {
    (0..AREAS).map(|area| (area_id(area), value)).collect()
}

/// Engine, areas and neurons: leak 0.1, no refractory period, no limits.
fn add_neurons(network: &Network) -> Npu {
    let n = network.neurons;
    let count = n as usize;
    let mut npu: Npu =
        RustNPU::new(StdRuntime::new(), CPUBackend::new(), count, network.synapses.len(), 20).expect("an engine");
    for area in 0..AREAS {
        npu.register_cortical_area(FIRST_AREA + area, area_id(area).as_base_64());
    }
    let (added, failed) = npu.add_neurons_batch(
        vec![network.threshold; count],
        vec![f32::MAX; count],
        vec![0.1; count],
        vec![0.0; count],
        vec![0; count],
        vec![0; count],
        vec![1.0; count],
        vec![u16::MAX; count],
        vec![0; count],
        vec![true; count],
        (0..n).map(|i| FIRST_AREA + i % AREAS).collect(),
        (0..n).map(|i| i % 1000).collect(),
        (0..n).map(|i| i / 1000).collect(),
        vec![0; count],
    );
    assert!(added == n && failed.is_empty(), "neurons were refused");
    npu
}

type Columns = (Vec<NeuronId>, Vec<NeuronId>, Vec<SynapticWeight>, Vec<SynapticPsp>, Vec<SynapseType>, Vec<u8>);

fn columns(network: &Network) -> Columns {
    let synapses = &network.synapses;
    let kind = |i: usize| match network.inhibits && i % 5 == 0 {
        true => SynapseType::Inhibitory,
        false => SynapseType::Excitatory,
    };
    (
        synapses.iter().map(|&(source, _)| NeuronId(source)).collect(),
        synapses.iter().map(|&(_, target)| NeuronId(target)).collect(),
        vec![SynapticWeight(10.0); synapses.len()],
        vec![SynapticPsp(10.0); synapses.len()],
        (0..synapses.len()).map(kind).collect(),
        vec![1; synapses.len()],
    )
}

fn add_synapses(npu: &mut Npu, (source, target, weight, psp, kind, delay): Columns) {
    npu.add_synapses_batch(source, target, weight, psp, kind, None, delay).expect("synapses");
}

fn make_ready(npu: &mut Npu) {
    npu.set_psp_uniform_distribution_flags(flags(true));
    npu.set_mp_driven_psp_flags(flags(false));
    npu.rebuild_synapse_index();
}

/// Whole bursts; `input` names what is injected before burst i, with its charge.
fn bursts(network: &Network, input: impl Fn(u64) -> Vec<(NeuronId, f32)>, count: usize) -> impl FnMut() -> (f64, f64) {
    let mut npu = add_neurons(network);
    add_synapses(&mut npu, columns(network));
    make_ready(&mut npu);
    let mut burst = 0;
    move || {
        let (mut ms, mut fired) = (0.0, 0);
        for _ in 0..count {
            let staged = input(burst);
            if !staged.is_empty() {
                npu.inject_sensory_with_potentials(&staged);
            }
            let started = Instant::now();
            let result = npu.process_burst().expect("a burst");
            ms += started.elapsed().as_secs_f64() * 1e3;
            fired += result.neuron_count;
            burst += 1;
        }
        (ms / count as f64, fired as f64 / count as f64)
    }
}

/// The propagation engine's call alone: fired ids in, contributions out.
fn propagations(network: &Network, fired: Vec<NeuronId>, count: usize) -> impl FnMut() -> (f64, f64) {
    let mut store = StdSynapseArray::new(network.synapses.len());
    for (i, &(source, target)) in network.synapses.iter().enumerate() {
        store.add_synapse(source, target, 10.0, 10.0, u8::from(i % 5 == 0), 0, 1).expect("a synapse");
    }
    let mut engine = SynapticPropagationEngine::new();
    engine.build_synapse_index(&store);
    engine.set_neuron_mapping((0..network.neurons).map(|i| (NeuronId(i), area_id(i % AREAS))).collect());
    engine.set_psp_uniform_distribution_flags(flags(true));
    engine.set_mp_driven_psp_flags(flags(false));
    let potentials = AHashMap::new();
    move || {
        let started = Instant::now();
        for _ in 0..count {
            let sent = engine.propagate(&fired, &store, &potentials, None).expect("a propagation");
            std::hint::black_box(sent);
        }
        (started.elapsed().as_secs_f64() * 1e3 / count as f64, fired.len() as f64)
    }
}

fn answer_lines(build: &str, mut turn: impl FnMut() -> (f64, f64)) {
    say(&format!("{{\"version\":\"{}\",\"build\":{{{build}}}}}", feagi_npu_burst_engine::VERSION));
    for _ in std::io::stdin().lock().lines().map_while(Result::ok) {
        let (ms, fired) = turn();
        say(&format!("{{\"ms\":{ms:.6},\"fired\":{fired:.3}}}"));
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout();
    // Whoever asked is gone when this fails; the next read ends the program.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Building 1,000,000 neurons and 10,000,000 synapses, known in advance, until a burst could run.
fn build() -> String {
    let network = fan_out(1_000_000, 10, 1.0);
    let columns = columns(&network);
    let (neurons, synapses) = (f64::from(network.neurons), network.synapses.len() as f64);
    let before = resident_bytes();
    let started = Instant::now();
    let mut npu = add_neurons(&network);
    let neuron_s = started.elapsed().as_secs_f64();
    let between = resident_bytes();
    let started = Instant::now();
    add_synapses(&mut npu, columns);
    make_ready(&mut npu);
    let synapse_s = started.elapsed().as_secs_f64();
    let after = resident_bytes();
    format!(
        "\"neurons/s\":{:.0},\"bytes per neuron\":{:.1},\"synapses/s\":{:.0},\"bytes per synapse\":{:.1}",
        neurons / neuron_s,
        (between - before) / neurons,
        synapses / synapse_s,
        (after - between) / synapses,
    )
}

/// Resident set, 0 where the system does not say.
fn resident_bytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) * 1024.0
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
    let (threads, count) = (number(1), number(2));
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().expect("threads");
    let all = |network: &Network| (0..network.neurons).map(NeuronId).collect::<Vec<_>>();
    match arguments.first().map_or("", String::as_str) {
        "propagate-two" => answer_lines("", propagations(&from_two(), vec![NeuronId(0), NeuronId(1)], count)),
        "propagate-all" => answer_lines("", propagations(&scattered(), all(&scattered()), count)),
        "burst-all" => {
            let network = scattered();
            let input: Vec<_> = all(&network).into_iter().map(|id| (id, 1e6)).collect();
            answer_lines("", bursts(&network, move |_| input.clone(), count));
        }
        "burst-permuted" => {
            let network = permuted();
            let input: Vec<_> = all(&network).into_iter().map(|id| (id, 5.0)).collect();
            answer_lines("", bursts(&network, move |burst| if burst == 0 { input.clone() } else { vec![] }, count));
        }
        "burst-injected" => {
            let input = |burst| (0..1000).map(|i| (NeuronId(uniform(burst, i, 100_000)), 2e7)).collect();
            answer_lines("", bursts(&fan_out(100_000, 100, 1e7), input, count));
        }
        "build" => answer_lines(&build(), || (0.0, 0.0)),
        "growth" => {
            let path = arguments.get(1).map_or("", String::as_str);
            let refuse = |reason: String| -> ! {
                eprintln!("{reason}");
                std::process::exit(1)
            };
            let text = std::fs::read_to_string(path).unwrap_or_else(|error| refuse(error.to_string()));
            answer_lines("", || growth::grow(&text).unwrap_or_else(|reason| refuse(reason)));
        }
        _ => {
            eprintln!("gyrus-feagi-peer propagate-two|propagate-all|burst-all|burst-permuted|burst-injected|build THREADS BURSTS, or growth GENOME");
            std::process::exit(2);
        }
    }
}
