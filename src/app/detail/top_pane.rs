//! The processes of the selected container, as the host's `ps` printed them, in an order of the user's.

use super::loaded::Loaded;
use super::rows::{RowLook, Rows};
use crate::domain::{Failure, Processes, order};
use std::cmp::Ordering;

#[derive(Debug, Default)]
pub struct TopPane {
    processes: Loaded<Processes>,
    /// Sorted by the column of this title, where `ps` prints one; else in the order of `ps`.
    sort: Option<TopSort>,
    /// Indices of the rows in that order.
    order: Vec<usize>,
    look: RowLook,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopSort {
    pub title: Box<str>,
    pub descending: bool,
}

impl TopPane {
    /// The cursor stays on its process.
    pub fn take(&mut self, answer: Result<Processes, Failure>) {
        let selected = self.selected_process();
        self.processes.take(answer);
        self.renew_order();
        self.go_to(selected);
    }

    pub fn processes(&self) -> &Loaded<Processes> {
        &self.processes
    }

    pub fn sorted_by(&self) -> Option<&TopSort> {
        self.sort.as_ref()
    }

    /// Row `place` in the order shown.
    pub fn row(&self, place: usize) -> Option<&[Box<str>]> {
        self.processes.value()?.rows.get(*self.order.get(place)?).map(Vec::as_slice)
    }

    /// Sorts by the column `step` places on; before the first and behind the last comes the order of `ps`.
    pub fn step_sort(&mut self, step: isize) {
        let Some(processes) = self.processes.value() else { return };
        let place = self.sort.as_ref().and_then(|sort| column_of(processes, sort)).map_or(0, |column| column + 1);
        let next = (place as isize + step).rem_euclid(processes.titles.len() as isize + 1) as usize;
        let title = next.checked_sub(1).and_then(|column| processes.titles.get(column));
        let sort = title.map(|title| TopSort { title: title.clone(), descending: is_amount(title) });
        self.sort_by(sort);
    }

    pub fn reverse(&mut self) {
        let sort = self.sort.clone().map(|sort| TopSort { descending: !sort.descending, ..sort });
        self.sort_by(sort);
    }

    /// The row under the cursor.
    pub fn selected_row(&self) -> Option<&[Box<str>]> {
        self.row(self.cursor_row())
    }

    /// Another container's processes follow; the order stays as chosen.
    pub fn forget(&mut self) {
        *self = Self { sort: self.sort.take(), ..Self::default() };
    }

    fn sort_by(&mut self, by: Option<TopSort>) {
        let selected = self.selected_process();
        self.sort = by;
        self.renew_order();
        self.go_to(selected);
    }

    /// The number of the process under the cursor.
    fn selected_process(&self) -> Option<Box<str>> {
        let column = number_column(self.processes.value()?)?;
        self.selected_row()?.get(column).cloned()
    }

    fn go_to(&mut self, process: Option<Box<str>>) {
        let Some(column) = self.processes.value().and_then(number_column).filter(|_| process.is_some()) else { return };
        let is_wanted = |place: &usize| self.row(*place).and_then(|row| row.get(column)) == process.as_ref();
        if let Some(place) = (0..self.row_count()).find(is_wanted) {
            self.look.place(place);
        }
    }

    fn renew_order(&mut self) {
        let Some(processes) = self.processes.value() else { return };
        let mut order: Vec<usize> = (0..processes.rows.len()).collect();
        if let Some(sort) = &self.sort
            && let Some(column) = column_of(processes, sort)
        {
            let text = |row: usize| processes.rows.get(row).and_then(|row| row.get(column)).map_or("", |cell| &**cell);
            order::sort_places(&mut order, &mut |left, right| {
                let order = compare(text(left), text(right));
                if sort.descending { order.reverse() } else { order }
            });
        }
        self.order = order;
        self.renew_hits();
    }
}

impl Rows for TopPane {
    fn look(&self) -> &RowLook {
        &self.look
    }

    fn look_mut(&mut self) -> &mut RowLook {
        &mut self.look
    }

    fn row_count(&self) -> usize {
        self.order.len()
    }

    fn row_text(&self, place: usize) -> String {
        self.row(place).map(|cells| cells.join(" ")).unwrap_or_default()
    }
}

fn number_column(processes: &Processes) -> Option<usize> {
    processes.titles.iter().position(|title| title.eq_ignore_ascii_case("PID"))
}

fn column_of(processes: &Processes, sort: &TopSort) -> Option<usize> {
    processes.titles.iter().position(|title| *title == sort.title)
}

/// Columns of which the largest is looked for first.
fn is_amount(title: &str) -> bool {
    ["C", "%CPU", "%MEM", "RSS", "VSZ", "SZ", "TIME", "TIME+", "CPU", "MEM"].contains(&title)
}

/// Numbers and times by what they amount to, before all text.
fn compare(left: &str, right: &str) -> Ordering {
    match (amount(left), amount(right)) {
        (Some(left), Some(right)) => left.total_cmp(&right),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => left.cmp(right),
    }
}

/// `12`, `0.3`, `4%`, `12m`, `00:01:23`, `1-02:03:04`.
fn amount(text: &str) -> Option<f64> {
    let (days, rest) = match text.split_once('-') {
        Some((days, rest)) if rest.contains(':') => (days.parse::<f64>().ok()?, rest),
        _ => (0.0, text),
    };
    if rest.contains(':') {
        let seconds = rest.split(':').try_fold(0.0, |sum, part| Some(sum * 60.0 + part.parse::<f64>().ok()?))?;
        return Some(days * 86_400.0 + seconds);
    }
    let bare = rest.trim_end_matches('%');
    let (figure, factor) = match bare.char_indices().next_back()? {
        (at, 'k' | 'K') => (bare.get(..at)?, 1024.0),
        (at, 'm' | 'M') => (bare.get(..at)?, 1_048_576.0),
        (at, 'g' | 'G') => (bare.get(..at)?, 1_073_741_824.0),
        _ => (bare, 1.0),
    };
    figure.parse::<f64>().ok().filter(|figure| figure.is_finite()).map(|figure| figure * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn processes(rows: &[&[&str]]) -> Processes {
        let boxed = |row: &&[&str]| row.iter().map(|cell| (*cell).into()).collect();
        Processes { titles: boxed(&["PID", "%CPU", "TIME", "CMD"].as_slice()), rows: rows.iter().map(boxed).collect() }
    }

    fn commands(pane: &TopPane) -> Vec<String> {
        (0..pane.row_count()).map(|place| pane.row(place).unwrap()[3].to_string()).collect()
    }

    const ROWS: &[&[&str]] =
        &[&["9", "0.5", "00:10:00", "a"], &["10", "12.0", "1-00:00:00", "b"], &["100", "2", "00:00:03", "c"]];

    #[test]
    fn columns_sort_by_what_they_amount_to() {
        let mut pane = TopPane::default();
        pane.take(Ok(processes(ROWS)));
        assert_eq!(commands(&pane), ["a", "b", "c"]);
        pane.step_sort(2);
        assert_eq!(commands(&pane), ["b", "c", "a"]);
        pane.step_sort(1);
        assert_eq!(commands(&pane), ["b", "a", "c"]);
        pane.reverse();
        assert_eq!(commands(&pane), ["c", "a", "b"]);
        pane.step_sort(2);
        assert_eq!(pane.sorted_by(), None);
        assert_eq!(commands(&pane), ["a", "b", "c"]);
    }

    #[test]
    fn the_cursor_stays_on_its_process() {
        let mut pane = TopPane::default();
        pane.take(Ok(processes(ROWS)));
        pane.select(1, 5);
        pane.step_sort(-1);
        assert_eq!(&*pane.selected_row().unwrap()[0], "10");
        pane.take(Ok(processes(&[&["1", "0", "0:00", "init"], &["10", "1", "0:00", "b"]])));
        assert_eq!(&*pane.selected_row().unwrap()[0], "10");
    }

    #[test]
    fn odd_answers_are_no_trouble() {
        let mut pane = TopPane::default();
        pane.step_sort(1);
        pane.take(Ok(Processes { titles: vec!["CMD".into()], rows: vec![vec![], vec!["x".into(), "y".into()]] }));
        pane.step_sort(1);
        pane.move_by(isize::MAX, 0);
        assert_eq!(pane.row_count(), 2);
        assert_eq!(amount("1:x"), None);
        assert_eq!(amount("-"), None);
        assert_eq!(amount("NaN"), None);
        assert_eq!(amount("2m"), Some(2_097_152.0));
    }
}
