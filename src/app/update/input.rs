//! Keys, pasted text and the mouse.

use super::{Effects, console, forms, perform_on, renew};
use crate::app::App;
use crate::app::commands::Command;
use crate::app::dialog::api::ApiConsole;
use crate::app::dialog::click::Spot;
use crate::app::dialog::palette::Palette;
use crate::app::dialog::{Answer, Dialog};
use crate::app::fleet;
use crate::app::key::Key;
use crate::app::layout::{Pane, inside};
use crate::app::line_input::InputOutcome;
use crate::app::prompt::Purpose;
use crate::domain::RawRequest;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

/// A key goes to the dialog on top, else to the prompt, else to the command it is bound to.
pub fn key(app: &mut App, event: KeyEvent, effects: &mut Effects) {
    if event.kind == KeyEventKind::Release {
        return;
    }
    if app.dialogs.is_empty() && app.prompt.is_none() && console::takes_keys(app) {
        console::key(app, event, effects);
    } else if is_interrupt(event) {
        effects.push(crate::app::Effect::Quit);
    } else if !app.dialogs.is_empty() {
        in_dialog(app, effects, |dialog, app| dialog.key(event, app));
    } else if app.prompt.is_some() {
        prompt_key(app, event);
    } else if let Some(command) = app.keymap.command(&app.scopes(), Key::from_event(event)) {
        run(app, command, effects);
    }
}

/// `Ctrl-c` ends the program wherever the focus is.
fn is_interrupt(event: KeyEvent) -> bool {
    event.code == KeyCode::Char('c') && event.modifiers.contains(KeyModifiers::CONTROL)
}

/// Runs a command, or says why it cannot be done now.
pub fn run(app: &mut App, command: &'static Command, effects: &mut Effects) {
    match command.readiness(app) {
        Ok(()) => (command.run)(app, effects),
        Err(reason) => tell_off(app, format!("{}: {reason}", command.title)),
    }
}

/// Applies something to the dialog on top, and does what it wants then.
fn in_dialog(app: &mut App, effects: &mut Effects, apply: impl FnOnce(&mut Dialog, &App) -> Answer) {
    // It looks at the rest of the state while it decides, so it is taken out for that time.
    let Some(mut dialog) = app.dialogs.pop() else { return };
    let answer = apply(&mut dialog, app);
    app.dialogs.push(dialog);
    follow(app, answer, effects);
}

fn follow(app: &mut App, answer: Answer, effects: &mut Effects) {
    match answer {
        Answer::Stay => {}
        Answer::Close => {
            if let Some(Dialog::Api(console)) = app.dialogs.pop() {
                app.api_book.keep(console);
            }
        }
        Answer::Perform(requests) => {
            app.dialogs.pop();
            app.list_mut().clear_marks();
            for (host, requests) in requests {
                perform_on(app, &host, requests, effects);
            }
        }
        Answer::Send(host, request) => {
            app.dialogs.pop();
            perform_on(app, &host, vec![*request], effects);
        }
        Answer::Raw(request) => send_raw(app, *request, effects),
        Answer::Effect(effect) => {
            app.dialogs.pop();
            effects.push(effect);
        }
        Answer::Done(effect, notice) => {
            app.dialogs.pop();
            tell(app, notice);
            effects.push(effect);
        }
        Answer::Meanwhile(effect, notice) => {
            tell(app, notice);
            effects.push(effect);
        }
        Answer::Run(command) => {
            if let Some(Dialog::Palette(_)) = app.dialogs.pop() {
                remember(app, command.name);
            }
            run(app, command, effects);
        }
        Answer::Session(container, session) => {
            app.dialogs.pop();
            console::open(app, container, session, effects);
        }
        Answer::Look(host, container) => {
            app.dialogs.pop();
            crate::app::command::charts::look(app, &host, &container, effects);
        }
        Answer::Host(name) => {
            app.dialogs.pop();
            if let Err(reason) = fleet::show(app, &name, effects) {
                tell_off(app, reason);
            }
        }
        Answer::Form(answer) => forms::follow(app, answer, effects),
        Answer::Typed(typed, argument) => {
            let palette = app.dialogs.pop();
            remember(app, typed.word);
            if let (Err(reason), Some(Dialog::Palette(mut palette))) = ((typed.run)(app, &argument, effects), palette) {
                palette.finder.refusal = Some(reason);
                app.dialogs.push(Dialog::Palette(palette));
            }
        }
        Answer::Palette(text) => {
            app.dialogs.pop();
            app.dialogs.push(Dialog::Palette(Palette::new(&text)));
        }
        Answer::Open(dialog) => app.dialogs.push(*dialog),
        Answer::Columns(listing, names) => app.columns.set(listing, names),
        Answer::Fields(names) => crate::app::command::logs::show_fields(app, names),
        Answer::Cancel(job) => super::answers::cancel(app, job, effects),
    }
}

/// Sends what was typed in the API console on top, or asks first whether it is to be.
fn send_raw(app: &mut App, request: RawRequest, effects: &mut Effects) {
    let (request, now) = (app.api_book.number(request), app.now);
    let Some(Dialog::Api(console)) = app.dialogs.last_mut() else { return };
    let host = console.host.clone();
    let asks = request.is_destructive() && request.is_change();
    console.answer = None;
    console.wait_for(request.clone(), now);
    if asks {
        let question = ApiConsole::question(app, &host, request);
        app.dialogs.extend(question);
    } else if request.is_change() {
        perform_on(app, &host, vec![request.into()], effects);
    }
}

fn tell_off(app: &mut App, reason: String) {
    let now = app.now;
    app.notices.warn(now, reason);
}

fn tell(app: &mut App, notice: Option<String>) {
    if let Some(text) = notice {
        let now = app.now;
        app.notices.say(now, text);
    }
}

/// Chosen names kept: more than a screen of them is no help.
const REMEMBERED: usize = 20;

/// Puts a name at the head of what the palette offers.
fn remember(app: &mut App, name: &'static str) {
    app.recent.retain(|other| *other != name);
    app.recent.insert(0, name);
    app.recent.truncate(REMEMBERED);
}

fn prompt_key(app: &mut App, event: KeyEvent) {
    let Some(mut prompt) = app.prompt.take() else { return };
    match event.code {
        KeyCode::Enter => {
            // What counts at once was searched for already: a long search is not begun anew.
            if !prompt.purpose.is_incremental() {
                apply(app, prompt.purpose, prompt.input.text());
            }
            crate::app::command::search::end(app, false);
        }
        KeyCode::Esc => {
            apply(app, prompt.purpose, &prompt.before);
            crate::app::command::search::end(app, true);
        }
        KeyCode::Up | KeyCode::Down if prompt.purpose == Purpose::Filter => {
            app.list_mut().move_by(if event.code == KeyCode::Up { -1 } else { 1 });
            app.prompt = Some(prompt);
        }
        _ => {
            if prompt.input.key(event) == InputOutcome::Changed && prompt.purpose.is_incremental() {
                apply(app, prompt.purpose, prompt.input.text());
            }
            app.prompt = Some(prompt);
        }
    }
}

/// Filters or searches by what stands in the prompt.
fn apply(app: &mut App, purpose: Purpose, text: &str) {
    match purpose {
        Purpose::Filter => {
            text.clone_into(&mut app.list_mut().filter);
            renew(app);
        }
        Purpose::Search => crate::app::command::search::search(app, text),
        Purpose::PsArguments => app.host_mut().detail.set_ps_arguments(text),
    }
}

pub fn paste(app: &mut App, text: &str, effects: &mut Effects) {
    if let Some(dialog) = app.dialogs.last_mut() {
        dialog.paste(text);
    } else if let Some(mut prompt) = app.prompt.take() {
        if prompt.input.paste(text) == InputOutcome::Changed && prompt.purpose.is_incremental() {
            apply(app, prompt.purpose, prompt.input.text());
        }
        app.prompt = Some(prompt);
    } else if console::takes_keys(app) {
        console::paste(app, text, effects);
    }
}

/// A click on a part of the dialog on top, as it was drawn, or on a key that a line of the screen shows.
pub fn click(app: &mut App, spot: Spot, column: u16, effects: &mut Effects) {
    match spot {
        Spot::Command(command) if app.dialogs.is_empty() && app.prompt.is_none() => run(app, command, effects),
        // It was drawn before the dialog or the prompt came.
        Spot::Command(_) => {}
        spot => in_dialog(app, effects, |dialog, app| dialog.click(spot, column, app)),
    }
}

/// A click selects and focuses; the wheel scrolls what is under it.
pub fn mouse(app: &mut App, event: MouseEvent, effects: &mut Effects) {
    if let Some(dialog) = app.dialogs.last() {
        if let Dialog::Overview(_) = dialog
            && matches!(event.kind, MouseEventKind::Moved | MouseEventKind::Drag(_) | MouseEventKind::Down(_))
        {
            return in_dialog(app, effects, |dialog, app| {
                if let Dialog::Overview(overview) = dialog { overview.point(event, app) } else { Answer::Stay }
            });
        }
        let down = match event.kind {
            MouseEventKind::ScrollDown => true,
            MouseEventKind::ScrollUp => false,
            _ => return,
        };
        for _ in 0..dialog.wheel_steps() {
            in_dialog(app, effects, |dialog, app| dialog.wheel(down, app));
        }
        return;
    }
    if console::mouse::is_dragged(app) {
        return console::mouse::mouse(app, event, effects);
    }
    let layout = app.layout();
    let at = Position { x: event.column, y: event.row };
    let over_list = layout.list.contains(at);
    if matches!(event.kind, MouseEventKind::Moved | MouseEventKind::Drag(_)) {
        crate::app::command::charts::hover(app, at);
    }
    if layout.console.contains(at) {
        return console::mouse::mouse(app, event, effects);
    }
    match event.kind {
        MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
            let step = if event.kind == MouseEventKind::ScrollDown { 3 } else { -3 };
            if over_list {
                app.list_mut().move_by(step);
            } else if layout.detail.contains(at) {
                crate::app::command::detail::scroll(app, step);
            }
        }
        MouseEventKind::Down(MouseButton::Left) if over_list => {
            app.focus = Pane::List;
            let rows = inside(layout.list);
            if at.y > rows.y && rows.contains(at) {
                let list = app.list_mut();
                let place = list.top(usize::from(rows.height) - 1) + usize::from(at.y - rows.y - 1);
                if place < list.len() {
                    list.move_to(place);
                }
            }
        }
        MouseEventKind::Down(MouseButton::Left) if layout.detail.contains(at) => {
            app.focus = Pane::Detail;
            if at.y == layout.detail.y {
                crate::app::command::detail::click_tab(app, at.x.saturating_sub(layout.detail.x));
            } else if !crate::app::command::charts::click(app, at) {
                crate::app::command::detail::click_row(app, at.y.saturating_sub(inside(layout.detail).y));
            }
        }
        MouseEventKind::Down(MouseButton::Left) if layout.tabs.contains(at) => {
            crate::app::command::anywhere::click_view(app, at.x.saturating_sub(layout.tabs.x), effects);
        }
        MouseEventKind::Down(MouseButton::Left)
            if app.notices.current(app.now).is_some_and(|notice| notice.area(layout.footer).contains(at)) =>
        {
            crate::app::command::overlay::notice(app, effects);
        }
        _ => {}
    }
}
