//! Any sequence of bursts, patches, restores and forks leaves two engines alike.

use gyrus_engine::Engine;

use crate::bytes::Bytes;
use crate::network::Columns;
use crate::operations::{FEAGI, Talk};
use crate::pair::{Pair, Subject, with_pair};

/// Bursts of one input at most, so that none takes long.
const MAX_BURSTS: usize = 40;

/// # Panics
/// When an engine crashes, or the two contradict each other.
pub fn edits(data: &[u8]) {
    let mut bytes = Bytes::of(data);
    let columns = Columns::read(&mut bytes);
    with_pair(|pair| {
        if pair.load(|engine: &mut Engine| engine.load(&columns.image())) {
            edit(
                pair,
                &mut bytes,
                &Talk {
                    shapes: &FEAGI,
                    finite: !columns.strict,
                },
            );
        }
    });
}

/// Does what the bytes say with a network that was loaded.
pub fn edit<E: Subject>(pair: &mut Pair<E>, bytes: &mut Bytes, talk: &Talk) {
    let mut bursts = 0;
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
                let patch = talk.patch(bytes, 1 + (step & 3), pair.neuron_count());
                pair.apply(&patch);
            }
        }
    }
    pair.burst();
    pair.cross(0);
    pair.burst();
}
