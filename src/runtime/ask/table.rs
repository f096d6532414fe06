//! Rows of words in columns, for people who read them in a terminal or behind a pipe.

use crate::domain::text::{clean, width};

/// The rows below their titles; each column as wide as its widest cell. What hosts said is cleaned of what a terminal would
/// obey.
pub fn table(titles: &[&str], rows: &[Vec<String>]) -> String {
    let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
    let rows: Vec<Vec<String>> = std::iter::once(&titles)
        .chain(rows)
        .map(|row| row.iter().map(|cell| clean(cell).into_owned()).collect())
        .collect();
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max();
    let widths: Vec<usize> = (0..titles.len()).map(|column| widest(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, wide) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(wide.saturating_sub(width(cell)) + 3));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_line_up_and_nothing_reaches_the_terminal() {
        let rows = [vec!["a\u{1b}[31m".to_owned(), "x".to_owned()], vec!["日本".to_owned(), "y".to_owned()]];
        let text = table(&["N", "V"], &rows);
        assert!(!text.contains('\u{1b}'), "{text:?}");
        let starts: Vec<usize> = text.lines().map(super::width).collect();
        assert_eq!(starts.windows(2).filter(|pair| pair[0] != pair[1]).count(), 0, "{text}");
    }
}
