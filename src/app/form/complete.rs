//! What is offered for the focused field: images, networks, volumes and words that the host or the engine knows.

use super::files::OWNERS;
use super::{Form, FormKind, ImageForm, Input, Lines, Name};
use crate::app::host::Host;
use crate::config::ColorSpec;
use crate::domain::text::compact_count;
use crate::domain::{CAPABILITIES, CHANGE_WORDS, ImageId, SIGNALS, order};

/// Offers shown at most: who wants more types a letter.
const MOST: usize = 200;

/// How moments are typed.
const MOMENTS: [(&str, &str); 9] = [
    ("10m", "ten minutes ago"),
    ("1h", "an hour ago"),
    ("6h", "six hours ago"),
    ("1d", "a day ago"),
    ("today", "since midnight"),
    ("yesterday", "since the midnight before"),
    ("14:30", "the last time that the clock showed it"),
    ("2026-11-20 14:30", "a day and a time where you are"),
    ("2026-11-20T14:30:00Z", "the same as RFC 3339"),
];

/// Something that can be taken instead of typing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub text: String,
    /// A few words about it.
    pub detail: String,
}

/// A choice being made: what had been typed, and which offer stands in the field now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    pub typed: String,
    pub at: usize,
}

impl Form {
    /// What fits what is typed into the focused field, the likeliest first; nothing when it stands there already.
    pub fn offers(&self, host: &Host) -> Vec<Offer> {
        let Some(field) = self.focused() else { return Vec::new() };
        let typed = self.completion.as_ref().map_or(field.current(), |completion| &completion.typed).trim();
        let wanted = typed.to_lowercase();
        let mut found: Vec<Offer> = Vec::new();
        let mut offer = |text: &str, detail: String| {
            if found.len() < MOST {
                found.push(Offer { text: text.to_owned(), detail });
            }
        };
        // Of three words the others are to be seen beside the one that stands there.
        let is_choice = match field.ask.name {
            Name::Lines => Lines::ALL.iter().any(|lines| lines.word() == wanted),
            Name::Owner => OWNERS.iter().any(|(_, word, _)| *word == wanted),
            _ => false,
        };
        let fits = |text: &str| text.to_lowercase().contains(&wanted);
        match field.ask.name {
            Name::Image => {
                for image in &host.images.rows {
                    for tag in image.tags.iter().filter(|tag| fits(tag)) {
                        offer(tag, compact_count(image.size));
                    }
                }
            }
            Name::Reference if matches!(self.kind, FormKind::Repository(_) | FormKind::Image(ImageForm::PushTo(_))) => {
            }
            Name::Reference if self.own_image().is_some() => {
                let image = host.images.rows.iter().find(|image| Some(&image.id) == self.own_image());
                let tags = image.map_or(&[][..], |image| &image.tags);
                // Of a few names all are to be seen beside the one that stands there.
                for tag in tags.iter().filter(|tag| fits(tag) || tags.iter().any(|tag| **tag == *typed)) {
                    offer(tag, String::new());
                }
            }
            Name::Reference => {
                for tag in host.images.rows.iter().flat_map(|image| &image.tags).filter(|tag| fits(tag)) {
                    offer(tag, String::new());
                }
            }
            Name::Network => match wanted.strip_prefix("container:") {
                Some(name) => host
                    .containers
                    .rows
                    .iter()
                    .filter(|row| row.state.is_up() && row.name.to_lowercase().contains(name))
                    .for_each(|row| offer(&format!("container:{}", row.name), "its network".to_owned())),
                None => host
                    .networks
                    .rows
                    .iter()
                    .filter(|network| fits(&network.name))
                    .for_each(|network| offer(&network.name, network.driver.to_string())),
            },
            Name::Mounts if !typed.contains(':') && !typed.starts_with('/') => host
                .volumes
                .rows
                .iter()
                .filter(|volume| fits(volume.name.as_str()))
                .for_each(|volume| offer(&format!("{}:/", volume.name), volume.driver.to_string())),
            Name::CapAdd | Name::CapDrop => {
                CAPABILITIES.iter().filter(|word| fits(word)).for_each(|word| offer(word, String::new()));
            }
            Name::Registry => {
                let known = host.registries.all().filter(|registry| fits(registry.name.as_str()));
                known.for_each(|registry| {
                    offer(registry.name.as_str(), registry.user.as_deref().unwrap_or_default().to_owned())
                });
            }
            Name::Restart => RESTARTS
                .iter()
                .filter(|(word, _)| fits(word))
                .for_each(|(word, meaning)| offer(word, (*meaning).to_owned())),
            Name::Signal => SIGNALS
                .iter()
                .filter(|signal| fits(signal.name) || signal.number.to_string() == wanted)
                .for_each(|signal| offer(signal.name, format!("{:>2}  {}", signal.number, signal.meaning))),
            Name::Address => {
                self.neighbours.offers(typed).into_iter().for_each(|found| offer(&found.text, found.detail));
            }
            Name::Driver => drivers(&self.kind)
                .iter()
                .filter(|(word, _)| fits(word))
                .for_each(|(word, meaning)| offer(word, (*meaning).to_owned())),
            Name::Container => {
                if let FormKind::Storage(super::StorageForm::Connect(meeting)) = &self.kind {
                    let named = meeting.containers.iter().filter(|target| fits(&target.name));
                    named.for_each(|target| offer(&target.name, target.id.short().to_owned()));
                }
            }
            Name::Lines => Lines::ALL
                .iter()
                .filter(|lines| fits(lines.word()) || is_choice)
                .for_each(|lines| offer(lines.word(), lines.meaning().to_owned())),
            Name::Tags => {
                for tag in host.images.rows.iter().flat_map(|image| &image.tags).filter(|tag| fits(tag)) {
                    offer(tag, String::new());
                }
            }
            name @ (Name::Folder
            | Name::Dockerfile
            | Name::Arguments
            | Name::Target
            | Name::Platform
            | Name::Builder) => {
                self.build_offers(name, &fits).into_iter().for_each(|found| offer(&found.text, found.detail));
            }
            Name::Owner => OWNERS
                .iter()
                .filter(|(_, word, _)| fits(word) || is_choice)
                .for_each(|(_, word, meaning)| offer(word, (*meaning).to_owned())),
            Name::Since | Name::Until => {
                for (moment, meaning) in MOMENTS.iter().filter(|(moment, _)| fits(moment)) {
                    offer(moment, (*meaning).to_owned());
                }
            }
            Name::Color => {
                let shown = ColorSpec::NAMES.iter().filter(|name| !matches!(**name, "reset" | "black"));
                shown.filter(|name| fits(name)).for_each(|name| offer(name, String::new()));
            }
            Name::Changes if !typed.contains(' ') => {
                CHANGE_WORDS
                    .iter()
                    .filter(|word| fits(word))
                    .for_each(|word| offer(&format!("{word} "), String::new()));
            }
            Name::Mounts
            | Name::Name
            | Name::Command
            | Name::Entrypoint
            | Name::Start
            | Name::Environment
            | Name::EnvironmentFile
            | Name::Labels
            | Name::WorkingDir
            | Name::User
            | Name::Ports
            | Name::Hostname
            | Name::ExtraHosts
            | Name::Dns
            | Name::Memory
            | Name::Cpus
            | Name::AutoRemove
            | Name::Settings
            | Name::Tty
            | Name::InPane
            | Name::Interactive
            | Name::Init
            | Name::Privileged
            | Name::Tls
            | Name::Ca
            | Name::Certificate
            | Name::Key
            | Name::ReadOnly
            | Name::ByName
            | Name::Default
            | Name::Path
            | Name::Times
            | Name::Raw
            | Name::NoCache
            | Name::PullBases
            | Name::AllTags
            | Name::Author
            | Name::Message
            | Name::Changes
            | Name::Pause
            | Name::Options
            | Name::Subnets
            | Name::Internal
            | Name::Attachable
            | Name::Ipv6
            | Name::Aliases
            | Name::Address4
            | Name::Address6
            | Name::Password => {}
        }
        // What begins as typed is likelier than what holds it somewhere.
        order::sort_by_key(&mut found, |offer| !offer.text.to_lowercase().starts_with(&wanted));
        if self.completion.is_none() && found.iter().any(|offer| offer.text == typed) && !is_choice && !self.chooses() {
            return Vec::new();
        }
        found
    }

    /// The image whose names are the only ones to choose from.
    fn own_image(&self) -> Option<&ImageId> {
        if let FormKind::Image(form) = &self.kind { form.image() } else { None }
    }

    /// Whether the form is nothing but a choice, so that the arrows belong to what is offered.
    pub fn chooses(&self) -> bool {
        matches!(self.kind, FormKind::Kill(_))
    }

    /// Whether the down arrow goes into what is offered: where something must stand, or was begun. An empty field that
    /// may stay empty is passed by.
    pub fn arrows_choose(&self, host: &Host) -> bool {
        let Some(field) = self.focused() else { return false };
        let is_begun = matches!(field.ask.name, Name::Image | Name::Reference | Name::Address | Name::Container)
            || !field.current().trim().is_empty();
        self.chooses()
            || (matches!(field.input, Input::Line(_)) && is_begun && !self.offers(host).is_empty())
            || self.completion.is_some()
    }

    /// Puts the next offer (or the one before) into the field; false when nothing is offered.
    pub fn complete(&mut self, host: &Host, step: isize) -> bool {
        let offers = self.offers(host);
        if offers.is_empty() {
            return false;
        }
        let count = offers.len() as isize;
        let at = match &self.completion {
            Some(completion) => (completion.at as isize + step).rem_euclid(count) as usize,
            None if step < 0 => offers.len() - 1,
            None => 0,
        };
        let typed = match self.completion.take() {
            Some(completion) => completion.typed,
            None => self.focused().map(|field| field.current().to_owned()).unwrap_or_default(),
        };
        if let (Some(field), Some(offer)) = (self.focused_mut(), offers.get(at)) {
            field.set_current(&offer.text);
        }
        self.completion = Some(Completion { typed, at });
        true
    }

    /// Takes the first offer, unless one is chosen already; false when nothing is offered.
    pub fn take_offer(&mut self, host: &Host) -> bool {
        let open = self.completion.is_some() || self.complete(host, 1);
        self.completion = None;
        open
    }

    /// Puts back what had been typed before a choice.
    pub fn uncomplete(&mut self) {
        if let Some(completion) = self.completion.take()
            && let Some(field) = self.focused_mut()
        {
            field.set_current(&completion.typed);
        }
    }

    /// Whether the focused field is one line with the cursor behind it, where the right arrow can only mean: more.
    pub fn can_take_offer(&self) -> bool {
        self.focused().is_some_and(|field| !matches!(field.input, Input::Toggle(_)) && field.is_at_end())
    }
}

/// The drivers that engines bring along.
fn drivers(kind: &FormKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        FormKind::Storage(super::StorageForm::CreateNetwork) => NETWORK_DRIVERS,
        _ => &[("local", "a folder of the engine, or what it mounts there")],
    }
}

const NETWORK_DRIVERS: &[(&str, &str)] = &[
    ("bridge", "a network of this host alone"),
    ("macvlan", "containers with addresses of their own on the host's network"),
    ("ipvlan", "the same, all with the host's hardware address"),
    ("overlay", "across the nodes of a swarm"),
];

const RESTARTS: &[(&str, &str)] = &[
    ("no", "it stays stopped"),
    ("always", "whenever it ends, and when the engine starts"),
    ("unless-stopped", "the same, unless it was stopped by hand"),
    ("on-failure", "when it ends with an error"),
    ("on-failure:3", "the same, three times at most"),
];
