//! Finding by a few letters: in their order, whatever lies between.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// What was typed, as it is looked for. An empty text is found everywhere.
pub struct Fuzzy {
    letters: Pattern,
    words: Pattern,
    matcher: Matcher,
}

impl std::fmt::Debug for Fuzzy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fuzzy").finish_non_exhaustive()
    }
}

impl Fuzzy {
    pub fn new(text: &str) -> Self {
        let pattern = |kind| Pattern::new(text.trim(), CaseMatching::Ignore, Normalization::Smart, kind);
        Self {
            letters: pattern(AtomKind::Fuzzy),
            words: pattern(AtomKind::Substring),
            matcher: Matcher::new(Config::DEFAULT),
        }
    }

    /// How well the letters fit, the larger the better; `None` where they do not.
    pub fn score(&mut self, text: &str) -> Option<u32> {
        let mut buffer = Vec::new();
        self.letters.score(Utf32Str::new(text, &mut buffer), &mut self.matcher)
    }

    /// Whether each word is found as it is: for long texts, which have any few letters in some order.
    pub fn contains(&mut self, text: &str) -> bool {
        let mut buffer = Vec::new();
        self.words.score(Utf32Str::new(text, &mut buffer), &mut self.matcher).is_some()
    }
}
