//! Memory sizes, shares of cores and restart policies as the docker client takes them.

use super::RestartPolicy;
use crate::domain::Invalid;
use std::fmt;
use std::str::FromStr;

/// The least memory an engine gives a container, in bytes.
pub const LEAST_MEMORY: u64 = 6 << 20;

const NANO: f64 = 1e9;

/// Reads a container's memory limit: [`parse_bytes`], but not less than an engine gives.
pub fn parse_memory(text: &str) -> Result<u64, Invalid> {
    match parse_bytes(text)? {
        bytes if bytes < LEAST_MEMORY => {
            let text = text.trim();
            Err(Invalid::new(format!("{text} is too little: an engine gives no container less than 6m of memory.")))
        }
        bytes => Ok(bytes),
    }
}

/// Reads `512m`, `1.5g`, `64MiB` or plain bytes into bytes; every unit is of 1,024, as docker has it.
pub fn parse_bytes(text: &str) -> Result<u64, Invalid> {
    let text = text.trim();
    let digits = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits).unwrap_or((text, ""));
    let wrong = || Invalid::new(format!("“{text}” is not an amount of memory: write 512m, 1.5g or a number of bytes."));
    let shift = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        "t" | "tb" | "tib" => 40,
        _ => return Err(wrong()),
    };
    let bytes = number.parse::<f64>().map_err(|_| wrong())? * f64::from(shift).exp2();
    // The engine holds it in a signed 64-bit number, and needs room for twice of it as the limit with swap.
    if !bytes.is_finite() || bytes >= (1_u64 << 62) as f64 {
        return Err(Invalid::new(format!("{text} is more memory than an engine can count.")));
    }
    Ok(bytes as u64)
}

/// Prints bytes in the largest unit that is exact: `512m`.
pub fn print_memory(bytes: u64) -> String {
    [(40, 't'), (30, 'g'), (20, 'm'), (10, 'k')]
        .into_iter()
        .find(|(shift, _)| bytes > 0 && bytes.trailing_zeros() >= *shift)
        .map_or_else(|| bytes.to_string(), |(shift, unit)| format!("{}{unit}", bytes >> shift))
}

/// Reads `0.5` or `2` cores into billionths of a core.
pub fn parse_cpus(text: &str) -> Result<u64, Invalid> {
    let text = text.trim();
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match text.parse::<f64>() {
        Ok(cores) if plain && (0.01..=100_000.0).contains(&cores) => Ok((cores * NANO).round() as u64),
        Ok(cores) if plain && cores < 0.01 => {
            Err(Invalid::new(format!("{text} is too little: at least 0.01 of a core.")))
        }
        _ => Err(Invalid::new(format!("“{text}” is not a number of cores: write 0.5 or 2."))),
    }
}

/// Prints billionths of a core as cores: `0.5`.
pub fn print_cpus(nano_cpus: u64) -> String {
    let (cores, rest) = (nano_cpus / 1_000_000_000, nano_cpus % 1_000_000_000);
    if rest == 0 { cores.to_string() } else { format!("{cores}.{}", format!("{rest:09}").trim_end_matches('0')) }
}

impl fmt::Display for RestartPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnFailure(tries) if *tries > 0 => write!(f, "on-failure:{tries}"),
            Self::No | Self::Always | Self::UnlessStopped | Self::OnFailure(_) => f.write_str(self.word()),
        }
    }
}

impl RestartPolicy {
    /// The engine's word, without the number of tries.
    pub fn word(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Always => "always",
            Self::UnlessStopped => "unless-stopped",
            Self::OnFailure(_) => "on-failure",
        }
    }

    /// The most tries; 0 for the policies that count none.
    pub fn tries(self) -> u32 {
        match self {
            Self::OnFailure(tries) => tries,
            Self::No | Self::Always | Self::UnlessStopped => 0,
        }
    }
}

impl FromStr for RestartPolicy {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let (word, tries) = match text.trim().split_once(':') {
            Some((word, tries)) => (word, Some(tries)),
            None => (text.trim(), None),
        };
        match (word, tries) {
            ("no" | "", None) => Ok(Self::No),
            ("always", None) => Ok(Self::Always),
            ("unless-stopped", None) => Ok(Self::UnlessStopped),
            ("on-failure", None) => Ok(Self::OnFailure(0)),
            // Beyond 31 bits the engine's own number would turn negative.
            ("on-failure", Some(tries)) => match tries.parse::<u32>() {
                Ok(tries) if tries <= i32::MAX as u32 => Ok(Self::OnFailure(tries)),
                _ => Err(Invalid::new(format!("“{tries}” is not a number of tries: write on-failure:3."))),
            },
            ("no" | "always" | "unless-stopped", Some(_)) => {
                Err(Invalid::new(format!("{word} takes no number of tries: only on-failure does, as in on-failure:3.")))
            }
            _ => Err(Invalid::new(format!(
                "“{word}” is not a restart policy: no, always, unless-stopped or on-failure:3."
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn memory_is_read_as_docker_does() {
        for (text, bytes) in [
            ("512m", 512 << 20),
            ("1.5g", 3 << 29),
            ("64MiB", 64 << 20),
            ("64 mb", 64 << 20),
            ("6291456", 6 << 20),
            ("6291456b", 6 << 20),
            ("1T", 1 << 40),
            ("10240k", 10 << 20),
        ] {
            assert_eq!(parse_memory(text), Ok(bytes), "{text}");
        }
        for text in ["", "m", "5x", "-1", "1.2.3g", "5m", "0", "99999999999t", "i", "64i", "512mbb"] {
            assert!(parse_memory(text).unwrap_err().sentence().ends_with('.'), "{text}");
        }
    }

    #[test]
    fn cpus_are_read_and_printed() {
        for (text, nano) in [("0.5", 500_000_000), ("2", 2_000_000_000), ("0.01", 10_000_000), (".25", 250_000_000)] {
            assert_eq!(parse_cpus(text), Ok(nano), "{text}");
        }
        assert_eq!(print_cpus(1_500_000_000), "1.5");
        for text in ["", "0", "-1", "1e3", "inf", "NaN", "two", "0.001"] {
            assert!(parse_cpus(text).unwrap_err().sentence().ends_with('.'), "{text}");
        }
    }

    #[test]
    fn restart_policies_are_read() {
        assert_eq!("on-failure:3".parse(), Ok(RestartPolicy::OnFailure(3)));
        assert_eq!("".parse(), Ok(RestartPolicy::No));
        for text in ["always:3", "on-failure:x", "on-failure:-1", "on-failure:4294967295", "sometimes", "Always"] {
            assert!(text.parse::<RestartPolicy>().unwrap_err().sentence().ends_with('.'), "{text}");
        }
    }

    proptest! {
        #[test]
        fn amounts_are_read_back(bytes in LEAST_MEMORY..(1 << 50), nano in 10_000_000u64..64_000_000_000, tries in 0u32..1000) {
            prop_assert_eq!(parse_memory(&print_memory(bytes)), Ok(bytes));
            prop_assert_eq!(parse_memory(&print_memory(bytes << 10)), Ok(bytes << 10));
            prop_assert_eq!(parse_cpus(&print_cpus(nano)), Ok(nano));
            for policy in [RestartPolicy::No, RestartPolicy::Always, RestartPolicy::UnlessStopped, RestartPolicy::OnFailure(tries)] {
                prop_assert_eq!(policy.to_string().parse(), Ok(policy));
            }
        }
    }
}
