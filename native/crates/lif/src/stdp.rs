//! Plastic synapses: they learn when a spike is sent over them, from the spikes their target had meanwhile.
//!
//! They lie apart from the static ones, per range of targets and in rows by source, because they keep slot order by themselves: all
//! synapses of one pair of neurons learn, or none does. Rules: `app/core/engine/lif/lif-burst.ts` and `spike-history.ts`.

use std::collections::VecDeque;
use std::sync::Arc;

use gyrus_plasticity::pair::{Decay, PairRule, raised};
use gyrus_port::snapshot::Writer;
use gyrus_types::EngineError;
use gyrus_types::lif::{HISTORY_SPIKES, StdpProjection};
use gyrus_types::lif_snapshot as layout;

use crate::arrivals::BLOCK;
use crate::wiring::Wiring;

mod part;

/// How far back a depression may ask: the longest delay.
const REACH: u32 = 255;
/// Spikes a history has room for at first; at every doubling it lets go of what nothing needs.
const FIRST_ROOM: usize = 16;

/// One plastic synapse.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plastic {
    pub slot: u32,
    /// Ordinal of the projection.
    pub rule: u16,
    pub weight: f64,
    /// Burst of the last spike sent; at first, when the synapse came.
    pub spike: u32,
    /// Trace of the spikes sent, as of the last.
    pub trace: f64,
}

/// The projections, ascending (source area, target area).
#[derive(Debug, Default)]
pub struct Rules {
    pub pairs: Vec<(u32, u32)>,
    pub rules: Vec<PairRule>,
}

/// Spikes of one target, oldest first: burst and trace.
#[derive(Debug, Clone, Default)]
struct Train {
    spikes: VecDeque<(u32, f64)>,
    room: usize,
}

impl Train {
    /// Number of spikes at or before `burst`, which may lie before burst 0.
    fn up_to(&self, burst: i64) -> usize {
        let mut count = self.spikes.len();
        while count > 0 && i64::from(self.spikes[count - 1].0) > burst {
            count -= 1;
        }
        count
    }

    /// Place of the oldest spike that is needed after burst `now`; `unread`: the latest burst that all synapses have read.
    fn first_needed(&self, now: u32, unread: i64) -> usize {
        let before_reach = self.up_to(i64::from(now) - i64::from(REACH));
        self.up_to(unread).min(before_reach.saturating_sub(1))
    }

    fn push(&mut self, burst: u32, minus: &Decay) {
        let trace = self.spikes.back().map_or(1.0, |&(last, trace)| {
            raised(trace, minus.over(burst - last))
        });
        self.spikes.push_back((burst, trace));
    }
}

/// The plastic synapses of one range of targets, in rows by source, with the spikes of their targets.
#[derive(Debug, Clone, Default)]
pub struct PlasticPart {
    start: Vec<u32>,
    synapses: Vec<Plastic>,
    /// Of each: target within the range, and delay.
    target: Vec<u32>,
    delay: Vec<u8>,
    /// Places of the synapses into each target of the range.
    into_start: Vec<u32>,
    into: Vec<u32>,
    trains: Vec<Train>,
    /// Rule whose minus tables a target's trace decays with; of those with inputs.
    target_rule: Vec<u16>,
    first: usize,
    watches: bool,
    /// Places whose weights changed in the last burst, with the weights before; may name one twice.
    changed: Vec<(u32, f64)>,
}

#[derive(Debug, Default)]
pub struct Learning {
    rules: Arc<Rules>,
    parts: Vec<PlasticPart>,
    /// Synapses and spikes that are not in the parts yet.
    waiting: Vec<Plastic>,
    waiting_spikes: Vec<(u32, u32, f64)>,
    pub watches: bool,
}

impl Learning {
    // The module that stands in for this one refuses.
    #[allow(clippy::unnecessary_wraps)]
    pub fn of(projections: &[StdpProjection]) -> Result<Self, EngineError> {
        let mut sorted = projections.to_vec();
        sorted.sort_by_key(|one| (one.source_area, one.target_area));
        let decay = |low: &[f64], high: &[f64]| Decay {
            low: low.to_vec(),
            high: high.to_vec(),
        };
        let rules = Rules {
            pairs: sorted
                .iter()
                .map(|one| (one.source_area, one.target_area))
                .collect(),
            rules: sorted
                .iter()
                .map(|one| PairRule {
                    lambda: one.lambda,
                    alpha: one.alpha,
                    max_weight: one.max_weight,
                    mu_plus: one.mu_plus == 1,
                    mu_minus: one.mu_minus == 1,
                    plus: decay(one.plus_low, one.plus_high),
                    minus: decay(one.minus_low, one.minus_high),
                })
                .collect(),
        };
        Ok(Self {
            rules: Arc::new(rules),
            ..Self::default()
        })
    }

    pub fn keep_watch(&mut self, before: &Self) {
        self.watches = before.watches;
    }

    pub fn watch(&mut self, on: bool) {
        self.watches = on;
        for part in &mut self.parts {
            part.watches = on;
            part.changed.clear();
        }
    }

    /// Writes a section of the projections.
    pub fn write(&self, out: &mut Writer, id: u32) {
        let rules = &self.rules;
        let numbers = |of: fn(&PairRule) -> f64| rules.rules.iter().map(of).collect::<Vec<f64>>();
        let areas = |of: fn(&(u32, u32)) -> u32| rules.pairs.iter().map(of).collect::<Vec<u32>>();
        let flags = |of: fn(&PairRule) -> bool| {
            rules
                .rules
                .iter()
                .map(|rule| u8::from(of(rule)))
                .collect::<Vec<u8>>()
        };
        let mut tables = |of: fn(&PairRule) -> &[f64]| {
            rules.rules.iter().for_each(|rule| out.f64s(of(rule)));
        };
        match id {
            layout::PLUS_LOW => tables(|rule| &rule.plus.low),
            layout::PLUS_HIGH => tables(|rule| &rule.plus.high),
            layout::MINUS_LOW => tables(|rule| &rule.minus.low),
            layout::MINUS_HIGH => tables(|rule| &rule.minus.high),
            layout::PROJECTION_SOURCE => out.u32s(&areas(|pair| pair.0)),
            layout::PROJECTION_TARGET => out.u32s(&areas(|pair| pair.1)),
            layout::PROJECTION_LAMBDA => out.f64s(&numbers(|rule| rule.lambda)),
            layout::PROJECTION_ALPHA => out.f64s(&numbers(|rule| rule.alpha)),
            layout::PROJECTION_MAX_WEIGHT => out.f64s(&numbers(|rule| rule.max_weight)),
            layout::PROJECTION_MU_PLUS => out.u8s(&flags(|rule| rule.mu_plus)),
            _ => out.u8s(&flags(|rule| rule.mu_minus)),
        }
    }

    /// Of plastic synapses and the spikes kept for them.
    pub fn bytes(&self) -> usize {
        let of_part = |part: &PlasticPart| {
            let spikes: usize = part
                .trains
                .iter()
                .map(|train| train.spikes.capacity() * 16 + size_of::<Train>())
                .sum();
            part.start.capacity() * 4
                + part.synapses.capacity() * (size_of::<Plastic>() + 4 + 1 + 4)
                + spikes
        };
        self.parts.iter().map(of_part).sum()
    }

    /// The same state; who forks shares the rules.
    pub fn fork(&self) -> Self {
        let mut fork = Self {
            rules: Arc::clone(&self.rules),
            parts: self.parts.clone(),
            waiting: self.waiting.clone(),
            waiting_spikes: self.waiting_spikes.clone(),
            watches: false,
        };
        fork.watch(false);
        fork
    }

    fn rule_of(&self, wiring: &Wiring, areas: &[u32], slot: usize) -> Option<u16> {
        let [from, into] =
            [&wiring.source, &wiring.target].map(|ids| areas[ids.get(slot) as usize]);
        let found = self.rules.pairs.binary_search(&(from, into));
        found.ok().map(|at| at as u16)
    }

    /// Makes those of these slots plastic that are valid and whose areas have a projection, as of `burst`.
    pub fn teach(
        &mut self,
        wiring: &Wiring,
        areas: &[u32],
        slots: impl IntoIterator<Item = usize>,
        burst: u32,
    ) {
        if self.rules.pairs.is_empty() {
            return;
        }
        for slot in slots {
            if wiring.is_valid(slot)
                && let Some(rule) = self.rule_of(wiring, areas, slot)
            {
                self.waiting.push(Plastic {
                    slot: slot as u32,
                    rule,
                    weight: f64::from(wiring.weight.get(slot)),
                    spike: burst,
                    trace: 0.0,
                });
            }
        }
    }

    /// Takes the plastic columns of a snapshot; false if there are more or fewer than plastic slots.
    pub fn take(&mut self, columns: &[(f64, u32, f64)]) -> bool {
        if columns.len() != self.waiting.len() {
            return false;
        }
        for (synapse, &(weight, spike, trace)) in self.waiting.iter_mut().zip(columns) {
            (synapse.weight, synapse.spike, synapse.trace) = (weight, spike, trace);
        }
        true
    }

    /// Takes the spikes of a snapshot.
    pub fn take_history(&mut self, spikes: Vec<(u32, u32, f64)>) {
        self.waiting_spikes = spikes;
    }

    /// All plastic synapses, ascending slot.
    pub fn plastic(&self) -> Vec<Plastic> {
        let laid_out = self.parts.iter().flat_map(|part| &part.synapses);
        let mut all: Vec<Plastic> = laid_out.chain(&self.waiting).copied().collect();
        all.sort_unstable_by_key(|synapse| synapse.slot);
        all
    }

    /// What one plastic synapse has learned: found by its row, as gathering all of them for one took longer than a burst.
    pub fn weight_of(&self, slot: u32, source: usize, target: usize) -> Option<f64> {
        let after = self.parts.partition_point(|part| part.first <= target);
        let row = match after.checked_sub(1).map(|at| &self.parts[at]) {
            Some(part) => part.row(source),
            // Not laid out yet; these are in slot order too.
            None => &self.waiting,
        };
        let at = row.binary_search_by_key(&slot, |one| one.slot).ok()?;
        Some(row[at].weight)
    }

    /// Slots that are plastic, ascending.
    pub fn slots(&self) -> Vec<u32> {
        self.plastic().iter().map(|synapse| synapse.slot).collect()
    }

    /// Forgets removed synapses.
    pub fn forget(&mut self, wiring: &Wiring) {
        if self.rules.pairs.is_empty() {
            return;
        }
        let mut all = self.plastic();
        all.retain(|synapse| wiring.is_valid(synapse.slot as usize));
        let mut spikes = self.history_as_kept();
        let mut learns = vec![false; self.parts.iter().map(|part| part.trains.len()).sum()];
        for synapse in &all {
            let target = wiring.target.get(synapse.slot as usize) as usize;
            if target < learns.len() {
                learns[target] = true;
            }
        }
        spikes.retain(|&(target, ..)| learns.get(target as usize) == Some(&true));
        self.parts.clear();
        self.waiting = all;
        self.waiting_spikes = spikes;
    }

    pub fn set_weight(&mut self, slot: u32, weight: f64) -> bool {
        let laid_out = self.parts.iter_mut().flat_map(|part| &mut part.synapses);
        let found = laid_out
            .chain(&mut self.waiting)
            .find(|synapse| synapse.slot == slot);
        if let Some(synapse) = found {
            synapse.weight = weight;
            return true;
        }
        false
    }

    /// Lays the synapses out for ranges of `span` targets.
    pub fn lay_out(&mut self, wiring: &Wiring, neurons: usize, span: usize) {
        if self.rules.pairs.is_empty() {
            return;
        }
        let all = self.plastic();
        if all.is_empty() {
            // Nothing learns here: rows may be counted, and there is nobody to keep spikes for.
            self.parts.clear();
            return;
        }
        let spikes = self.history_as_kept();
        let padded = neurons.next_multiple_of(BLOCK);
        self.parts = (0..padded)
            .step_by(span)
            .map(|first| {
                let mut part = PlasticPart::new(first, span.min(padded - first));
                part.watches = self.watches;
                part.fill(&all, wiring, neurons);
                part
            })
            .collect();
        for (target, burst, trace) in spikes {
            let part = &mut self.parts[target as usize / span];
            let train = &mut part.trains[target as usize % span];
            train.spikes.push_back((burst, trace));
        }
        for train in self.parts.iter_mut().flat_map(|part| &mut part.trains) {
            train.room = train.spikes.len().next_power_of_two().max(FIRST_ROOM);
        }
        self.waiting.clear();
        self.waiting_spikes.clear();
    }

    pub fn split(&mut self) -> (&Rules, &mut [PlasticPart]) {
        for part in &mut self.parts {
            part.changed.clear();
        }
        (&self.rules, &mut self.parts)
    }

    /// All spikes the trains hold: target, burst, trace.
    fn history_as_kept(&self) -> Vec<(u32, u32, f64)> {
        let kept = self.parts.iter().flat_map(|part| {
            part.trains.iter().enumerate().flat_map(move |(at, train)| {
                let target = (part.first + at) as u32;
                train
                    .spikes
                    .iter()
                    .map(move |&(burst, trace)| (target, burst, trace))
            })
        });
        kept.chain(self.waiting_spikes.iter().copied()).collect()
    }

    /// The spikes that are still needed after burst `now`, ascending (target, burst).
    pub fn history(&self, now: u32) -> Vec<(u32, u32, f64)> {
        let mut needed = Vec::new();
        for part in &self.parts {
            for (at, train) in part.trains.iter().enumerate() {
                let first = train.first_needed(now, part.unread(at));
                for &(burst, trace) in train.spikes.iter().skip(first) {
                    needed.push(((part.first + at) as u32, burst, trace));
                }
            }
        }
        needed
    }

    /// Why the spikes of a snapshot cannot be; the rows are laid out.
    pub fn fault_of_history(&self, now: u32) -> Option<&'static str> {
        if !self.waiting_spikes.is_empty() {
            return Some("spikes are kept of a neuron that nothing plastic ends at");
        }
        for part in &self.parts {
            for (at, train) in part.trains.iter().enumerate() {
                if train.spikes.is_empty() {
                    continue;
                }
                if part.into_start[at] == part.into_start[at + 1] {
                    return Some("spikes are kept of a neuron that nothing plastic ends at");
                }
                if train.spikes.len() > HISTORY_SPIKES {
                    return Some("a neuron keeps more spikes than there is room for");
                }
                if train.first_needed(now, part.unread(at)) > 0 {
                    return Some("a spike is kept that nothing needs");
                }
            }
        }
        None
    }

    /// Slots whose weights changed in the last burst, ascending, with the weights now.
    pub fn changes(&self) -> Vec<(u32, f32)> {
        let mut changes: Vec<(u32, f64, f64)> = Vec::new();
        for part in &self.parts {
            changes.extend(part.changed.iter().map(|&(at, before)| {
                let synapse = &part.synapses[at as usize];
                (synapse.slot, before, synapse.weight)
            }));
        }
        // The first note of a slot holds the weight before the burst.
        changes.sort_by_key(|&(slot, ..)| slot);
        changes.dedup_by_key(|&mut (slot, ..)| slot);
        changes.retain(|&(_, before, after)| (before as f32).to_bits() != (after as f32).to_bits());
        changes
            .into_iter()
            .map(|(slot, _, after)| (slot, after as f32))
            .collect()
    }
}
