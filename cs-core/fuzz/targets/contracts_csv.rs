//! Feeds the target `contracts_csv`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cs_core_fuzz::contracts_csv(bytes));
