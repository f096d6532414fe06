//! Dialogs: what lies over the panes and takes every key until it is closed.

pub mod api;
pub mod audit;
pub mod build_page;
pub mod choose_columns;
pub mod click;
pub mod confirm;
pub mod cursor;
pub mod finder;
pub mod help;
pub mod helper_image;
pub mod host_picker;
pub mod jobs_list;
pub mod menu;
pub mod messages;
pub mod overview;
pub mod palette;
pub mod picker;
pub mod question;
pub mod requests;
mod scroll;
pub mod search_images;
#[cfg(test)]
mod tests;
pub mod text_page;
pub mod trial;

use super::App;
use super::command::typed::Typed;
use super::commands::Command;
use super::effect::{Effect, Session};
use super::form::{Form, FormAnswer};
use super::listing::Listing;
use super::msg::JobId;
use crate::domain::{ContainerId, HostId, RawRequest, Request};
use api::ApiConsole;
use audit::Audit;
use build_page::BuildPage;
use choose_columns::ChooseColumns;
use confirm::Confirm;
use crossterm::event::KeyEvent;
use help::Help;
use helper_image::HelperImage;
use host_picker::HostPicker;
use jobs_list::JobsList;
use menu::Menu;
use messages::Messages;
use overview::Overview;
use palette::Palette;
use question::Question;
use requests::Requests;
use search_images::SearchImages;
use text_page::TextPage;
use trial::Trial;

#[derive(Debug)]
pub enum Dialog {
    Confirm(Box<Confirm>),
    Form(Box<Form>),
    Help(Help),
    Palette(Palette),
    Menu(Menu),
    HelperImage(HelperImage),
    Question(Question),
    Columns(ChooseColumns),
    Messages(Messages),
    Jobs(JobsList),
    Requests(Requests),
    Audit(Audit),
    Api(Box<ApiConsole>),
    Overview(Overview),
    Hosts(HostPicker),
    Search(SearchImages),
    Text(TextPage),
    Build(BuildPage),
    Trial(Trial),
}

/// What a dialog wants after a key.
#[derive(Debug)]
pub enum Answer {
    /// It goes on.
    Stay,
    Close,
    /// Close it and send these requests, those of a host as one batch.
    Perform(Vec<(HostId, Vec<Request>)>),
    /// Close it and send this to a host.
    Send(HostId, Box<Request>),
    /// It goes on; send this from the API console.
    Raw(Box<RawRequest>),
    /// Close it and do this.
    Effect(Effect),
    /// Close it, do this and say so.
    Done(Effect, Option<String>),
    /// It goes on; do this meanwhile and say so.
    Meanwhile(Effect, Option<String>),
    /// Close it and run a command.
    Run(&'static Command),
    /// Close it and do what was typed; open it again with the reason if that cannot be.
    Typed(&'static Typed, String),
    /// Close it and open the palette with this text.
    Palette(String),
    /// It goes on, under another one.
    Open(Box<Dialog>),
    /// It goes on; show these columns.
    Columns(Listing, Vec<&'static str>),
    /// It goes on; show these fields of JSON lines.
    Fields(Vec<String>),
    /// It goes on; stop waiting for this job.
    Cancel(JobId),
    /// Close it and open this session in the console pane.
    Session(ContainerId, Session),
    /// Close it and show what this container uses.
    Look(HostId, ContainerId),
    /// Close it and show this host.
    Host(HostId),
    /// What only forms want.
    Form(FormAnswer),
}

impl Dialog {
    /// Applies a key; `app` is everything else that is true, without this dialog.
    pub fn key(&mut self, event: KeyEvent, app: &App) -> Answer {
        match self {
            Self::Confirm(confirm) => confirm.key(event),
            Self::Form(form) => form.key(event, app.host()),
            Self::Help(help) => help.key(event, app),
            Self::Palette(palette) => palette.key(event, app),
            Self::Menu(menu) => menu.key(event),
            Self::HelperImage(helper) => helper.key(event),
            Self::Question(question) => question.key(event),
            Self::Columns(columns) => columns.key(event),
            Self::Messages(messages) => messages.key(event, app),
            Self::Jobs(jobs) => jobs.key(event, app),
            Self::Requests(requests) => requests.key(event, app),
            Self::Audit(audit) => audit.key(event, app),
            Self::Api(console) => console.key(event, app),
            Self::Overview(overview) => overview.key(event, app),
            Self::Hosts(hosts) => hosts.key(event, app),
            Self::Search(search) => search.key(event, app),
            Self::Text(page) => page.key(event, app.area),
            Self::Build(page) => page.key(event, app),
            Self::Trial(trial) => trial.key(event),
        }
    }

    /// Text pasted by the terminal.
    pub fn paste(&mut self, text: &str) {
        match self {
            Self::Confirm(confirm) => confirm.paste(text),
            Self::Form(form) => form.paste(text),
            Self::Help(help) => help.picker.paste(text),
            Self::Palette(palette) => palette.paste(text),
            Self::Menu(menu) => menu.picker.paste(text),
            Self::HelperImage(helper) => helper.picker.paste(text),
            Self::Hosts(hosts) => hosts.paste(text),
            Self::Search(search) => search.finder.paste(text),
            Self::Requests(requests) => requests.picker.paste(text),
            Self::Audit(audit) => audit.picker.paste(text),
            Self::Api(console) => console.paste(text),
            Self::Columns(_)
            | Self::Messages(_)
            | Self::Jobs(_)
            | Self::Overview(_)
            | Self::Text(_)
            | Self::Build(_)
            | Self::Question(_)
            | Self::Trial(_) => {}
        }
    }
}
