//! What the plastic synapses of one range of targets do in a burst: send, learn, and remember their targets' spikes.

use gyrus_plasticity::pair::{PairRule, raised};
use gyrus_types::lif::HISTORY_SPIKES;

use super::{Plastic, PlasticPart, Rules, Train};
use crate::arrivals::{Arrivals, BLOCK, Laps};
use crate::rows::{PartRows, Targets};
use crate::update::each_bit;
use crate::wiring::Wiring;

impl PlasticPart {
    pub fn new(first: usize, len: usize) -> Self {
        Self {
            first,
            trains: vec![Train::default(); len],
            target_rule: vec![0; len],
            ..Self::default()
        }
    }

    /// Takes the synapses into this range, in rows.
    pub fn fill(&mut self, all: &[Plastic], wiring: &Wiring, neurons: usize) {
        let range = self.first..self.first + self.trains.len();
        let ends = |synapse: &Plastic| {
            let slot = synapse.slot as usize;
            (
                wiring.source.get(slot) as usize,
                wiring.target.get(slot) as usize,
            )
        };
        let mut here: Vec<Plastic> = all
            .iter()
            .copied()
            .filter(|synapse| range.contains(&ends(synapse).1))
            .collect();
        // Stable, so that a row keeps slot order.
        here.sort_by_key(|synapse| ends(synapse).0);
        self.start = vec![0; neurons + 1];
        self.into_start = vec![0; range.len() + 1];
        for synapse in &here {
            let (source, target) = ends(synapse);
            self.start[source + 1] += 1;
            self.into_start[target - self.first + 1] += 1;
            self.target.push((target - self.first) as u32);
            self.delay.push(wiring.delay.get(synapse.slot as usize));
            self.target_rule[target - self.first] = synapse.rule;
        }
        for starts in [&mut self.start, &mut self.into_start] {
            for at in 1..starts.len() {
                starts[at] += starts[at - 1];
            }
        }
        let mut next = self.into_start.clone();
        self.into = vec![0; here.len()];
        for (at, &target) in self.target.iter().enumerate() {
            self.into[next[target as usize] as usize] = at as u32;
            next[target as usize] += 1;
        }
        self.synapses = here;
    }

    /// The synapses a source sends over, in slot order.
    pub fn row(&self, source: usize) -> &[Plastic] {
        &self.synapses[self.start[source] as usize..self.start[source + 1] as usize]
    }

    /// The latest burst up to which every synapse into a target has read its spikes.
    pub fn unread(&self, target: usize) -> i64 {
        self.places_into(target)
            .map(|at| i64::from(self.synapses[at].spike) - i64::from(self.delay[at]))
            .min()
            .unwrap_or(i64::MAX)
    }

    fn places_into(&self, target: usize) -> impl Iterator<Item = usize> + '_ {
        let range = self.into_start[target] as usize..self.into_start[target + 1] as usize;
        self.into[range].iter().map(|&at| at as usize)
    }

    /// Sends the spikes of a burst over the static rows and these, source by source; then notes who of the targets fired.
    pub fn deliver(
        &mut self,
        rules: &Rules,
        rows: &PartRows,
        arrivals: &mut Arrivals,
        burst: u32,
        fired: &[u64],
    ) {
        let (ring, len) = (arrivals.ring, arrivals.len);
        let (
            Laps::Summed(sums),
            PartRows::Summed {
                start,
                targets,
                weights,
                delays,
            },
        ) = (&mut arrivals.laps, rows)
        else {
            unreachable!("a network that learns has sums");
        };
        let lap_of = |delay: u8| (burst as usize + usize::from(delay)) % ring * len;
        for (block, &word) in fired.iter().enumerate() {
            each_bit(word, |lane| {
                let source = block * BLOCK + lane;
                for at in start[source] as usize..start[source + 1] as usize {
                    let target = match targets {
                        Targets::Narrow(targets) => usize::from(targets[at]),
                        Targets::Wide(targets) => targets[at] as usize,
                    };
                    sums[lap_of(delays.get(at)) + target] += f64::from(weights[at]);
                }
                for at in self.start[source] as usize..self.start[source + 1] as usize {
                    let weight = self.learn_to_send(rules, at, burst);
                    sums[lap_of(self.delay[at]) + self.target[at] as usize] += weight;
                }
            });
        }
        let blocks = self.first / BLOCK..(self.first + self.trains.len()) / BLOCK;
        for (block, &word) in fired[blocks].iter().enumerate() {
            each_bit(word, |lane| {
                self.note_spike(rules, block * BLOCK + lane, burst);
            });
        }
    }

    /// The weight with which a synapse sends now, after it has met the spikes of its target.
    fn learn_to_send(&mut self, rules: &Rules, at: usize, burst: u32) -> f64 {
        let synapse = self.synapses[at];
        let rule = &rules.rules[synapse.rule as usize];
        let delay = u32::from(self.delay[at]);
        let train = &self.trains[self.target[at] as usize];
        let arrives = i64::from(burst) - i64::from(delay);
        let end = train.up_to(arrives);
        let begin = train.up_to(i64::from(synapse.spike) - i64::from(delay));
        let mut weight = synapse.weight;
        for spike in begin..end {
            weight = met(rule, &synapse, delay, weight, train.spikes[spike].0);
        }
        let is_now = end > 0 && i64::from(train.spikes[end - 1].0) == arrives;
        let latest = if is_now {
            end.checked_sub(2)
        } else {
            end.checked_sub(1)
        };
        let trace = latest.map_or(0.0, |latest| {
            let (spike, trace) = train.spikes[latest];
            trace * rule.minus.over(burst - delay - spike)
        });
        weight = rule.depressed(weight, trace);
        self.note_weight(at, synapse.weight, weight);
        self.synapses[at] = Plastic {
            weight,
            spike: burst,
            trace: raised(synapse.trace, rule.plus.over(burst - synapse.spike)),
            ..synapse
        };
        weight
    }

    /// Notes a spike of a target, for synapses that send later.
    fn note_spike(&mut self, rules: &Rules, target: usize, burst: u32) {
        if self.into_start[target] == self.into_start[target + 1] {
            return;
        }
        if self.trains[target].spikes.len() >= self.trains[target].room {
            self.make_room(rules, target, burst);
        }
        let rule = &rules.rules[self.target_rule[target] as usize];
        self.trains[target].push(burst, &rule.minus);
    }

    /// Lets go of what no synapse will ask for; at the limit the oldest spike is settled with those that have not met it.
    fn make_room(&mut self, rules: &Rules, target: usize, burst: u32) {
        let unneeded = self.trains[target].first_needed(burst, self.unread(target));
        self.trains[target].spikes.drain(..unneeded);
        let kept = self.trains[target].spikes.len();
        if kept < HISTORY_SPIKES {
            if kept == self.trains[target].room {
                self.trains[target].room *= 2;
            }
            return;
        }
        let oldest = self.trains[target].spikes[0].0;
        for place in self.into_start[target]..self.into_start[target + 1] {
            let at = self.into[place as usize] as usize;
            let synapse = self.synapses[at];
            let delay = u32::from(self.delay[at]);
            if i64::from(synapse.spike) - i64::from(delay) < i64::from(oldest) {
                let rule = &rules.rules[synapse.rule as usize];
                let weight = met(rule, &synapse, delay, synapse.weight, oldest);
                self.note_weight(at, synapse.weight, weight);
                self.synapses[at].weight = weight;
            }
        }
        self.trains[target].spikes.pop_front();
    }

    fn note_weight(&mut self, at: usize, before: f64, after: f64) {
        if self.watches && before.to_bits() != after.to_bits() {
            self.changed.push((at as u32, before));
        }
    }
}

/// Weight of a synapse after one spike of its target.
fn met(rule: &PairRule, synapse: &Plastic, delay: u32, weight: f64, spike: u32) -> f64 {
    let since = spike + delay - synapse.spike;
    // A product of -0 is taken as 0, as sums need it.
    rule.facilitated(weight, synapse.trace * rule.plus.over(since)) + 0.0
}
