//! One burst of a range of membranes: leak, drive, arrivals, threshold. Compiled for AVX-512, AVX2 and anything, chosen at run time.

/// What holds for all neurons: v ← decay · v + drive + sum, a spike at 1, then 0.
#[derive(Clone, Copy)]
pub struct Membrane {
    pub decay: f32,
    pub drive: f32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Portable,
}

pub fn level() -> Level {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") {
            return Level::Avx512;
        }
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            return Level::Avx2;
        }
    }
    Level::Portable
}

/// Empties `sums`, writes the ids that fired into `fired` (which has room for all and some more) and returns how many.
/// The first id is `first`.
pub fn integrate(
    level: Level,
    membrane: Membrane,
    potentials: &mut [f32],
    sums: &mut [f32],
    first: u32,
    fired: &mut [u32],
) -> usize {
    let count = potentials.len();
    assert!(sums.len() == count && fired.len() >= count + SPARE);
    let (done, ids) = match level {
        // SAFETY: `level` found the instructions, and the lengths were just compared.
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => unsafe { wide::avx512(membrane, potentials, sums, first, fired) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => unsafe { wide::avx2(membrane, potentials, sums, first, fired) },
        Level::Portable => (0, 0),
    };
    let mut written = ids;
    for i in done..count {
        let v = potentials[i] * membrane.decay + membrane.drive + sums[i];
        sums[i] = 0.0;
        let over = v >= 1.0;
        potentials[i] = if over { 0.0 } else { v };
        fired[written] = first + i as u32;
        written += usize::from(over);
    }
    written
}

/// Ids written past the last one that counts.
pub const SPARE: usize = 16;

#[cfg(target_arch = "x86_64")]
#[allow(clippy::wildcard_imports)] // thirty names that all begin with _mm
mod wide {
    use super::Membrane;
    use std::arch::x86_64::*;

    /// Returns (membranes done, ids written).
    ///
    /// # Safety
    /// AVX-512F is there, `sums` is as long as `potentials`, `fired` at least as long.
    #[target_feature(enable = "avx512f,popcnt")]
    pub unsafe fn avx512(
        membrane: Membrane,
        potentials: &mut [f32],
        sums: &mut [f32],
        first: u32,
        fired: &mut [u32],
    ) -> (usize, usize) {
        let whole = potentials.len() / 16 * 16;
        let (decay, drive) = (
            _mm512_set1_ps(membrane.decay),
            _mm512_set1_ps(membrane.drive),
        );
        let (threshold, zero) = (_mm512_set1_ps(1.0), _mm512_setzero_ps());
        let lanes = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        let mut ids = _mm512_add_epi32(_mm512_set1_epi32(first.cast_signed()), lanes);
        let mut written = 0;
        for i in (0..whole).step_by(16) {
            // SAFETY: i + 16 is within all columns; at most i ids were written before.
            unsafe {
                let v = _mm512_loadu_ps(potentials.as_ptr().add(i));
                let sum = _mm512_loadu_ps(sums.as_ptr().add(i));
                let v = _mm512_add_ps(_mm512_fmadd_ps(v, decay, drive), sum);
                let over = _mm512_cmp_ps_mask::<_CMP_GE_OQ>(v, threshold);
                _mm512_storeu_ps(
                    potentials.as_mut_ptr().add(i),
                    _mm512_mask_mov_ps(v, over, zero),
                );
                _mm512_storeu_ps(sums.as_mut_ptr().add(i), zero);
                // Compressed in the register: straight into memory is slow on some processors.
                let packed = _mm512_maskz_compress_epi32(over, ids);
                _mm512_storeu_si512(fired.as_mut_ptr().add(written).cast(), packed);
                written += over.count_ones() as usize;
            }
            ids = _mm512_add_epi32(ids, _mm512_set1_epi32(16));
        }
        (whole, written)
    }

    /// Lane numbers of the set bits of every byte, front to back.
    static PACK: [[u32; 8]; 256] = pack_table();

    const fn pack_table() -> [[u32; 8]; 256] {
        let mut table = [[0; 8]; 256];
        let mut mask = 0;
        while mask < 256 {
            let (mut lane, mut at) = (0, 0);
            while lane < 8 {
                if mask >> lane & 1 == 1 {
                    table[mask][at] = lane;
                    at += 1;
                }
                lane += 1;
            }
            mask += 1;
        }
        table
    }

    /// Returns (membranes done, ids written).
    ///
    /// # Safety
    /// AVX2 and FMA are there, `sums` is as long as `potentials`, `fired` at least as long.
    #[target_feature(enable = "avx2,fma,popcnt")]
    pub unsafe fn avx2(
        membrane: Membrane,
        potentials: &mut [f32],
        sums: &mut [f32],
        first: u32,
        fired: &mut [u32],
    ) -> (usize, usize) {
        let whole = potentials.len() / 8 * 8;
        let (decay, drive) = (
            _mm256_set1_ps(membrane.decay),
            _mm256_set1_ps(membrane.drive),
        );
        let (threshold, zero) = (_mm256_set1_ps(1.0), _mm256_setzero_ps());
        let mut written = 0;
        for i in (0..whole).step_by(8) {
            // SAFETY: i + 8 is within all columns; at most i ids were written before.
            unsafe {
                let v = _mm256_loadu_ps(potentials.as_ptr().add(i));
                let sum = _mm256_loadu_ps(sums.as_ptr().add(i));
                let v = _mm256_add_ps(_mm256_fmadd_ps(v, decay, drive), sum);
                let over = _mm256_cmp_ps::<_CMP_GE_OQ>(v, threshold);
                _mm256_storeu_ps(potentials.as_mut_ptr().add(i), _mm256_andnot_ps(over, v));
                _mm256_storeu_ps(sums.as_mut_ptr().add(i), zero);
                let mask = _mm256_movemask_ps(over).cast_unsigned();
                if mask != 0 {
                    let lanes = _mm256_loadu_si256(PACK[mask as usize].as_ptr().cast());
                    let base = _mm256_set1_epi32((first + i as u32).cast_signed());
                    let ids = _mm256_add_epi32(lanes, base);
                    _mm256_storeu_si256(fired.as_mut_ptr().add(written).cast(), ids);
                    written += mask.count_ones() as usize;
                }
            }
        }
        (whole, written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Membranes that fire here and there, in two bursts, with an odd count.
    fn run(level: Level) -> (Vec<f32>, Vec<Vec<u32>>) {
        let membrane = Membrane {
            decay: 0.5,
            drive: 0.25,
        };
        let mut potentials: Vec<f32> = (0..1003).map(|i| (i % 17) as f32 / 8.0).collect();
        let mut bursts = vec![];
        for _ in 0..2 {
            let mut sums: Vec<f32> = (0..1003).map(|i| (i % 5) as f32 / 16.0).collect();
            let mut fired = vec![0; 1003 + SPARE];
            let count = integrate(level, membrane, &mut potentials, &mut sums, 40, &mut fired);
            assert!(sums.iter().all(|&sum| sum == 0.0));
            bursts.push(fired[..count].to_vec());
        }
        (potentials, bursts)
    }

    #[test]
    fn what_the_processor_has_fires_the_same_neurons_as_the_portable_way() {
        let portable = run(Level::Portable);
        assert!(portable.1[0].len() > 100);
        assert_eq!(run(level()), portable);
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            assert_eq!(run(Level::Avx2), portable);
        }
    }
}
