//! How the spikes of a burst reach their targets: rows of the fired sources in order, each synapse adding to one sum.
//!
//! What a synapse adds is worked out from its class, or from its own weight and psp where it has them. Neighbours that fired have
//! neighbouring rows, which are walked as one. A target beyond the partition's neurons conducts nothing: unknown ids, removed
//! synapses and memory neurons all lie there.

// Parts of the innermost loops.
#![allow(clippy::inline_always)]

use std::ops::Range;

use gyrus_port::prefetch::prefetch;

use crate::palette::Class;
use crate::partition::{BLOCK, Partition};
use crate::synapses::{Rows, Synapses};

/// How many rows ahead memory is asked for; the work on one row hides a good part of the wait for another.
const PREFETCH_ROWS: usize = 4;
/// Synapses whose amounts are worked out together.
const CHUNK: usize = 64;

/// What one spike adds to a target: never -0, so that a touched sum never is.
pub fn contribution(signed_weight: f32, psp: f32, divisor: u32) -> f32 {
    let whole = signed_weight * psp;
    (if divisor > 1 {
        whole / divisor as f32
    } else {
        whole
    }) + 0.0
}

/// The psp of a source that sends its membrane potential at firing.
pub fn driven_psp(potential: f32) -> f32 {
    if potential.is_finite() && potential > 0.0 {
        potential
    } else {
        0.0
    }
}

/// Sources that are not like all others; a list without entries means that none is.
pub struct Drive<'a> {
    /// Whose psp is their membrane potential at firing.
    pub is_driven: &'a [bool],
    /// By how much each source divides; 1: not.
    pub divisor: &'a [u32],
    /// What modulators multiply contributions by, by group. Without entries all are whole.
    pub factors: &'a [f32],
}

impl Drive<'_> {
    fn scale(&self, source: u32, potential: f32) -> Scale {
        let source = source as usize;
        let is_driven = self.is_driven.get(source).copied().unwrap_or(false);
        Scale {
            psp: is_driven.then(|| driven_psp(potential)),
            divisor: self.divisor.get(source).copied().unwrap_or(1),
        }
    }
}

/// What a source makes of the amounts its synapses have by themselves.
struct Scale {
    psp: Option<f32>,
    divisor: u32,
}

const PLAIN: Scale = Scale {
    psp: None,
    divisor: 1,
};

impl Scale {
    fn is_plain(&self) -> bool {
        self.psp.is_none() && self.divisor <= 1
    }

    fn amount(&self, class: &Class) -> f32 {
        let psp = self.psp.unwrap_or(class.psp);
        contribution(class.signed(class.weight), psp, self.divisor)
    }
}

/// Where amounts go. `class` tells the delay where delays differ.
trait Sink {
    fn add(&mut self, target: u32, class: u16, amount: f32);
}

/// One burst, so many events that every block counts as touched: a bare scatter-add.
struct Dense<'a> {
    first: u32,
    sums: &'a mut [f32],
}

impl Sink for Dense<'_> {
    #[inline(always)]
    fn add(&mut self, target: u32, _: u16, amount: f32) {
        if let Some(sum) = self.sums.get_mut(target.wrapping_sub(self.first) as usize) {
            *sum += amount;
        }
    }
}

/// The same where every target is known to lie within the sums.
struct Bare<'a>(&'a mut [f32]);

impl<'a> Bare<'a> {
    /// Gives the sums back where a target may lie elsewhere.
    fn over(sums: &'a mut [f32], first: u32, reach: u32) -> Result<Self, &'a mut [f32]> {
        if first == 0 && (reach as usize) < sums.len() {
            Ok(Self(sums))
        } else {
            Err(sums)
        }
    }
}

impl Sink for Bare<'_> {
    #[inline(always)]
    fn add(&mut self, target: u32, _: u16, amount: f32) {
        // SAFETY: no row holds a target above the reach this was made with, and that lies within the sums.
        *unsafe { self.0.get_unchecked_mut(target as usize) } += amount;
    }
}

/// One burst, few events.
struct Sparse<'a> {
    first: u32,
    sums: &'a mut [f32],
    touched: &'a mut [u8],
}

impl Sink for Sparse<'_> {
    #[inline(always)]
    fn add(&mut self, target: u32, _: u16, amount: f32) {
        let at = target.wrapping_sub(self.first) as usize;
        if let Some(sum) = self.sums.get_mut(at) {
            *sum += amount;
            self.touched[at / BLOCK] = 1;
        }
    }
}

/// Bursts by delay.
struct Mixed<'a> {
    first: u32,
    len: usize,
    blocks: usize,
    lap_of: [usize; 256],
    classes: &'a [Class],
    sums: &'a mut [f32],
    touched: &'a mut [u8],
}

impl Sink for Mixed<'_> {
    #[inline(always)]
    fn add(&mut self, target: u32, class: u16, amount: f32) {
        let at = target.wrapping_sub(self.first) as usize;
        if at < self.len {
            let lap = self.lap_of[self.classes[class as usize].delay as usize];
            self.sums[lap * self.blocks * BLOCK + at] += amount;
            self.touched[lap * self.blocks + at / BLOCK] = 1;
        }
    }
}

/// What fired in a burst, ascending, and the potentials at firing.
#[derive(Clone, Copy)]
pub struct Fired<'a> {
    pub ids: &'a [u32],
    pub potential: &'a [f32],
}

impl Partition {
    /// Adds the spikes of one burst to the sums of this partition.
    pub fn propagate(
        &mut self,
        burst: u32,
        fired: Fired,
        synapses: &Synapses,
        drive: Option<&Drive>,
    ) {
        let rows = synapses.rows(self.band);
        let (first, blocks) = (self.first as u32, self.blocks());
        let Some(delay) = synapses.palette().uniform_delay() else {
            let mut lap_of = [0_usize; 256];
            for (delay, lap) in lap_of.iter_mut().enumerate() {
                *lap = (burst as usize + delay) % self.ring;
            }
            let sink = Mixed {
                first,
                len: self.len,
                blocks,
                lap_of,
                classes: synapses.palette().classes(),
                sums: &mut self.sums,
                touched: &mut self.touched,
            };
            return send(&rows, fired, drive, sink);
        };
        let lap = self.lap(burst + u32::from(delay));
        let sums = &mut self.sums[lap * blocks * BLOCK..][..self.len];
        let touched = &mut self.touched[lap * blocks..][..blocks];
        let many = self.len / 8;
        let mut events = 0;
        if fired.ids.iter().any(|&source| {
            events += rows.of(source).len();
            events > many
        }) {
            touched.fill(1);
            match Bare::over(sums, first, synapses.reach) {
                Ok(bare) => send(&rows, fired, drive, bare),
                Err(sums) => send(&rows, fired, drive, Dense { first, sums }),
            }
        } else {
            let sink = Sparse {
                first,
                sums,
                touched,
            };
            send(&rows, fired, drive, sink);
        }
    }
}

fn send<S: Sink>(rows: &Rows, fired: Fired, drive: Option<&Drive>, mut sink: S) {
    let Some(drive) = drive else {
        return each_run(rows, fired.ids, |places| {
            pour(rows, places, &PLAIN, &mut sink);
        });
    };
    // Without a synapse in a group nothing is modulated.
    let is_modulated = !(drive.factors.is_empty() || rows.group.is_empty());
    for (at, (&source, &potential)) in fired.ids.iter().zip(fired.potential).enumerate() {
        fetch_ahead(rows, fired.ids, at);
        let scale = drive.scale(source, potential);
        if is_modulated {
            pour_columns(rows, rows.of(source), &scale, drive.factors, &mut sink);
        } else {
            pour(rows, rows.of(source), &scale, &mut sink);
        }
    }
}

/// Visits the rows of the fired sources in order, those of neighbours as one.
fn each_run(rows: &Rows, fired: &[u32], mut visit: impl FnMut(Range<usize>)) {
    let mut at = 0;
    while at < fired.len() {
        fetch_ahead(rows, fired, at);
        let mut run = rows.of(fired[at]);
        at += 1;
        while at < fired.len() && fired[at] == fired[at - 1] + 1 {
            run.end = rows.of(fired[at]).end;
            at += 1;
        }
        visit(run);
    }
}

/// Asks for the memory of a row that will be walked soon.
#[inline(always)]
fn fetch_ahead(rows: &Rows, fired: &[u32], at: usize) {
    if let Some(&source) = fired.get(at + PREFETCH_ROWS) {
        let next = rows.of(source);
        prefetch(rows.target, next.clone());
        prefetch(rows.class, next.clone());
        prefetch(rows.weight, next.clone());
        prefetch(rows.psp, next.clone());
    }
}

/// Adds what the synapses at `places` send.
#[inline(always)]
fn pour<S: Sink>(rows: &Rows, places: Range<usize>, scale: &Scale, sink: &mut S) {
    let targets = &rows.target[places.clone()];
    let Some(first) = rows.classes.first() else {
        return;
    };
    if !(rows.weight.is_empty() && rows.psp.is_empty()) {
        return pour_columns(rows, places, scale, &[], sink);
    }
    if rows.class.is_empty() {
        let amount = scale.amount(first);
        for &target in targets {
            sink.add(target, 0, amount);
        }
        return;
    }
    let classes = &rows.class[places];
    if scale.is_plain() {
        for (&target, &class) in targets.iter().zip(classes) {
            sink.add(target, class, rows.contribution[class as usize]);
        }
        return;
    }
    // Synapses of one source that follow each other are mostly of one class.
    let (mut last, mut amount) = (0, scale.amount(first));
    for (&target, &class) in targets.iter().zip(classes) {
        if class != last {
            (last, amount) = (class, scale.amount(&rows.classes[class as usize]));
        }
        sink.add(target, class, amount);
    }
}

/// The same where each synapse has a weight, psp or factor of its own, in steps that are each one plain loop.
fn pour_columns<S: Sink>(
    rows: &Rows,
    places: Range<usize>,
    scale: &Scale,
    factors: &[f32],
    sink: &mut S,
) {
    let mut amounts = [0.0_f32; CHUNK];
    let mut from = places.start;
    while from < places.end {
        let chunk = from..places.end.min(from + CHUNK);
        let amounts = &mut amounts[..chunk.len()];
        rows.signed_weights(chunk.clone(), amounts);
        match scale.psp {
            Some(psp) => {
                for amount in &mut *amounts {
                    *amount *= psp;
                }
            }
            None => rows.multiply_by_psp(chunk.clone(), amounts),
        }
        if scale.divisor > 1 {
            let divisor = scale.divisor as f32;
            for amount in &mut *amounts {
                *amount /= divisor;
            }
        }
        if !factors.is_empty() {
            for (amount, &group) in amounts.iter_mut().zip(&rows.group[chunk.clone()]) {
                // A group that nobody defined multiplies by nothing.
                *amount *= factors.get(group as usize).unwrap_or(&1.0);
            }
        }
        let targets = &rows.target[chunk.clone()];
        if rows.class.is_empty() {
            for (&target, &amount) in targets.iter().zip(&*amounts) {
                sink.add(target, 0, amount + 0.0);
            }
        } else {
            let classes = &rows.class[chunk.clone()];
            for ((&target, &class), &amount) in targets.iter().zip(classes).zip(&*amounts) {
                sink.add(target, class, amount + 0.0);
            }
        }
        from = chunk.end;
    }
}

impl Rows<'_> {
    #[inline(always)]
    fn signed_weights(&self, places: Range<usize>, out: &mut [f32]) {
        match (self.weight.is_empty(), self.class.is_empty()) {
            (true, true) => out.fill(self.classes[0].signed(self.classes[0].weight)),
            (true, false) => {
                for (out, &class) in out.iter_mut().zip(&self.class[places]) {
                    let class = &self.classes[class as usize];
                    *out = class.signed(class.weight);
                }
            }
            (false, true) => {
                for (out, &weight) in out.iter_mut().zip(&self.weight[places]) {
                    *out = self.classes[0].signed(weight);
                }
            }
            (false, false) => {
                let weights = self.weight[places.clone()].iter();
                let classes = self.class[places].iter();
                for (out, (&weight, &class)) in out.iter_mut().zip(weights.zip(classes)) {
                    *out = self.classes[class as usize].signed(weight);
                }
            }
        }
    }

    #[inline(always)]
    fn multiply_by_psp(&self, places: Range<usize>, out: &mut [f32]) {
        if !self.psp.is_empty() {
            for (out, &psp) in out.iter_mut().zip(&self.psp[places]) {
                *out *= psp;
            }
        } else if self.class.is_empty() {
            let psp = self.classes[0].psp;
            for out in out {
                *out *= psp;
            }
        } else {
            for (out, &class) in out.iter_mut().zip(&self.class[places]) {
                *out *= self.classes[class as usize].psp;
            }
        }
    }
}
