//! Any sequence of bursts, patches, restores and forks leaves two engines alike.

use crate::bytes::Bytes;
use crate::network::Columns;
use crate::operations::push_operation;
use crate::pair::with_pair;

/// Bursts of one input at most, so that none takes long.
const MAX_BURSTS: usize = 40;

/// # Panics
/// When an engine crashes, or the two contradict each other.
pub fn edits(data: &[u8]) {
    let mut bytes = Bytes::of(data);
    let columns = Columns::read(&mut bytes);
    with_pair(|pair| {
        if !pair.load(&columns.image()) {
            return;
        }
        let mut bursts = 0;
        let mut patch = Vec::new();
        while !bytes.is_empty() && bursts < MAX_BURSTS {
            let step = bytes.byte();
            match step {
                0..96 => {
                    pair.burst();
                    bursts += 1;
                }
                96..104 => pair.cross(usize::from(step & 1)),
                104..108 => pair.fork(),
                108..112 => pair.look(u32::from(bytes.byte())),
                _ => {
                    patch.clear();
                    for _ in 0..=(step & 3) {
                        push_operation(
                            &mut patch,
                            &mut bytes,
                            pair.neuron_count(),
                            !columns.strict,
                        );
                    }
                    pair.apply(&patch);
                }
            }
        }
        pair.burst();
        pair.cross(0);
        pair.burst();
    });
}
