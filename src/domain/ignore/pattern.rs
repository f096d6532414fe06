//! One pattern: `*`, `?` and `[a-z]` within a part of a path, `**` over any number of parts.

/// Matched as a whole against a whole path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Vec<Token>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Letter(char),
    /// `?`: one character, but no slash.
    One,
    /// `*`: any characters, but no slash.
    Some,
    /// `**/`: nothing, or on into [`Token::Through`].
    Folders,
    /// Anything up to a slash that ends it.
    Through,
    /// `**` at an end: anything.
    All,
    /// `[a-c]`, `[^a-c]`
    Class {
        is_negated: bool,
        ranges: Vec<(char, char)>,
    },
}

const BRACKET: &str = "a bracket is not closed, or nothing stands in it";
const BACKSLASH: &str = "nothing stands behind the backslash";

impl Pattern {
    /// `text` is clean: without `.`, `..` and slashes around it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let letters: Vec<char> = text.chars().collect();
        let mut tokens = Vec::new();
        let mut rest = letters.as_slice();
        while let [first, behind @ ..] = rest {
            rest = behind;
            match (first, behind) {
                ('*', ['*', behind @ ..]) => {
                    let within = behind.strip_prefix(&['/']);
                    rest = within.unwrap_or(behind);
                    // `**.log` as all of a pattern is any ending, as Docker reads it, and no whole name.
                    let is_ending = tokens.is_empty() && within.is_none() && rest.iter().all(is_plain);
                    if rest.is_empty() || is_ending {
                        tokens.push(Token::All);
                    } else {
                        tokens.extend([Token::Folders, Token::Through]);
                    }
                }
                ('*', _) => tokens.push(Token::Some),
                ('?', _) => tokens.push(Token::One),
                ('[', _) => {
                    let (class, behind) = class(behind).ok_or(BRACKET)?;
                    tokens.push(class);
                    rest = behind;
                }
                ('\\', [escaped, behind @ ..]) => {
                    tokens.push(Token::Letter(*escaped));
                    rest = behind;
                }
                ('\\', []) => return Err(BACKSLASH),
                (letter, _) => tokens.push(Token::Letter(*letter)),
            }
        }
        Ok(Self(tokens))
    }

    /// One that matches this path alone.
    pub fn literal(path: &str) -> Self {
        Self(path.chars().map(Token::Letter).collect())
    }

    /// Follows all ways through the pattern at once, so that no pattern is slow.
    pub fn matches(&self, path: &str) -> bool {
        let mut here = vec![false; self.0.len() + 1];
        self.enter(&mut here, 0);
        let mut next = here.clone();
        for letter in path.chars() {
            next.fill(false);
            for (at, token) in self.0.iter().enumerate() {
                if !here.get(at).is_some_and(|is_here| *is_here) {
                    continue;
                }
                match token {
                    Token::Letter(wanted) if *wanted == letter => self.enter(&mut next, at + 1),
                    Token::One if letter != '/' => self.enter(&mut next, at + 1),
                    Token::Some if letter != '/' => self.enter(&mut next, at),
                    Token::All => self.enter(&mut next, at),
                    Token::Through => {
                        self.enter(&mut next, at);
                        if letter == '/' {
                            self.enter(&mut next, at + 1);
                        }
                    }
                    Token::Class { is_negated, ranges } => {
                        let is_in = ranges.iter().any(|(low, high)| (*low..=*high).contains(&letter));
                        if is_in != *is_negated {
                            self.enter(&mut next, at + 1);
                        }
                    }
                    Token::Letter(_) | Token::One | Token::Some | Token::Folders => {}
                }
            }
            std::mem::swap(&mut here, &mut next);
        }
        here.last().is_some_and(|is_here| *is_here)
    }

    /// Arrives at a place, and at those that it takes no character to come to from there.
    fn enter(&self, places: &mut [bool], at: usize) {
        if let Some(place) = places.get_mut(at) {
            *place = true;
        }
        match self.0.get(at) {
            Some(Token::Some | Token::All) => self.enter(places, at + 1),
            Some(Token::Folders) => {
                self.enter(places, at + 1);
                self.enter(places, at + 2);
            }
            Some(Token::Letter(_) | Token::One | Token::Through | Token::Class { .. }) | None => {}
        }
    }

    /// Whether it may match something in this folder: as far as both are known, the path to it is the same.
    pub fn may_match_within(&self, folder: &str) -> bool {
        let mut tokens = self.0.iter();
        for letter in folder.chars().chain(['/']) {
            match tokens.next() {
                Some(Token::Letter(wanted)) if *wanted == letter => {}
                // The folder itself, or one above it, is meant: and so is what lies in it.
                Some(Token::Letter(_)) => return false,
                None => return letter == '/',
                Some(_) => return true,
            }
        }
        true
    }
}

fn is_plain(letter: &char) -> bool {
    !matches!(letter, '*' | '?' | '[' | ']' | '\\')
}

/// What stands behind an opening bracket, and what behind the closing one.
fn class(letters: &[char]) -> Option<(Token, &[char])> {
    let negated = letters.strip_prefix(&['^']);
    let mut rest = negated.unwrap_or(letters);
    let mut ranges = Vec::new();
    loop {
        if let (Some(behind), false) = (rest.strip_prefix(&[']']), ranges.is_empty()) {
            return Some((Token::Class { is_negated: negated.is_some(), ranges }, behind));
        }
        let (low, behind) = member(rest)?;
        let (high, behind) = match behind.strip_prefix(&['-']) {
            Some(behind) => member(behind)?,
            None => (low, behind),
        };
        if low > high {
            return None;
        }
        ranges.push((low, high));
        rest = behind;
    }
}

fn member(letters: &[char]) -> Option<(char, &[char])> {
    match letters {
        ['-' | ']', ..] | [] | ['\\'] => None,
        ['\\', escaped, behind @ ..] => Some((*escaped, behind)),
        [letter, behind @ ..] => Some((*letter, behind)),
    }
}
