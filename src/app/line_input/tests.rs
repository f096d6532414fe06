//! Keys typed into a line.

use proptest::prelude::*;

use super::*;

fn press(input: &mut LineInput, code: KeyCode, modifiers: KeyModifiers) -> InputOutcome {
    input.key(KeyEvent::new(code, modifiers))
}

fn control(input: &mut LineInput, character: char) -> InputOutcome {
    press(input, KeyCode::Char(character), KeyModifiers::CONTROL)
}

fn plain(input: &mut LineInput, code: KeyCode) -> InputOutcome {
    press(input, code, KeyModifiers::NONE)
}

#[test]
fn typing_moving_and_deleting() {
    let mut input = LineInput::default();
    for character in "web".chars() {
        assert_eq!(plain(&mut input, KeyCode::Char(character)), InputOutcome::Changed);
    }
    assert_eq!(plain(&mut input, KeyCode::Home), InputOutcome::Moved);
    assert_eq!(press(&mut input, KeyCode::Char('A'), KeyModifiers::SHIFT), InputOutcome::Changed);
    assert_eq!((input.text(), input.cursor()), ("Aweb", 1));
    plain(&mut input, KeyCode::Delete);
    plain(&mut input, KeyCode::Backspace);
    assert_eq!((input.text(), input.cursor()), ("eb", 0));
    assert_eq!(plain(&mut input, KeyCode::Backspace), InputOutcome::Moved);
    assert_eq!(plain(&mut input, KeyCode::Enter), InputOutcome::Ignored);
    assert_eq!(control(&mut input, 's'), InputOutcome::Ignored);
    assert_eq!(plain(&mut input, KeyCode::F(1)), InputOutcome::Ignored);
    let released = KeyEvent::new_with_kind(KeyCode::Char('x'), KeyModifiers::NONE, KeyEventKind::Release);
    assert_eq!(input.key(released), InputOutcome::Ignored);
}

#[test]
fn words_and_line_parts() {
    let mut input = LineInput::new("docker run --name web-1");
    press(&mut input, KeyCode::Left, KeyModifiers::CONTROL);
    assert_eq!(input.cursor(), 22);
    press(&mut input, KeyCode::Left, KeyModifiers::ALT);
    assert_eq!(input.cursor(), 18);
    press(&mut input, KeyCode::Right, KeyModifiers::CONTROL);
    assert_eq!(input.cursor(), 21);
    control(&mut input, 'e');
    control(&mut input, 'w');
    assert_eq!(input.text(), "docker run --name ");
    press(&mut input, KeyCode::Backspace, KeyModifiers::ALT);
    assert_eq!(input.text(), "docker run --");
    control(&mut input, 'a');
    press(&mut input, KeyCode::Char('d'), KeyModifiers::ALT);
    assert_eq!(input.text(), " run --");
    press(&mut input, KeyCode::Char('f'), KeyModifiers::ALT);
    control(&mut input, 'k');
    assert_eq!(input.text(), " run");
    control(&mut input, 'u');
    assert!(input.is_empty());
}

#[test]
fn graphemes_are_whole() {
    let mut input = LineInput::new("a👩\u{200d}👧e\u{301}");
    plain(&mut input, KeyCode::Backspace);
    assert_eq!(input.text(), "a👩\u{200d}👧");
    plain(&mut input, KeyCode::Left);
    assert_eq!(input.cursor(), 1);
    plain(&mut input, KeyCode::Delete);
    assert_eq!(input.text(), "a");
}

#[test]
fn what_is_pasted_stays_one_harmless_line() {
    let mut input = LineInput::new("<>");
    plain(&mut input, KeyCode::Left);
    assert_eq!(input.paste("a\r\nb\tc\x1b[31m\u{202e}"), InputOutcome::Changed);
    assert_eq!((input.text(), input.cursor()), ("<ab c[31m>", 9));
    assert_eq!(input.paste("\n"), InputOutcome::Moved);
    input.set_text(&"é".repeat(100_000));
    assert_eq!(input.text().len(), LIMIT);
    input.clear();
    assert!(input.is_empty());
}

#[test]
fn a_long_text_is_shown_around_the_cursor() {
    let mut input = LineInput::new("0123456789");
    assert_eq!(input.visible(20), ("0123456789", 10));
    assert_eq!(input.visible(5), ("6789", 4));
    plain(&mut input, KeyCode::Left);
    assert_eq!(input.visible(5), ("56789", 4));
    plain(&mut input, KeyCode::Home);
    assert_eq!(input.visible(5), ("01234", 0));
    assert_eq!(input.visible(0), ("", 0));
    assert_eq!(LineInput::new("日本語").visible(4), ("語", 2));
}

proptest! {
    #[test]
    fn no_grapheme_is_ever_split(
        start in "\\PC{0,12}",
        keys in prop::collection::vec((0usize..14, "[a ]|e\u{301}|\u{301}|\u{200d}|👩|🇩|日|\\PC"), 0..40),
        width in 0usize..12,
    ) {
        let mut input = LineInput::new(&start);
        for (key, text) in keys {
            let before = input.text().to_owned();
            let outcome = match key {
                0..=3 => input.paste(&text),
                4 => plain(&mut input, KeyCode::Left),
                5 => plain(&mut input, KeyCode::Right),
                6 => plain(&mut input, KeyCode::Backspace),
                7 => plain(&mut input, KeyCode::Delete),
                8 => press(&mut input, KeyCode::Left, KeyModifiers::CONTROL),
                9 => press(&mut input, KeyCode::Right, KeyModifiers::CONTROL),
                10 => control(&mut input, 'w'),
                11 => press(&mut input, KeyCode::Char('d'), KeyModifiers::ALT),
                12 => plain(&mut input, KeyCode::Home),
                _ => plain(&mut input, KeyCode::Char('x')),
            };
            prop_assert_eq!(outcome == InputOutcome::Changed, before != input.text());
            let borders: Vec<usize> = input.text().grapheme_indices(true).map(|(at, _)| at).chain([input.text().len()]).collect();
            prop_assert!(borders.contains(&input.cursor()));
            let (shown, column) = input.visible(width);
            prop_assert!(shown.graphemes(true).map(UnicodeWidthStr::width).sum::<usize>() <= width);
            prop_assert!(width == 0 || column < width);
            let at = shown.as_ptr() as usize;
            let from = at.wrapping_sub(input.text().as_ptr() as usize);
            prop_assert!(shown.is_empty() || (borders.contains(&from) && borders.contains(&(from + shown.len()))));
        }
    }
}

#[test]
fn a_click_lands_on_the_border_before_what_is_under_it() {
    let mut input = LineInput::new("a日e\u{301}z");
    let mut at = |from, column| {
        input.place_cursor(from, column);
        input.cursor()
    };
    assert_eq!([at(0, 0), at(0, 1), at(0, 2), at(0, 3), at(0, 4), at(0, 90)], [0, 1, 1, 4, 7, 8]);
    assert_eq!((at(1, 2), at(8, 5)), (4, 8));
}
