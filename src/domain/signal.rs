//! Signals by name and number, as `docker kill --signal` takes them.

use super::Invalid;

/// A signal of Linux on x86 and ARM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal {
    /// `SIGTERM`
    pub name: &'static str,
    pub number: u8,
    /// What programs commonly do with it.
    pub meaning: &'static str,
}

const fn signal(name: &'static str, number: u8, meaning: &'static str) -> Signal {
    Signal { name, number, meaning }
}

/// All signals, those one sends by hand first.
pub const SIGNALS: &[Signal] = &[
    signal("SIGTERM", 15, "asks it to end"),
    signal("SIGKILL", 9, "ends it at once"),
    signal("SIGINT", 2, "as Ctrl-C in a terminal"),
    signal("SIGQUIT", 3, "ends it with a dump; some finish their work first"),
    signal("SIGHUP", 1, "many read their settings again"),
    signal("SIGUSR1", 10, "its own meaning; often opens logs again"),
    signal("SIGUSR2", 12, "its own meaning"),
    signal("SIGSTOP", 19, "halts it"),
    signal("SIGCONT", 18, "lets it go on"),
    signal("SIGWINCH", 28, "size of the terminal; some servers finish their work and end"),
    signal("SIGILL", 4, "illegal instruction"),
    signal("SIGTRAP", 5, "trap of a debugger"),
    signal("SIGABRT", 6, "aborts it"),
    signal("SIGBUS", 7, "bad memory access"),
    signal("SIGFPE", 8, "arithmetic error"),
    signal("SIGSEGV", 11, "invalid memory access"),
    signal("SIGPIPE", 13, "nobody reads its pipe"),
    signal("SIGALRM", 14, "timer"),
    signal("SIGSTKFLT", 16, "unused"),
    signal("SIGCHLD", 17, "a child ended"),
    signal("SIGTSTP", 20, "as Ctrl-Z in a terminal"),
    signal("SIGTTIN", 21, "read from the terminal in the background"),
    signal("SIGTTOU", 22, "written to the terminal in the background"),
    signal("SIGURG", 23, "urgent data on a socket"),
    signal("SIGXCPU", 24, "CPU time used up"),
    signal("SIGXFSZ", 25, "file too large"),
    signal("SIGVTALRM", 26, "virtual timer"),
    signal("SIGPROF", 27, "profiling timer"),
    signal("SIGIO", 29, "input or output possible"),
    signal("SIGPWR", 30, "power failure"),
    signal("SIGSYS", 31, "bad system call"),
];

/// The last real-time signal.
const LAST_SIGNAL: u8 = 64;

/// Reads `SIGTERM`, `term`, `15` or `RTMIN+3` into what a request carries: the full name, else the number as typed.
pub fn parse_signal(text: &str) -> Result<String, Invalid> {
    let upper = text.trim().to_ascii_uppercase();
    if let Ok(number) = upper.parse::<u8>() {
        return match SIGNALS.iter().find(|signal| signal.number == number) {
            Some(signal) => Ok(signal.name.to_owned()),
            None if (1..=LAST_SIGNAL).contains(&number) => Ok(number.to_string()),
            None => Err(Invalid::new(format!("{number} is not a signal: they go from 1 to {LAST_SIGNAL}."))),
        };
    }
    let bare = upper.strip_prefix("SIG").unwrap_or(&upper);
    if let Some(signal) = SIGNALS.iter().find(|signal| signal.name.strip_prefix("SIG") == Some(bare)) {
        return Ok(signal.name.to_owned());
    }
    if is_real_time(bare) {
        return Ok(format!("SIG{bare}"));
    }
    Err(Invalid::new(format!("“{}” is not a signal, such as SIGHUP, TERM or 15.", text.trim())))
}

/// `RTMIN`, `RTMIN+1` to `+15`, `RTMAX`, `RTMAX-1` to `-14`: what engines know.
fn is_real_time(name: &str) -> bool {
    let within = |rest: &str, sign: char, most: u8| {
        rest.is_empty()
            || rest.strip_prefix(sign).is_some_and(|n| {
                n.bytes().all(|byte| byte.is_ascii_digit()) && n.parse().is_ok_and(|n: u8| (1..=most).contains(&n))
            })
    };
    name.strip_prefix("RTMIN").is_some_and(|rest| within(rest, '+', 15))
        || name.strip_prefix("RTMAX").is_some_and(|rest| within(rest, '-', 14))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_every_number_once() {
        let mut numbers: Vec<u8> = SIGNALS.iter().map(|signal| signal.number).collect();
        numbers.sort_unstable();
        assert!(numbers.into_iter().eq(1..=31));
        for signal in SIGNALS {
            assert_eq!(parse_signal(signal.name).as_deref(), Ok(signal.name));
            assert_eq!(parse_signal(&signal.number.to_string()).as_deref(), Ok(signal.name));
            assert!(signal.name.starts_with("SIG") && !signal.meaning.is_empty());
        }
    }

    #[test]
    fn signals_are_read_in_any_form() {
        for (text, name) in [("term", "SIGTERM"), (" Kill ", "SIGKILL"), ("rtmin+3", "SIGRTMIN+3"), ("40", "40")] {
            assert_eq!(parse_signal(text).as_deref(), Ok(name));
        }
        for text in ["", "0", "65", "300", "SIG", "RTMIN+16", "RTMIN-1", "TERMINATE", "RTMAX++1", "RTMIN+"] {
            assert!(parse_signal(text).unwrap_err().sentence().ends_with('.'), "{text}");
        }
    }
}
