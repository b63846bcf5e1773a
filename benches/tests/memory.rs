//! What is said of the memory of some work. A process of its own: other work would take and give back memory meanwhile.

use needmatch_benches::measure::peak_memory;

#[test]
fn memory_of_the_work_is_seen_although_it_is_given_back() {
    let (peak, _) = peak_memory(|| std::hint::black_box(vec![1u8; 64 << 20]).len());
    assert!(peak.is_none_or(|bytes| bytes > 60 << 20), "{peak:?}");
}
