//! How far a key scrolls a text that is read in a dialog.

use crossterm::event::KeyCode;

/// Lines down, less than 0 up; 0 for every other key. `page` is how many lines a page key moves by.
pub fn step_of(code: KeyCode, page: usize) -> isize {
    let page = isize::try_from(page).unwrap_or(isize::MAX);
    match code {
        KeyCode::Down | KeyCode::Char('j') => 1,
        KeyCode::Up | KeyCode::Char('k') => -1,
        KeyCode::PageDown | KeyCode::Char(' ') => page,
        KeyCode::PageUp => -page,
        KeyCode::Home | KeyCode::Char('g') => isize::MIN,
        KeyCode::End | KeyCode::Char('G') => isize::MAX,
        _ => 0,
    }
}
