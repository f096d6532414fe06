//! A login to a host that asks something: ssh has the terminal for it, the screen is left meanwhile.

use super::Runtime;
use super::fetch::no_line;
use super::screen::Synchronize;
use super::terminal::Seat;
use crate::app::{HostMsg, Msg};
use crate::domain::HostId;
use crate::domain::text::clean;
use ratatui::backend::Backend;
use std::io::{self, Write};

impl<B: Backend<Error = io::Error> + Synchronize> Runtime<B> {
    /// Logs in by whichever of the host's ways asks; gives the message that says how it ended.
    pub(super) async fn login(&mut self, host: HostId) -> Msg {
        if let Seat::Terminal(_) = self.seat {
            let words =
                format!("Logging in to {}: ssh asks here what it has to ask; Ctrl-c gives up.", clean(host.as_str()));
            // A terminal that cannot be written to is found out by the next frame.
            let _ = writeln!(io::stdout(), "{words}");
        }
        let dialers = self.links.get(&host).map(|link| link.dialers.clone()).unwrap_or_default();
        let mut result = Err(no_line());
        for dialer in dialers {
            result = self.spawner.run(async move { dialer.login().await }).await.and_then(|result| result);
            if result.is_ok() {
                break;
            }
        }
        Msg::Host(host, HostMsg::LoginEnded(result))
    }
}
