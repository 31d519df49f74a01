//! Benchmarks only: `cargo bench -p onrecord-bench`.
