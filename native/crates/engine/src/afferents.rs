//! What a spike of the next burst would send to one neuron, synapse by synapse: the ground on which a contribution is explained.

use std::collections::BTreeMap;

use gyrus_port::Afferent;

use crate::engine::Engine;
use crate::learning::Learning;
use crate::synapses::{INDEXED, VALID};

impl Engine {
    /// Synapses a spike of the next burst would be sent over into `target`, ascending by source, then slot.
    #[must_use]
    pub fn afferents(&self, target: u32) -> Vec<Afferent> {
        let count = self.neurons.len();
        let is_regular = (target as usize) < count;
        if !is_regular && self.learning.memory_area(target).is_none() {
            return Vec::new();
        }
        let is_divided = self.is_on_general_path();
        let needed = if self.strict && !is_divided {
            INDEXED
        } else {
            INDEXED | VALID
        };
        let rows = self.slots_into(target, needed);
        let mut degrees: BTreeMap<u32, u32> = BTreeMap::new();
        if is_divided {
            degrees.extend(rows.iter().map(|row| (row.source, 0)));
            self.count_live(&mut degrees);
        }
        let mut afferents: Vec<Afferent> = rows
            .into_iter()
            .filter_map(|synapse| {
                let source = synapse.source;
                let area = match self.neurons.area.get(source as usize) {
                    Some(&area) => Some(area),
                    None if Learning::may_name(source) => self.learning.memory_area(source),
                    None => return None,
                };
                // A memory neuron sends by the area it is mapped to; without one only the undivided path sends.
                if area.is_none() && is_divided {
                    return None;
                }
                let settings = area.and_then(|area| self.area(area));
                let is_uniform = settings.is_some_and(|area| area.psp_uniform == Some(true));
                let degree = degrees.get(&source).copied().unwrap_or(1);
                Some(Afferent {
                    divisor: if is_uniform { 1 } else { degree.max(1) },
                    factor: self.factor_of_slot(synapse.slot),
                    mp_driven: settings.is_some_and(|area| area.mp_driven_psp == Some(true)),
                    synapse,
                })
            })
            .collect();
        afferents.sort_by_key(|afferent| (afferent.synapse.source, afferent.synapse.slot));
        afferents
    }

    /// By what a contribution over the synapse of a slot is multiplied.
    fn factor_of_slot(&self, slot: u32) -> f32 {
        let factors = self.learning.transmission_factors();
        if factors.is_empty() {
            return 1.0;
        }
        let s = &self.synapses;
        let group = match s.newcomer(slot) {
            Some(newcomer) => newcomer.group,
            None => s.group_of(s.place_of(slot)),
        };
        factors.get(group as usize).copied().unwrap_or(1.0)
    }
}
