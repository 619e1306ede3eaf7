#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gyrus_fuzz::lif(data));
