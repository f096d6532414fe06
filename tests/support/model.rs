//! The program's state with a real engine's answers in it, and keys typed into it: what would be on screen, without one.

use super::engines::Live;
use super::keyboard;
use crossterm::event::Event;
use dockerui_tui::app::dialog::Dialog;
use dockerui_tui::app::dialog::confirm::Confirm;
use dockerui_tui::app::host::Host;
use dockerui_tui::app::keymap::Keymap;
use dockerui_tui::app::msg::Listed;
use dockerui_tui::app::{App, HostMsg, Msg, update};
use dockerui_tui::config::Settings;
use dockerui_tui::domain::{Endpoint, EngineEvent, HostId, Time};
use ratatui::layout::Rect;
use std::time::{Duration, SystemTime};

pub struct Model {
    pub app: App,
    now: Time,
}

async fn listed(live: &Live) -> Listed {
    let listed = live.engine.containers(true).await.expect("the list");
    Listed { containers: listed.containers, round_trip: Duration::from_millis(1) }
}

impl Model {
    /// Connected, with everything that the engine lists.
    pub async fn of(live: &Live) -> Self {
        let elapsed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a clock");
        let now = Time(i64::try_from(elapsed.as_nanos()).expect("a time"));
        let endpoint: Endpoint = live.address.parse().expect("an address");
        let host = Host::new(HostId::new("live"), vec![endpoint.clone()], now);
        let mut app = App::new(Settings::default(), Keymap::new(&[]).expect("keys"), host, now);
        app.area = Rect::new(0, 0, 120, 60);
        let mut model = Self { app, now };
        model.tell(HostMsg::Connected { endpoint, listed: listed(live).await });
        model.tell(HostMsg::Facts(live.engine.facts().await));
        model.tell(HostMsg::EventsFrom(0));
        model.learn(live).await;
        model
    }

    /// Everything that the engine lists now, and what takes room there.
    pub async fn learn(&mut self, live: &Live) {
        self.tell(HostMsg::Containers(Ok(listed(live).await)));
        self.tell(HostMsg::Images(live.engine.images().await));
        self.tell(HostMsg::Volumes(live.engine.volumes().await));
        self.tell(HostMsg::Networks(live.engine.networks().await));
        self.tell(HostMsg::DiskUse(live.engine.disk_use().await));
    }

    pub fn happened(&mut self, event: EngineEvent) {
        self.tell(HostMsg::Event(event));
    }

    fn tell(&mut self, msg: HostMsg) {
        drop(update(&mut self.app, self.now, Msg::Host(HostId::new("live"), msg)));
    }

    /// Types keys as stories do: `/web<Enter>`.
    pub fn keys(&mut self, text: &str) -> &mut Self {
        for event in keyboard::events(text) {
            if let Event::Key(key) = event {
                drop(update(&mut self.app, self.now, Msg::Key(key)));
            }
        }
        self
    }

    pub fn host(&self) -> &Host {
        self.app.host()
    }

    /// The question that is asked.
    pub fn question(&self) -> &Confirm {
        match self.app.dialogs.last() {
            Some(Dialog::Confirm(confirm)) => confirm,
            other => panic!("no question but {other:?}"),
        }
    }

    /// What the newest notice says.
    pub fn told(&self) -> String {
        self.app.notices.all().next().map(|notice| notice.text.clone()).unwrap_or_default()
    }
}
