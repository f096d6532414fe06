//! The command palette: every command found by a few of its letters, and commands with an argument.

use super::Answer;
use super::cursor::Cursor;
use super::finder::{Finder, Found};
use super::host_picker;
use crate::app::App;
use crate::app::command::typed::{self, Typed};
use crate::app::commands::{self, Command};
use crate::app::line_input::LineInput;
use crate::config::KnownHost;
use crate::domain::order;
use crossterm::event::KeyEvent;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

#[derive(Debug, Default)]
pub struct Palette {
    pub finder: Finder,
}

/// One thing to choose.
#[derive(Clone, Copy, Debug)]
pub enum Row {
    Command(&'static Command),
    Typed(&'static Typed),
    /// A typed command with one of the roster's hosts, by its place there.
    Host(&'static Typed, usize),
}

impl Row {
    /// What it is remembered by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Command(command) => command.name,
            Self::Typed(typed) | Self::Host(typed, _) => typed.word,
        }
    }
}

impl Palette {
    pub fn new(text: &str) -> Self {
        Self { finder: Finder { input: LineInput::new(text), ..Finder::default() } }
    }

    /// What matches, the best first; all there is, the last used first, while nothing is typed.
    pub fn rows(&self, app: &App) -> Vec<Row> {
        let (word, argument) = split(self.finder.input.text());
        if word.is_empty() {
            return unasked(app);
        }
        if argument.is_some()
            && let Some(typed) = typed::find(word)
        {
            let hosts =
                if typed.argument == HOST { matching_hosts(app, argument.unwrap_or_default()) } else { Vec::new() };
            if hosts.is_empty() {
                return vec![Row::Typed(typed)];
            }
            return hosts.into_iter().map(|place| Row::Host(typed, place)).collect();
        }
        let wanted = Wanted::new(self.finder.input.text().trim());
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut scored: Vec<(u32, Row)> =
            everything().filter_map(|row| Some((wanted.score(row, word, &mut matcher)?, row))).collect();
        order::sort_by_key(&mut scored, |(score, row)| (std::cmp::Reverse(*score), !can_run(*row, app)));
        scored.into_iter().map(|(_, row)| row).collect()
    }

    pub fn key(&mut self, event: KeyEvent, app: &App) -> Answer {
        let rows = self.rows(app);
        let row = |place: usize| rows.get(place).copied();
        match self.finder.key(event, rows.len()) {
            Found::Stay => {}
            Found::Close => return Answer::Close,
            Found::Chosen(place) => match place.and_then(row) {
                Some(row) => return self.choose(row, app),
                None => {
                    let text = self.finder.input.text().trim();
                    self.finder.refusal = Some(format!("There is no command “{text}”."));
                }
            },
            Found::Completed(place) => match row(place) {
                Some(Row::Host(typed, place)) => {
                    self.finder.input.set_text(&format!("{} {}", typed.word, host_name(app, place)));
                }
                Some(Row::Typed(typed)) => self.complete(typed),
                Some(Row::Command(command)) => self.finder.input.set_text(command.title),
                None => {}
            },
        }
        Answer::Stay
    }

    pub fn paste(&mut self, text: &str) {
        self.finder.paste(text);
    }

    fn choose(&mut self, row: Row, app: &App) -> Answer {
        match row {
            Row::Command(command) => match command.here(app) {
                Ok(()) => return Answer::Run(command),
                Err(reason) => self.finder.refusal = Some(format!("{}: {reason}.", command.title)),
            },
            Row::Host(typed, place) => {
                let typed_name = split(self.finder.input.text()).1.unwrap_or_default();
                let name = self.meant_host(app, typed_name, place);
                return Answer::Typed(typed, name.to_owned());
            }
            Row::Typed(typed) => {
                let (word, argument) = split(self.finder.input.text());
                let argument = argument.filter(|_| word == typed.word).unwrap_or_default();
                if argument.is_empty() && typed.needs_argument() {
                    self.complete(typed);
                } else {
                    return Answer::Typed(typed, argument.to_owned());
                }
            }
        }
        Answer::Stay
    }

    /// The host that was pointed at, or that the text can only mean. What only looks like it is not another host's name.
    fn meant_host<'a>(&self, app: &'a App, text: &'a str, place: usize) -> &'a str {
        let name = host_name(app, place);
        let begins = |known: &&KnownHost| known.name.as_str().starts_with(text);
        let is_meant = name == text || (name.starts_with(text) && app.roster.iter().filter(begins).count() == 1);
        if is_meant || text.is_empty() || self.finder.cursor != Cursor::default() { name } else { text }
    }

    fn complete(&mut self, typed: &Typed) {
        let (word, _) = split(self.finder.input.text());
        if word != typed.word {
            self.finder.input.set_text(&format!("{} ", typed.word));
            self.finder.changed();
        } else if typed.needs_argument() {
            self.finder.refusal = Some(format!("Type {} behind it.", typed.argument));
        }
    }
}

/// How an argument is called that is one of the roster's hosts.
pub const HOST: &str = "NAME";

fn matching_hosts(app: &App, text: &str) -> Vec<usize> {
    host_picker::matching(app, text, (0..app.roster.len()).collect())
}

fn host_name(app: &App, place: usize) -> &str {
    app.roster.get(place).map_or("", |known| known.name.as_str())
}

/// The first word, and what stands behind it once there is a blank. A colon before it is forgiven.
fn split(text: &str) -> (&str, Option<&str>) {
    let text = text.trim_start().trim_start_matches(':');
    match text.split_once(' ') {
        Some((word, rest)) => (word, Some(rest.trim())),
        None => (text, None),
    }
}

fn everything() -> impl Iterator<Item = Row> {
    typed::ALL.iter().map(Row::Typed).chain(commands::all().map(Row::Command))
}

fn can_run(row: Row, app: &App) -> bool {
    match row {
        Row::Command(command) => command.here(app).is_ok(),
        Row::Typed(_) | Row::Host(..) => true,
    }
}

fn unasked(app: &App) -> Vec<Row> {
    let mut rows: Vec<Row> = commands::all().map(Row::Command).chain(typed::ALL.iter().map(Row::Typed)).collect();
    let recent = |row: &Row| app.recent.iter().position(|name| *name == row.name()).unwrap_or(usize::MAX);
    let scopes = app.scopes();
    let near = |row: &Row| match row {
        Row::Command(command) => scopes.iter().position(|scope| *scope == command.scope).unwrap_or(usize::MAX),
        Row::Typed(_) | Row::Host(..) => scopes.len(),
    };
    order::sort_by_key(&mut rows, |row| (recent(row), !can_run(*row, app), near(row)));
    rows
}

/// What was typed, as it is looked for.
struct Wanted {
    /// In names and titles: the letters in their order, whatever lies between.
    letters: Pattern,
    /// In sentences: the words themselves, as nearly every sentence has any few letters in some order.
    words: Pattern,
}

impl Wanted {
    fn new(text: &str) -> Self {
        let pattern = |kind| Pattern::new(text, CaseMatching::Ignore, Normalization::Smart, kind);
        Self { letters: pattern(AtomKind::Fuzzy), words: pattern(AtomKind::Substring) }
    }

    /// How well a row fits. A word typed in full wins, then titles over names over sentences.
    fn score(&self, row: Row, word: &str, matcher: &mut Matcher) -> Option<u32> {
        let mut fit = |pattern: &Pattern, text: &str, bonus: u32| {
            let mut buffer = Vec::new();
            pattern.score(Utf32Str::new(text, &mut buffer), matcher).map(|score| score + bonus)
        };
        let fits = match row {
            Row::Command(command) => [
                fit(&self.letters, command.title, 40),
                fit(&self.letters, command.name, 20),
                fit(&self.words, command.sentence, 0),
            ],
            Row::Typed(typed) if typed.word.starts_with(word) => [Some(1_000), None, None],
            Row::Typed(typed) | Row::Host(typed, _) => {
                [fit(&self.letters, typed.word, 30), fit(&self.words, typed.sentence, 0), None]
            }
        };
        fits.into_iter().flatten().max()
    }
}
