//! What subsystems know of neurons that go on under other ids.

use std::collections::BTreeMap;

use crate::engine::Engine;

impl Engine {
    /// Takes running trains, what homeostats know and frames of watches along; pairs of an old and a new id, in order.
    pub(crate) fn move_in_subsystems(&mut self, moves: &[[usize; 2]]) {
        let area = &self.neurons.area;
        let is_of = |id: u32, wanted: u32| area[id as usize] == wanted;
        let extensions = &mut self.learning.extensions;
        if let Some(trains) = extensions.trains.as_deref_mut() {
            let ids = trains.running.iter().map(|&(id, _)| id).collect();
            let places = carried(ids, moves, |id| {
                trains.areas.binary_search(&area[id as usize]).is_ok()
            });
            let running = places.iter().map(|&(id, at)| (id, trains.running[at].1));
            trains.running = running.collect();
        }
        for homeostat in &mut extensions.homeostats {
            let of = homeostat.settings.area;
            let ids = std::mem::take(&mut homeostat.neurons);
            let places = carried(ids, moves, |id| is_of(id, of));
            homeostat.neurons = places.iter().map(|&(id, _)| id).collect();
            for column in [
                &mut homeostat.rate,
                &mut homeostat.set_point,
                &mut homeostat.leak,
            ] {
                *column = places.iter().map(|&(_, at)| column[at]).collect();
            }
            let rules = &homeostat.rule;
            homeostat.rule = places.iter().map(|&(_, at)| rules[at]).collect();
        }
        for watch in &mut extensions.watches {
            for frame in &mut watch.frames {
                for (ids, &(input, _)) in frame.iter_mut().zip(&watch.pairs) {
                    let places = carried(std::mem::take(ids), moves, |id| is_of(id, input));
                    ids.extend(places.iter().map(|&(id, _)| id));
                }
            }
        }
    }
}

/// Where the entries of a list of neurons were, by the ids they have now, ascending. Of those that do not stay none is left.
fn carried(ids: Vec<u32>, moves: &[[usize; 2]], stays: impl Fn(u32) -> bool) -> Vec<(u32, usize)> {
    let mut places: BTreeMap<u32, usize> = ids.into_iter().zip(0..).collect();
    for &[from, to] in moves {
        let [from, to] = [from as u32, to as u32];
        let at = places.remove(&from);
        places.remove(&to);
        if let Some(at) = at.filter(|_| stays(to)) {
            places.insert(to, at);
        }
    }
    places.into_iter().collect()
}
