//! Any bytes from an engine, up to the screen; see `fuzz/target.rs`.

mod fragments;
mod target;

use proptest::prelude::*;

#[test]
fn pieces_of_what_is_known_to_be_hostile() {
    let mut seed = 0x5eed;
    (0..100).for_each(|_| target::fuzz(&fragments::input(&mut seed)));
}

proptest! {
    // Each goes all the way three times.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes(data in prop::collection::vec(any::<u8>(), 0..1_500)) {
        target::fuzz(&data);
    }

    #[test]
    fn any_text_of_a_terminal(text in "(\\PC|[\\x00-\\x1f]){0,400}", cut in any::<u8>(), options in any::<u8>()) {
        target::fuzz(&[&[options | 1, cut], text.as_bytes()].concat());
    }
}
