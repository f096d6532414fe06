//! What the user does inside the detail pane, whatever its tab: scroll, search, reveal, copy.

use super::rows::Rows;
use super::{Detail, Tab};
use crate::app::json_tree::JsonTree;
use crate::app::logs::{Jump, Pattern, Viewport, escape};

/// Columns that one step sideways takes.
const SIDE_STEP: usize = 8;
/// Long rows are not looked through further than this.
const WIDEST: usize = 64 * 1024;

/// What came of a search or a step of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    Found,
    NoneLeft,
    /// The log is long: the answer comes with a later beat.
    Searching,
}

impl From<Jump> for Looked {
    fn from(jump: Jump) -> Self {
        match jump {
            Jump::Arrived(_) => Self::Found,
            Jump::NoneLeft => Self::NoneLeft,
            Jump::Searching => Self::Searching,
        }
    }
}

fn found(found: bool) -> Looked {
    if found { Looked::Found } else { Looked::NoneLeft }
}

impl Detail {
    /// Scrolls or moves the cursor by rows, down where positive.
    pub fn move_by(&mut self, rows: isize, viewport: Viewport) {
        let Some(tab) = self.shown_tab() else { return };
        let height = rows_in(tab, viewport);
        if let Some(table) = self.table_mut() {
            table.move_by(rows, height);
            return;
        }
        match (tab, &mut self.logs, self.inspect.tree_mut()) {
            (Tab::Logs, Some(logs), _) => logs.view.move_by(rows, viewport),
            (Tab::Inspect, _, Some(tree)) => tree.move_by(rows, height),
            _ => {}
        }
    }

    /// The table on screen, where the tab shows one.
    pub fn table(&self) -> Option<&dyn Rows> {
        match self.shown_tab()? {
            Tab::Top => Some(&self.top),
            Tab::Env => Some(&self.env),
            Tab::Changes => Some(&self.changes),
            Tab::History => Some(&self.history),
            Tab::Platforms => Some(&self.platforms),
            Tab::Members => Some(&self.members),
            Tab::Links => Some(&self.links),
            Tab::Files => Some(&self.files),
            Tab::Items => Some(&self.items),
            Tab::Engine => Some(&self.about),
            Tab::Plugins => Some(&self.plugins),
            Tab::Logs | Tab::Stats | Tab::Inspect => None,
        }
    }

    fn table_mut(&mut self) -> Option<&mut dyn Rows> {
        match self.shown_tab()? {
            Tab::Top => Some(&mut self.top),
            Tab::Env => Some(&mut self.env),
            Tab::Changes => Some(&mut self.changes),
            Tab::History => Some(&mut self.history),
            Tab::Platforms => Some(&mut self.platforms),
            Tab::Members => Some(&mut self.members),
            Tab::Links => Some(&mut self.links),
            Tab::Files => Some(&mut self.files),
            Tab::Items => Some(&mut self.items),
            Tab::Engine => Some(&mut self.about),
            Tab::Plugins => Some(&mut self.plugins),
            Tab::Logs | Tab::Stats | Tab::Inspect => None,
        }
    }

    /// Goes to the first row.
    pub fn to_top(&mut self, viewport: Viewport) {
        let is_log = self.shown_tab() == Some(Tab::Logs);
        match &mut self.logs {
            Some(logs) if is_log => logs.view.to_top(),
            Some(_) | None => self.move_by(isize::MIN, viewport),
        }
    }

    /// Goes to the last row; in a log, follows again.
    pub fn to_end(&mut self, viewport: Viewport) {
        let is_log = self.shown_tab() == Some(Tab::Logs);
        match &mut self.logs {
            Some(logs) if is_log => logs.view.to_end(),
            Some(_) | None => self.move_by(isize::MAX, viewport),
        }
    }

    /// Puts the cursor on the row that stands `row` rows below the top of the pane's inside (a click).
    pub fn select_shown(&mut self, row: usize, viewport: Viewport) {
        let Some(tab) = self.shown_tab() else { return };
        let height = rows_in(tab, viewport);
        let Some(row) = row.checked_sub(tab.title_rows()) else { return };
        if let Some(table) = self.table_mut() {
            let row = table.window(height).start + row;
            if row < table.row_count() {
                table.select(row, height);
            }
        } else if tab == Tab::Inspect
            && let Some(tree) = self.inspect.tree_mut()
        {
            let row = tree.top_for(height) + row;
            if row < tree.row_count() {
                tree.select_row(row, height);
            }
        }
    }

    /// Moves long rows sideways, to their right ends where positive.
    pub fn move_sideways(&mut self, steps: isize, viewport: Viewport) {
        let columns = steps.saturating_mul(SIDE_STEP as isize);
        let is_log = self.shown_tab() == Some(Tab::Logs);
        match &mut self.logs {
            Some(logs) if is_log => logs.view.scroll_sideways(columns, viewport),
            Some(_) | None => self.sideways = self.sideways.saturating_add_signed(columns).min(WIDEST),
        }
    }

    /// What is searched for in the tab on screen.
    pub fn search_text(&self) -> Option<&str> {
        match self.shown_tab()? {
            Tab::Logs => self.logs.as_ref()?.view.search().map(|search| search.pattern().text()),
            Tab::Inspect => self.inspect.tree().value()?.search().map(Pattern::text),
            Tab::Files => self.files.filter().map(Pattern::text),
            Tab::Stats
            | Tab::Top
            | Tab::Env
            | Tab::Changes
            | Tab::History
            | Tab::Platforms
            | Tab::Members
            | Tab::Links
            | Tab::Items
            | Tab::Engine
            | Tab::Plugins => self.table()?.look().search().map(Pattern::text),
        }
    }

    /// A search begins to be typed: each letter searches from here.
    pub fn begin_search(&mut self) {
        self.search_origin = self.logs.as_ref().map(|logs| logs.view.position());
    }

    /// The search is typed, or was given up: then the log looks again where it looked before.
    pub fn end_search(&mut self, given_up: bool, viewport: Viewport) {
        let (Some(origin), Some(logs)) = (self.search_origin.take(), &mut self.logs) else { return };
        if given_up {
            logs.view.set_position(origin);
        }
        logs.view.settle_search((!given_up).then_some(viewport));
    }

    /// Searches what the tab shows, as it is typed; no text ends the search.
    pub fn search(&mut self, text: &str, viewport: Viewport) -> Looked {
        self.search_error = None;
        if text.is_empty() {
            self.clear();
            return Looked::Found;
        }
        let pattern = match Pattern::parse(text) {
            Ok(pattern) => pattern,
            Err(sentence) => {
                self.search_error = Some(sentence);
                return Looked::NoneLeft;
            }
        };
        match self.shown_tab() {
            Some(Tab::Logs) => match &mut self.logs {
                Some(logs) => {
                    if let Some(origin) = self.search_origin {
                        logs.view.set_position(origin);
                    }
                    logs.view.start_search(pattern, viewport).into()
                }
                None => Looked::NoneLeft,
            },
            Some(Tab::Inspect) => match self.inspect.tree_mut() {
                Some(tree) => found(tree.start_search(pattern, viewport.height)),
                None => Looked::NoneLeft,
            },
            Some(Tab::Files) => found(self.files.set_filter(Some(pattern))),
            Some(tab) => match self.table_mut() {
                Some(table) => found(table.start_search(pattern, rows_in(tab, viewport))),
                None => Looked::NoneLeft,
            },
            None => Looked::NoneLeft,
        }
    }

    /// Goes to the next hit below, or above.
    pub fn step_search(&mut self, below: bool, viewport: Viewport) -> Looked {
        match self.shown_tab() {
            Some(Tab::Logs) => match &mut self.logs {
                Some(logs) if below => logs.view.search_next(viewport).into(),
                Some(logs) => logs.view.search_previous(viewport).into(),
                None => Looked::NoneLeft,
            },
            Some(Tab::Inspect) => match self.inspect.tree_mut() {
                Some(tree) if below => found(tree.search_next(viewport.height)),
                Some(tree) => found(tree.search_previous(viewport.height)),
                None => Looked::NoneLeft,
            },
            // There it filters: every row is a hit.
            Some(Tab::Files) | None => Looked::NoneLeft,
            Some(tab) => match self.table_mut() {
                Some(table) if below => found(table.search_next(rows_in(tab, viewport))),
                Some(table) => found(table.search_previous(rows_in(tab, viewport))),
                None => Looked::NoneLeft,
            },
        }
    }

    /// Whether a search in the log on screen has not come to its end.
    pub fn is_searching(&self) -> bool {
        self.shown_tab() == Some(Tab::Logs) && self.logs.as_ref().is_some_and(|logs| logs.view.is_searching())
    }

    /// Takes back the marks of a log, else a search; false when there was neither.
    pub fn clear(&mut self) -> bool {
        if self.shown_tab() == Some(Tab::Logs) && self.logs.as_mut().is_some_and(|logs| logs.view.clear_marks()) {
            return true;
        }
        let had_one = self.search_text().is_some() || self.search_error.take().is_some();
        match self.shown_tab() {
            Some(Tab::Logs) => {
                if let Some(logs) = &mut self.logs {
                    logs.view.clear_search();
                }
            }
            Some(Tab::Inspect) => {
                if let Some(tree) = self.inspect.tree_mut() {
                    tree.clear_search();
                }
            }
            Some(Tab::Files) => {
                let is_waiting = self.asked.as_ref().is_some_and(|asked| !asked.answered);
                if had_one {
                    self.files.set_filter(None);
                } else {
                    return self.files.halt(is_waiting);
                }
            }
            Some(_) | None => {
                if let Some(table) = self.table_mut() {
                    table.clear_search();
                }
            }
        }
        had_one
    }

    /// Shows secrets, or hides them again.
    pub fn toggle_reveal(&mut self) {
        self.revealed = !self.revealed;
        self.inspect.reveal(self.revealed);
        self.env.reveal(self.revealed);
    }

    /// What the host's `ps` is called with from now on; empty for its default.
    pub fn set_ps_arguments(&mut self, arguments: &str) {
        if self.ps_arguments != arguments.trim() {
            arguments.trim().clone_into(&mut self.ps_arguments);
            self.top.forget();
        }
    }

    /// What can be copied of the tab on screen: what each is called, and its text. Hidden secrets are left out.
    pub fn copyables(&self) -> Vec<(&'static str, String)> {
        let mut texts: Vec<(&'static str, String)> = Vec::new();
        match self.shown_tab() {
            Some(Tab::Logs) => texts.extend(self.log_line().map(|line| ("Line", line))),
            Some(Tab::Inspect) => texts.extend(self.inspect.tree().value().into_iter().flat_map(tree_texts)),
            Some(Tab::Env) => {
                if let Some(variable) = self.env.selected() {
                    texts.push(("Variable", variable.key.to_string()));
                    if !variable.is_secret || self.revealed {
                        let value = variable.shown(true);
                        texts.push(("Value", value.to_string()));
                        texts.push(("Variable and value", format!("{}={value}", variable.key)));
                    }
                }
            }
            Some(Tab::Top) => texts.extend(self.top.selected_row().map(|row| ("Process", row.join(" ")))),
            Some(Tab::Changes) => texts.extend(self.changes.selected().map(|change| ("Path", change.path.to_string()))),
            Some(Tab::History) => {
                texts.extend(self.history.selected().map(|layer| ("Command", layer.created_by.to_string())));
            }
            Some(Tab::Platforms) => {
                texts.extend(self.platforms.selected().into_iter().flat_map(|manifest| {
                    let named = [("Platform", manifest.title()), ("Digest", manifest.digest.to_string())];
                    named.into_iter().filter(|(_, text)| !text.is_empty())
                }));
            }
            Some(Tab::Members) => texts.extend(self.members.selected().into_iter().flat_map(|member| {
                let named =
                    [("Name", &member.name), ("IPv4", &member.ipv4), ("IPv6", &member.ipv6), ("MAC", &member.mac)];
                named.map(|(label, text)| (label, text.to_string()))
            })),
            Some(Tab::Links) => texts.extend(self.links.selected().map(|link| ("Name", link.name.to_string()))),
            Some(Tab::Items) => texts.extend(self.items.selected().map(|item| ("Name", item.name.to_string()))),
            Some(Tab::Engine) => texts.extend(self.about.selected().map(|fact| (fact.name, fact.value.clone()))),
            Some(Tab::Plugins) => texts.extend(self.plugins.selected().map(|plugin| ("Name", plugin.name.to_string()))),
            Some(Tab::Files) => {
                texts.extend(self.files.selected_path().map(|path| ("Path", path.text())));
                texts.extend(self.files.path().map(|path| ("Folder", path.text())));
            }
            Some(Tab::Stats) | None => {}
        }
        texts
    }

    /// The line that the last jump came to, else the newest one.
    fn log_line(&self) -> Option<String> {
        let view = &self.logs.as_ref()?.view;
        let line = view.current().and_then(|line| view.store().line(line)).or_else(|| view.store().last())?;
        Some(escape::plain(line.bytes))
    }
}

fn tree_texts(tree: &JsonTree) -> [(&'static str, String); 3] {
    [("Value", tree.value_text()), ("Path", tree.path()), ("All as JSON", tree.whole_text())]
}

/// Rows that a tab shows in a pane of that size.
pub(super) fn rows_in(tab: Tab, viewport: Viewport) -> usize {
    viewport.height.saturating_sub(tab.title_rows())
}
