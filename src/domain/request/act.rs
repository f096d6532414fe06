//! What every request tells of itself: its words, its call, what it does and what is lost by it.

use super::ApiCall;

/// The words for one kind of act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    /// The button and the title: `Stop`.
    pub button: &'static str,
    /// `Stopping`
    pub doing: &'static str,
    /// `Stopped`
    pub done: &'static str,
}

/// One group of requests, in its own words. [`Request`](super::Request) asks it and adds what all have in common.
pub trait Act {
    fn verb(&self) -> Verb;

    /// What it is about: a container's, volume's or network's name, an image's reference.
    fn object(&self) -> &str;

    /// What several of its objects are called.
    fn nouns(&self) -> &'static str;

    /// `Stop web?`
    fn question(&self) -> String {
        format!("{} {}?", self.verb().button, self.object())
    }

    /// What will happen, in full sentences, with what cannot be undone.
    fn consequence(&self) -> String;

    /// The (first) call that it makes: creating may be followed by a start.
    fn api(&self) -> ApiCall;

    /// The program whose command line does the same.
    fn program(&self) -> &'static str {
        "docker"
    }

    /// The words behind it on that command line, unquoted.
    fn docker_words(&self) -> Vec<String>;

    /// The words of another command that has to go well before; mostly none.
    fn words_before(&self) -> Vec<String> {
        Vec::new()
    }

    /// As [`Self::docker_words`], with every value hidden that looks like a secret: for what is kept or shown unasked.
    fn discreet_words(&self) -> Vec<String> {
        self.docker_words()
    }

    /// Whether words in it that begin with `~/` are paths of this machine, which are left to the shell to expand.
    fn reads_home(&self) -> bool {
        false
    }

    /// Whether the engine ends up different (waiting and reading change nothing).
    fn is_change(&self) -> bool {
        true
    }

    /// Whether something may be lost by it, so that it goes through a confirmation.
    fn is_destructive(&self) -> bool;

    /// Whether the engine tells how far it is while it is under way.
    fn tells_progress(&self) -> bool {
        false
    }
}

impl Verb {
    pub const fn new(button: &'static str, doing: &'static str, done: &'static str) -> Self {
        Self { button, doing, done }
    }
}

/// The words of a command line: those that are fixed, the flags that are switched on, and the rest.
pub(super) fn command_line(head: &[&str], flags: &[(bool, &str)], rest: &[&str]) -> Vec<String> {
    let flags = flags.iter().filter(|(on, _)| *on).map(|(_, flag)| flag);
    head.iter().chain(flags).chain(rest).map(|word| (*word).to_owned()).collect()
}
