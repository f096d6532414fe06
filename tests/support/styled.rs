//! A screen as a text that shows its styles too: the picture, a map with a letter for each style, the letters' legend.

use super::screen::Screen;
use ratatui::style::{Color, Modifier, Style};
use std::fmt::Write;

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The picture, the map and the legend. In the map a blank is the style that most cells have.
pub fn styled(screen: &Screen) -> String {
    let mut text = screen.to_string();
    let plain = commonest(screen);
    let mut legend: Vec<Style> = Vec::new();
    let mut map = String::new();
    for y in 0..screen.buffer.area.height {
        let mut line = String::new();
        for (x, cell) in screen.cells(y) {
            let style = cell.style();
            // What a wide character covers is part of it.
            while line.chars().count() < usize::from(x) {
                line.push(' ');
            }
            line.push(if style == plain { ' ' } else { letter(&mut legend, style) });
        }
        writeln!(map, "{}", line.trim_end()).unwrap();
    }
    let width = usize::from(screen.buffer.area.width);
    write!(text, "{}\n{map}{}\n", "═".repeat(width), "═".repeat(width)).unwrap();
    writeln!(text, "  {}", words(plain)).unwrap();
    for (style, letter) in legend.iter().zip(LETTERS.chars()) {
        writeln!(text, "{letter} {}", words(*style)).unwrap();
    }
    if let Some(cursor) = screen.cursor {
        writeln!(text, "cursor at {},{}", cursor.x, cursor.y).unwrap();
    }
    text
}

fn letter(legend: &mut Vec<Style>, style: Style) -> char {
    let place = legend.iter().position(|known| *known == style).unwrap_or_else(|| {
        legend.push(style);
        legend.len() - 1
    });
    LETTERS.chars().nth(place).unwrap_or('?')
}

fn commonest(screen: &Screen) -> Style {
    let mut counted: Vec<(Style, usize)> = Vec::new();
    for cell in &screen.buffer.content {
        match counted.iter_mut().find(|(style, _)| *style == cell.style()) {
            Some((_, count)) => *count += 1,
            None => counted.push((cell.style(), 1)),
        }
    }
    counted.into_iter().max_by_key(|(_, count)| *count).map(|(style, _)| style).unwrap_or_default()
}

fn words(style: Style) -> String {
    let mut words = Vec::new();
    for (what, color) in [("", style.fg), ("on ", style.bg)] {
        if let Some(color) = color.filter(|color| *color != Color::Reset) {
            words.push(format!("{what}{color}"));
        }
    }
    words.extend(style.add_modifier.iter_names().map(|(name, _): (&str, Modifier)| name.to_lowercase()));
    if words.is_empty() { "plain".to_owned() } else { words.join(" ") }
}
