//! The views: what the list pane lists.

mod facts;

use super::App;
use super::console::ConsoleSession;
use super::detail::Tab;
use super::host::Host;
use super::listing::{Listing, Place};
use crate::domain::text::{clean, truncate, width};

/// A kind of thing that has a list of its own. The number is its key and its place among the tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    Containers,
    Images,
    Volumes,
    Networks,
    Registries,
    Events,
    /// What the engine says of itself, and what takes room on its disk.
    System,
}

/// Where the first view's name begins in the line of views, and how far apart names are.
pub const TITLE_LEFT: u16 = 1;
/// Blanks between two views in their line.
const VIEW_GAP: usize = 2;
/// Blanks and sign between two names of tabs: ` · `.
pub const TAB_GAP: u16 = 3;

/// The line of views: each one's text, in order. Where there is no room for all of it, first the counts go, then the names of
/// those that are not on screen.
pub fn tab_texts(app: &App) -> impl Iterator<Item = (Listing, String)> {
    let told = |listing: Listing, detailed: Detailed| {
        let count = match listing {
            _ if detailed < Detailed::Counted => String::new(),
            Listing::View(View::Containers) if app.place == Place::Everywhere => everywhere_text(app),
            Listing::View(view) => count_text(app.host(), view),
            Listing::Hosts | Listing::Everywhere => String::new(),
        };
        let is_shown = listing == app.listing();
        let title = if detailed == Detailed::Short && !is_shown { listing.short_title() } else { listing.title() };
        format!("{} {title}{count}", listing.digit())
    };
    let room = usize::from(app.area.width.saturating_sub(TITLE_LEFT));
    let texts =
        |detailed: Detailed| Listing::all().map(|listing| (listing, told(listing, detailed))).collect::<Vec<_>>();
    let fits = |texts: &[(Listing, String)]| {
        texts.iter().map(|(_, text)| width(text) + VIEW_GAP).sum::<usize>() <= room + VIEW_GAP
    };
    let levels = [Detailed::Counted, Detailed::Named, Detailed::Short];
    let fitting = levels.into_iter().map(texts).find(|texts| fits(texts));
    fitting.unwrap_or_else(|| texts(Detailed::Short)).into_iter()
}

/// How much the line of views tells of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Detailed {
    Short,
    Named,
    Counted,
}

fn count_text(host: &Host, view: View) -> String {
    let (known, count) = match view {
        // Events go on and on, and kinds of things that take room are always four.
        View::Events | View::System => return String::new(),
        // However deep one is in one of them.
        View::Registries => host.registries.count(),
        View::Containers | View::Images | View::Volumes | View::Networks => {
            (host.freshness(view).at.is_some(), host.row_count(view))
        }
    };
    if known || count > 0 { format!(" {count}") } else { String::new() }
}

/// While those of all hosts are listed, all of them count.
fn everywhere_text(app: &App) -> String {
    format!(" {}", app.hosts.iter().map(|host| host.containers.rows.len()).sum::<usize>())
}

/// What stands at `column` of the line of views.
pub fn tab_at(app: &App, column: u16) -> Option<Listing> {
    let mut left = usize::from(TITLE_LEFT);
    for (listing, text) in tab_texts(app) {
        let right = left + text.len();
        if (left..right).contains(&usize::from(column)) {
            return Some(listing);
        }
        left = right + VIEW_GAP;
    }
    None
}

/// What the detail pane calls the thing it shows.
pub fn detail_title(app: &App) -> String {
    let host = app.host();
    if let Some(together) = &app.together {
        return truncate(&clean(&together.title()), LONGEST_TITLE).into_owned();
    }
    let name = match host.view {
        View::Containers => host.selected_container().map(|row| row.name.to_string()),
        View::Images => host.selected_image().map(|row| row.title().to_owned()),
        View::Volumes => host.selected_volume().map(|row| row.name.to_string()),
        View::Networks => host.selected_network().map(|row| row.name.to_string()),
        View::Registries => host.registries.title(),
        View::Events => host.selected_event().map(|row| format!("{} {}", row.action, row.short_name())),
        View::System => Some(host.selected_disk_use().map_or("System", |row| row.kind.title()).to_owned()),
    };
    let name = name.unwrap_or_default();
    truncate(&clean(&name), LONGEST_TITLE).into_owned()
}

/// Columns that the name in a pane's title gets at most.
const LONGEST_TITLE: usize = 30;

/// A session in the title line of the console pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionTab {
    /// Its place among the sessions.
    pub place: usize,
    /// Its number, what runs, where, how it stands.
    pub title: String,
    /// The columns that it takes, counted from the pane's left edge.
    pub columns: std::ops::Range<u16>,
}

/// The sessions that the title line of a console pane of that width names: from the first one on as long as there is room for
/// the one on top.
pub fn console_tabs(host: &Host, pane: u16) -> Vec<SessionTab> {
    let titles = session_titles(host);
    let room = usize::from(pane.saturating_sub(2 * (TITLE_LEFT + 1)));
    let active = host.consoles.active_place();
    let (mut first, mut taken) = (active, 0);
    for (place, title) in titles.iter().enumerate().take(active + 1).rev() {
        taken += width(title);
        if taken > room {
            break;
        }
        first = place;
        taken += usize::from(TAB_GAP);
    }
    let mut left = TITLE_LEFT + 1;
    let tab = |(place, title): (usize, String)| {
        let right = left.saturating_add(u16::try_from(width(&title)).unwrap_or(u16::MAX));
        let columns = left..right;
        left = right.saturating_add(TAB_GAP);
        SessionTab { place, title, columns }
    };
    titles.into_iter().enumerate().skip(first).map(tab).collect()
}

fn session_titles(host: &Host) -> Vec<String> {
    let title = |(place, session): (usize, &ConsoleSession)| {
        let state = session.state_words();
        let state = if state.is_empty() { state } else { format!(" ({state})") };
        let name = format!("{} {}: {}", place + 1, session.name, session.program());
        format!("{}{state}", truncate(&clean(&name), LONGEST_TITLE))
    };
    host.consoles.sessions().iter().enumerate().map(title).collect()
}

/// The tabs of the detail pane.
pub fn detail_tab_names(app: &App) -> &'static [Tab] {
    if app.together.is_some() { &[Tab::Logs] } else { app.host().view.tabs() }
}

/// The columns of a detail pane's title line that each tab takes.
pub fn detail_tabs(app: &App) -> Vec<(Tab, std::ops::Range<u16>)> {
    let mut left = TITLE_LEFT + u16::try_from(width(&detail_title(app))).unwrap_or(0) + TAB_GAP;
    detail_tab_names(app)
        .iter()
        .map(|tab| {
            let right = left + u16::try_from(tab.title().len()).unwrap_or(0);
            let range = left..right;
            left = right + TAB_GAP;
            (*tab, range)
        })
        .collect()
}
