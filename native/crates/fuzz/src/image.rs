//! Any image is taken and runs, or is refused.

use gyrus_engine::Engine;

use crate::bytes::Bytes;
use crate::network::Columns;
use crate::pair::with_pair;

/// # Panics
/// When an engine crashes, or the two contradict each other.
pub fn image(data: &[u8]) {
    let mut bytes = Bytes::of(data);
    let damages = bytes.below(4);
    let mut columns = Columns::read(&mut bytes);
    for _ in 0..damages {
        damage(&mut columns, &mut bytes);
    }
    with_pair(|pair| {
        pair.load(|engine: &mut Engine| engine.load(&columns.image()));
        for _ in 0..6 {
            pair.burst();
        }
        pair.cross(usize::from(damages & 1));
        pair.look(u32::from(bytes.byte()));
        pair.burst();
    });
}

/// Makes one thing of an image wrong, or at least odd.
fn damage(columns: &mut Columns, bytes: &mut Bytes) {
    let (which, at) = (bytes.byte() as usize, bytes.byte() as usize);
    match bytes.below(10) {
        0 => columns.reals[which % 4].resize(at, 0.0),
        1 => columns.ends[which % 2].resize(at, 0),
        2 => columns.kind[which % 3].resize(at, 0),
        3 => columns.counts[which % 3].resize(at, 0),
        4 => set(&mut columns.ends[which % 2], at, bytes.word()),
        5 => set(&mut columns.kind[which % 3], at, bytes.byte()),
        6 => set(&mut columns.reals[which % 4], at, bytes.real(false)),
        7 => set(&mut columns.strength[which % 2], at, bytes.real(false)),
        8 => set(&mut columns.area, at, bytes.word()),
        _ => {
            if let Some(&area) = columns.areas.get(which) {
                columns.areas.push(area);
            } else if let Some(area) = columns.areas.last_mut() {
                area.baseline_psp = Some(bytes.real(false));
                area.degeneration = bytes.real(false);
            }
        }
    }
}

fn set<T>(column: &mut [T], at: usize, value: T) {
    if let Some(place) = column.get_mut(at) {
        *place = value;
    }
}
