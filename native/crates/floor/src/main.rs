//! Hand-written kernels: what the workloads of `gyrus bench` cost with nothing around them. Not an engine: one membrane equation, one
//! delay for all synapses, f32 state, no edits, no reading out.
//!
//! `gyrus_floor WORKLOAD THREADS BURSTS` wires the network, says `{"version":…}`, and from then on answers every line of standard
//! input with a stretch of BURSTS bursts: `{"ms":…,"fired":…}`, both per burst. So it can take turns with others in one sitting.

mod build;
mod burst;
mod integrate;
mod pages;
mod spin;
mod wiring;
mod workload;

use std::io::{BufRead, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|text| text.parse::<u32>().ok());
    let name = arguments.first().map_or("", String::as_str);
    let (threads, bursts) = (number(1).unwrap_or(1), number(2).unwrap_or(100));
    if name == "build" {
        return answer_lines(build::turns());
    }
    let Some(workload) = workload::find(name) else {
        eprintln!(
            "gyrus_floor {}|build THREADS BURSTS",
            workload::names().join("|")
        );
        return ExitCode::from(2);
    };
    let mut network = burst::Network::new(&workload, threads.max(1) as usize);
    network.run(workload.settling_bursts);
    answer_lines(|| network.run(bursts))
}

/// One line out for each line in, until there are no more.
fn answer_lines(mut turn: impl FnMut() -> (f64, f64)) -> ExitCode {
    let mut out = std::io::stdout();
    let mut say = |line: String| writeln!(out, "{line}").and_then(|()| out.flush());
    if say(format!("{{\"version\":\"{}\"}}", env!("CARGO_PKG_VERSION"))).is_err() {
        return ExitCode::FAILURE;
    }
    for _ in std::io::stdin().lock().lines().map_while(Result::ok) {
        let (ms, fired) = turn();
        if say(format!("{{\"ms\":{ms:.6},\"fired\":{fired:.3}}}")).is_err() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
