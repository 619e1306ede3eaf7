//! A range of targets with everything a burst adds to them.
//!
//! Threads share out partitions. One target lives in one partition and every row keeps slot order, so each target is summed in
//! one order whatever their number. A sum that nobody touched is -0: a touched one never is, because adding to -0 or +0 and
//! cancelling both give +0 once contributions of -0 are made +0. Thus the sums themselves are the candidate list.

/// Neurons per block; blocks nothing touched are skipped.
pub const BLOCK: usize = 64;
/// Bits of a sum that nobody touched.
const UNTOUCHED: u32 = 0x8000_0000;

pub fn is_touched(sum: f32) -> bool {
    sum.to_bits() != UNTOUCHED
}

#[derive(Debug, Clone)]
pub struct Partition {
    /// Id of the first neuron.
    pub first: usize,
    /// Number of neurons.
    pub len: usize,
    /// Which of the bands of rows is for its neurons.
    pub band: usize,
    /// Sums by arrival burst modulo `ring`, then by target.
    pub sums: Vec<f32>,
    /// Per arrival burst and block: whether a sum may be touched.
    pub touched: Vec<u8>,
    /// Arrival bursts the sums have room for; one more than the longest delay.
    pub ring: usize,
    /// Per block: whether a countdown may be running.
    pub counting: Vec<u8>,
    /// Per block: whether a neuron fired in the last burst.
    pub marked: Vec<u8>,
    /// Neurons that fired in this burst, ascending, and their potentials.
    pub fired: Vec<u32>,
    pub fired_potential: Vec<f32>,
    pub candidates: usize,
    pub refractory: usize,
}

impl Partition {
    pub fn new(band: usize, first: usize, len: usize, ring: usize) -> Self {
        let blocks = len.div_ceil(BLOCK);
        Self {
            first,
            len,
            band,
            sums: vec![-0.0; ring * blocks * BLOCK],
            touched: vec![0; ring * blocks],
            ring,
            counting: vec![0; blocks],
            marked: vec![0; blocks],
            fired: Vec::new(),
            fired_potential: Vec::new(),
            candidates: 0,
            refractory: 0,
        }
    }

    /// What the sums take.
    pub fn ring_bytes(&self) -> usize {
        self.sums.capacity() * 4 + self.touched.capacity()
    }

    /// What all else takes.
    pub fn bytes(&self) -> usize {
        let lists = self.fired.capacity() + self.fired_potential.capacity();
        self.counting.capacity() + self.marked.capacity() + lists * 4
    }

    pub fn blocks(&self) -> usize {
        self.counting.len()
    }

    /// Arrival bursts there is room for, this one included.
    pub fn ring(&self) -> u32 {
        self.ring as u32
    }

    pub fn lap(&self, burst: u32) -> usize {
        burst as usize % self.ring
    }

    /// Adds to one sum; tells whether it was untouched. `target` is a position within the partition.
    pub fn add(&mut self, burst: u32, target: usize, value: f32) -> bool {
        let lap = self.lap(burst);
        self.add_in_lap(lap, target, value)
    }

    /// The same with the lap of the burst worked out before.
    pub fn add_in_lap(&mut self, lap: usize, target: usize, value: f32) -> bool {
        let blocks = self.blocks();
        let sum = &mut self.sums[lap * blocks * BLOCK + target];
        let fresh = !is_touched(*sum);
        *sum += value + 0.0;
        self.touched[lap * blocks + target / BLOCK] = 1;
        fresh
    }

    /// The sums and touched blocks of one burst.
    pub fn sums(&self, burst: u32) -> (&[f32], &[u8]) {
        let (lap, blocks) = (self.lap(burst), self.blocks());
        (
            &self.sums[lap * blocks * BLOCK..][..blocks * BLOCK],
            &self.touched[lap * blocks..][..blocks],
        )
    }

    /// Touched sums of one burst, ascending: id and sum.
    pub fn touched(&self, burst: u32) -> impl Iterator<Item = (usize, f32)> + '_ {
        let (sums, touched) = self.sums(burst);
        touched
            .iter()
            .enumerate()
            .filter(|&(_, &flag)| flag != 0)
            .flat_map(move |(block, _)| {
                let at = block * BLOCK;
                let here = sums[at..at + BLOCK].iter().enumerate();
                here.filter(|&(_, &sum)| is_touched(sum))
                    .map(move |(i, &sum)| (self.first + at + i, sum))
            })
    }

    /// Removes one target's sums of every burst, past and to come.
    pub fn forget(&mut self, target: usize) {
        let stride = self.blocks() * BLOCK;
        for lap in 0..self.ring {
            self.sums[lap * stride + target] = -0.0;
        }
    }

    /// The parts a burst's dynamics work on: the sums and touched blocks of `burst` and of the burst before it, and the rest.
    pub fn laps(&mut self, burst: u32) -> Laps<'_> {
        let (now, before) = (self.lap(burst), self.lap(burst - 1));
        let blocks = self.counting.len();
        let (sums_now, sums_before) = two(&mut self.sums, blocks * BLOCK, now, before);
        let (touched_now, touched_before) = two(&mut self.touched, blocks, now, before);
        Laps {
            first: self.first,
            len: self.len,
            sums_now,
            sums_before,
            touched_now,
            touched_before,
            counting: &mut self.counting,
            marked: &mut self.marked,
            fired: &mut self.fired,
            fired_potential: &mut self.fired_potential,
            candidates: &mut self.candidates,
            refractory: &mut self.refractory,
        }
    }
}

/// What the dynamics of one burst work on.
pub struct Laps<'a> {
    pub first: usize,
    pub len: usize,
    pub sums_now: &'a [f32],
    pub sums_before: &'a mut [f32],
    pub touched_now: &'a [u8],
    pub touched_before: &'a mut [u8],
    pub counting: &'a mut [u8],
    pub marked: &'a mut [u8],
    pub fired: &'a mut Vec<u32>,
    pub fired_potential: &'a mut Vec<f32>,
    pub candidates: &'a mut usize,
    pub refractory: &'a mut usize,
}

/// Two different rows of a matrix, the second to be changed.
fn two<T>(matrix: &mut [T], stride: usize, read: usize, write: usize) -> (&[T], &mut [T]) {
    debug_assert_ne!(read, write);
    if read < write {
        let (left, right) = matrix.split_at_mut(write * stride);
        (&left[read * stride..][..stride], &mut right[..stride])
    } else {
        let (left, right) = matrix.split_at_mut(read * stride);
        (&right[..stride], &mut left[write * stride..][..stride])
    }
}
