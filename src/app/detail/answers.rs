//! What an engine is asked for the tab on screen, and its answers.

use super::{Detail, Subject, Tab, about, members};
use crate::app::events::EventRow;
use crate::app::msg::{DetailData, DetailKey};
use crate::domain::{Extent, Failure};

impl Detail {
    /// What the engine is asked for the tab on screen, if anything.
    pub fn wanted(&self) -> Option<DetailKey> {
        match (self.shown_tab()?, self.subject.clone()?) {
            (Tab::Files, _) => self.files.wanted(self.can_exec).map(DetailKey::Folder),
            (Tab::Inspect | Tab::Env, Subject::Container(id)) => Some(DetailKey::InspectContainer(id)),
            (Tab::Top, Subject::Container(container)) if self.is_up => {
                Some(DetailKey::Top { container, ps_args: self.ps_arguments.clone() })
            }
            (Tab::Changes, Subject::Container(id)) => Some(DetailKey::Changes(id)),
            (Tab::History, Subject::Image(id)) => Some(DetailKey::History(id)),
            (Tab::Platforms, Subject::Image(id)) => Some(DetailKey::Platforms(id)),
            (Tab::Links | Tab::Items, _) => None,
            (Tab::Plugins, Subject::Disk(_)) => Some(DetailKey::Plugins),
            (_, Subject::Disk(_)) => Some(DetailKey::About),
            (_, Subject::Image(id)) => Some(DetailKey::InspectImage(id)),
            (_, Subject::Volume(name)) => Some(DetailKey::InspectVolume(name)),
            (_, Subject::Network(id)) => Some(DetailKey::InspectNetwork(id)),
            (_, Subject::Registry(name)) => Some(DetailKey::Registry(name)),
            (_, Subject::RegistryImage(path)) => Some(DetailKey::RegistryImage(path)),
            (_, Subject::Several | Subject::Event(_))
            | (
                Tab::Logs
                | Tab::Stats
                | Tab::Top
                | Tab::History
                | Tab::Platforms
                | Tab::Members
                | Tab::Engine
                | Tab::Plugins,
                Subject::Container(_),
            ) => None,
        }
    }

    /// Takes an answer, unless it is about what is not shown any more. Gives what is to be asked anew at once.
    pub fn take(&mut self, key: &DetailKey, answer: Result<DetailData, Failure>) -> Option<DetailKey> {
        if !self.is_about(key) {
            return None;
        }
        match answer {
            Ok(DetailData::Json(value)) => {
                self.env.take(Ok(&value));
                if *key == DetailKey::About {
                    self.about.take(Ok(about::of(&value)));
                }
                if matches!(key, DetailKey::InspectNetwork(_)) {
                    self.members.take(Ok(members::of(&value)));
                    self.resume_in(Tab::Members);
                }
                self.inspect.take(Ok(*value), self.revealed);
            }
            Ok(DetailData::Processes(processes)) => self.top.take(Ok(processes)),
            Ok(DetailData::Changes(changes)) => self.changes.take(Ok(changes)),
            Ok(DetailData::History(layers)) => self.history.take(Ok(layers)),
            Ok(DetailData::Platforms(told)) => {
                self.platforms_from = Some(told.from);
                self.platforms.take(Ok(told.manifests));
            }
            Ok(DetailData::Plugins(plugins)) => self.plugins.take(Ok(plugins)),
            Ok(DetailData::Folder(folder)) => {
                let goes_on = matches!(folder.extent, Extent::Reading(_));
                self.files.take(Ok(folder));
                if goes_on {
                    return None;
                }
                if let DetailKey::Folder(look) = key {
                    self.files.note_way(look);
                }
            }
            Err(failure) => match key {
                DetailKey::InspectContainer(_)
                | DetailKey::InspectImage(_)
                | DetailKey::InspectVolume(_)
                | DetailKey::InspectNetwork(_)
                | DetailKey::Registry(_)
                | DetailKey::RegistryImage(_) => {
                    self.env.take(Err(failure.clone()));
                    self.members.take(Err(failure.clone()));
                    self.inspect.take(Err(failure), self.revealed);
                }
                DetailKey::About => {
                    self.about.take(Err(failure.clone()));
                    self.inspect.take(Err(failure), self.revealed);
                }
                DetailKey::Plugins => self.plugins.take(Err(failure)),
                DetailKey::Top { .. } => self.top.take(Err(failure)),
                DetailKey::Changes(_) => self.changes.take(Err(failure)),
                DetailKey::History(_) => self.history.take(Err(failure)),
                DetailKey::Platforms(_) => self.platforms.take(Err(failure)),
                DetailKey::Folder(_) => self.files.take(Err(failure)),
            },
        }
        let asked = self.asked.as_mut().filter(|asked| asked.key == *key)?;
        asked.answered = true;
        asked.refresh.ended().then(|| key.clone())
    }

    /// Shows an event, which is known without asking.
    pub fn show_event(&mut self, event: Option<&EventRow>) {
        if let (Some(Subject::Event(key)), Some(event)) = (&self.subject, event)
            && *key == event.key
            && self.inspect.tree().value().is_none()
        {
            self.inspect.take(Ok(event.value()), self.revealed);
        }
    }

    fn is_about(&self, key: &DetailKey) -> bool {
        match (key, &self.subject) {
            (DetailKey::Folder(look), _) => {
                !self.files.is_halted()
                    && self.files.root() == Some(&look.root)
                    && self.files.path() == Some(&look.folder)
            }
            (DetailKey::InspectContainer(id) | DetailKey::Changes(id), Some(Subject::Container(shown))) => id == shown,
            (DetailKey::Top { container, ps_args }, Some(Subject::Container(shown))) => {
                container == shown && *ps_args == self.ps_arguments
            }
            (
                DetailKey::InspectImage(id) | DetailKey::History(id) | DetailKey::Platforms(id),
                Some(Subject::Image(shown)),
            ) => id == shown,
            (DetailKey::InspectVolume(name), Some(Subject::Volume(shown))) => name == shown,
            (DetailKey::InspectNetwork(id), Some(Subject::Network(shown))) => id == shown,
            (DetailKey::Registry(name), Some(Subject::Registry(shown))) => name == shown,
            (DetailKey::RegistryImage(path), Some(Subject::RegistryImage(shown))) => path == shown,
            (DetailKey::About | DetailKey::Plugins, Some(Subject::Disk(_))) => true,
            (
                _,
                Some(
                    Subject::Container(_)
                    | Subject::Image(_)
                    | Subject::Volume(_)
                    | Subject::Network(_)
                    | Subject::Registry(_)
                    | Subject::RegistryImage(_)
                    | Subject::Event(_)
                    | Subject::Disk(_)
                    | Subject::Several,
                )
                | None,
            ) => false,
        }
    }
}
