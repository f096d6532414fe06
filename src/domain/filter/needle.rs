//! Text to look for in any case, without allocating for each text it is looked for in.

/// A lower-case text and where it has to stand.
#[derive(Clone, Debug)]
pub(super) struct Needle {
    text: Box<str>,
    place: Place,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Anywhere,
    Start,
    Whole,
}

impl Needle {
    pub(super) fn part(text: &str) -> Self {
        Self { text: text.to_lowercase().into(), place: Place::Anywhere }
    }

    pub(super) fn start(text: &str) -> Self {
        Self { text: text.to_lowercase().into(), place: Place::Start }
    }

    pub(super) fn whole(text: &str) -> Self {
        Self { text: text.to_lowercase().into(), place: Place::Whole }
    }

    pub(super) fn fits(&self, haystack: &str) -> bool {
        if self.text.is_ascii() {
            return match self.place {
                Place::Anywhere => contains(haystack.as_bytes(), self.text.as_bytes()),
                Place::Start => self.begins(haystack),
                Place::Whole => haystack.eq_ignore_ascii_case(&self.text),
            };
        }
        // Letters beyond ASCII cannot be in an ASCII text: nearly every name ends here.
        if haystack.is_ascii() {
            return false;
        }
        let haystack = haystack.to_lowercase();
        match self.place {
            Place::Anywhere => haystack.contains(&*self.text),
            Place::Start => haystack.starts_with(&*self.text),
            Place::Whole => haystack == *self.text,
        }
    }

    /// Whether an ASCII text is this, wherever it has to stand.
    pub(super) fn is(&self, text: &str) -> bool {
        text.eq_ignore_ascii_case(&self.text)
    }

    /// Whether an ASCII text begins with it.
    pub(super) fn begins(&self, haystack: &str) -> bool {
        let head = haystack.as_bytes().get(..self.text.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(self.text.as_bytes()))
    }
}

/// Looks for an ASCII needle, stopping only where its first letter stands.
fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    let Some((first, rest)) = needle.split_first() else {
        return true;
    };
    let (lower, upper) = (*first, first.to_ascii_uppercase());
    let mut left = haystack;
    while let Some(position) = left.iter().position(|byte| *byte == lower || *byte == upper) {
        left = left.get(position + 1..).unwrap_or_default();
        match left.get(..rest.len()) {
            Some(head) if head.eq_ignore_ascii_case(rest) => return true,
            Some(_) => {}
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_fast_path_finds_what_the_slow_one_does(haystack in "[a-cA-C]{0,12}", needle in "[a-cA-C]{0,3}") {
            let slow = haystack.to_lowercase().contains(&needle.to_lowercase());
            prop_assert_eq!(Needle::part(&needle).fits(&haystack), slow);
        }
    }

    #[test]
    fn letters_beyond_ascii_have_case_too() {
        assert!(Needle::part("ÄRGER").fits("viel-ärger"));
        assert!(!Needle::part("ä").fits("a"));
        assert!(Needle::whole("WEB").fits("web") && !Needle::whole("web").fits("web2"));
        assert!(Needle::start("ÉT").fits("État") && !Needle::start("t").fits("État"));
    }
}
