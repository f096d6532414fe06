//! A number of bytes as the config file writes it: `4096`, `64MiB`, `1GB`.

use std::fmt;
use std::str::FromStr;

/// Larger first; of two equal in size none, so that printing is unambiguous.
const UNITS: [(&str, u64); 9] = [
    ("TiB", 1 << 40),
    ("TB", 1_000_000_000_000),
    ("GiB", 1 << 30),
    ("GB", 1_000_000_000),
    ("MiB", 1 << 20),
    ("MB", 1_000_000),
    ("KiB", 1 << 10),
    ("kB", 1_000),
    ("B", 1),
];

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteSize(u64);

impl ByteSize {
    pub const fn new(bytes: u64) -> Self {
        Self(bytes)
    }

    pub const fn get(self) -> u64 {
        self.0
    }
}

impl FromStr for ByteSize {
    /// What is allowed instead.
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).map(Self).ok_or("a size such as \"64MiB\", \"500MB\" or \"1GiB\"")
    }
}

fn parse(text: &str) -> Option<u64> {
    let (digits, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let unit = unit.strip_prefix(' ').unwrap_or(unit);
    let bytes = if unit.is_empty() { 1 } else { UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit))?.1 };
    digits.parse::<u64>().ok()?.checked_mul(bytes)
}

impl fmt::Display for ByteSize {
    /// In the largest unit that needs no fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exact = |(_, bytes): &&(&str, u64)| self.0 >= *bytes && self.0.is_multiple_of(*bytes);
        let (unit, bytes) = UNITS.iter().find(exact).unwrap_or(&("B", 1));
        write!(f, "{}{unit}", self.0 / bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sizes_are_read() {
        assert_eq!("64MiB".parse(), Ok(ByteSize::new(64 << 20)));
        assert_eq!("1 gb".parse(), Ok(ByteSize::new(1_000_000_000)));
        assert_eq!("4096".parse(), Ok(ByteSize::new(4096)));
        for bad in ["", "MiB", "-1", "1.5GiB", "1XB", "99999999TiB", "1  B"] {
            assert!(bad.parse::<ByteSize>().is_err(), "{bad}");
        }
        assert_eq!(ByteSize::new(64 << 20).to_string(), "64MiB");
        assert_eq!(ByteSize::new(0).to_string(), "0B");
    }

    proptest! {
        #[test]
        fn a_printed_size_is_read_back(bytes in any::<u64>()) {
            prop_assert_eq!(ByteSize::new(bytes).to_string().parse(), Ok(ByteSize::new(bytes)));
        }
    }
}
