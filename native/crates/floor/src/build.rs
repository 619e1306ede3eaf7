//! What it costs to bring columns of synapses into rows by source.

use std::hint::black_box;
use std::time::Instant;

use crate::wiring::{Rows, columns};
use crate::workload::find;

/// A turn sorts the synapses of W4 into rows anew: milliseconds, and nobody fires.
pub fn turns() -> impl FnMut() -> (f64, f64) {
    let workload = find("W4").expect("the table has W4");
    let columns = columns(&workload);
    move || {
        let started = Instant::now();
        let rows = Rows::new(&columns, workload.neurons as usize, &(0..workload.neurons));
        let ms = started.elapsed().as_secs_f64() * 1e3;
        black_box(rows);
        (ms, 0.0)
    }
}
