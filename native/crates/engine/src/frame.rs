//! Writes what a burst did, area by area.

use std::collections::BTreeMap;

use gyrus_port::frame::{Counts, write_header};
use gyrus_port::sections::write_section;
use gyrus_types::frame::HEADER_WORDS;

use crate::engine::Engine;

impl Engine {
    /// The fired list by area where memory neurons are in it, which may share an area with others.
    fn fired_by_area(&self) -> BTreeMap<u32, Vec<u32>> {
        let with_slots = self.fired_with_slots().len();
        let areas = self.fired[..with_slots]
            .iter()
            .map(|&id| self.neurons.area[id as usize])
            .chain(self.learning.fired_areas().iter().copied());
        let mut by_area = BTreeMap::<u32, Vec<u32>>::new();
        for (area, &id) in areas.zip(&self.fired) {
            by_area.entry(area).or_default().push(id);
        }
        by_area
    }

    pub(crate) fn write_frame(&mut self, frame: &mut [u32], counts: &Counts) -> usize {
        let (mut at, mut sections) = (HEADER_WORDS, 0);
        if self.learning.fired_memory() > 0 {
            for (area, ids) in self.fired_by_area() {
                at += write_section(&mut frame[at..], area, &ids);
                sections += 1;
            }
        } else {
            (at, sections) = self
                .order
                .write_sections(frame, &self.fired, &self.neurons.area);
        }
        write_header(frame, at, self.burst, self.fired.len(), sections, counts);
        at
    }
}
