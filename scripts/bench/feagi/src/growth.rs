//! FEAGI's own way from the text of a genome to neurons and synapses: its loader, then its four stages. A fresh engine with room for all
//! stands ready before the time begins; a server would also empty the old one, which costs more than many genomes.

use std::sync::Arc;
use std::time::Instant;

use feagi_brain_development::{ConnectomeManager, Neuroembryogenesis};
use feagi_npu_burst_engine::backend::CPUBackend;
use feagi_npu_burst_engine::{DynamicNPU, RustNPU, TracingMutex};
use feagi_npu_runtime::StdRuntime;
use parking_lot::RwLock;

const NEURONS: usize = 1_200_000;
const SYNAPSES: usize = 21_000_000;

/// Milliseconds from text to connectome, and the synapses; why there is none.
pub fn grow(text: &str) -> Result<(f64, f64), String> {
    let engine = RustNPU::new(StdRuntime::new(), CPUBackend::new(), NEURONS, SYNAPSES, 20).expect("an engine");
    let engine = Arc::new(TracingMutex::new(DynamicNPU::F32(engine), "growth"));
    let manager = Arc::new(RwLock::new(ConnectomeManager::new_for_testing_with_npu(engine)));
    let started = Instant::now();
    let genome = feagi_evolutionary::load_genome_from_json(text).map_err(|error| format!("not loaded: {error}"))?;
    manager.write().resize_for_genome(&genome).map_err(|error| format!("no room: {error}"))?;
    let mut growth = Neuroembryogenesis::new(manager);
    growth.develop_from_genome(&genome).map_err(|error| format!("not grown: {error}"))?;
    let ms = started.elapsed().as_secs_f64() * 1e3;
    Ok((ms, growth.get_progress().synapses_created as f64))
}
