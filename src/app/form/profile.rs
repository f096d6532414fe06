//! The form of a host: what it opens with, the profile that it describes, what its fields say of each other.

use super::{Field, Focus, Form, FormKind, Name, Offer, Preview, ProfileOrigin};
use crate::config::edit::{ProfileEdit, print_host};
use crate::config::{ColorSpec, Confirm, HostProfile};
use crate::domain::{Endpoint, HostId, TlsFiles, TlsPart};
use std::path::PathBuf;

/// What a host's form knows beside its fields.
#[derive(Debug, Default)]
pub struct Neighbours {
    /// Names that other saved hosts have.
    pub taken: Vec<String>,
    /// What may be meant for an address.
    pub addresses: Vec<Offer>,
    /// Where it will be written, the path of a file; `None` where it is kept until the program ends.
    pub file: Option<String>,
    /// A word at the head of the form.
    pub word: Option<String>,
    pub looked: Vec<Looked>,
}

/// A file that was asked about.
#[derive(Debug)]
pub struct Looked {
    part: TlsPart,
    /// As typed.
    path: String,
    /// What is wrong with it, as far as that is known.
    wrong: Option<String>,
}

/// The fields of certificates.
const FILES: [(Name, TlsPart); 3] =
    [(Name::Ca, TlsPart::Ca), (Name::Certificate, TlsPart::Certificate), (Name::Key, TlsPart::Key)];

impl Form {
    /// Whose drafts the forms of hosts are: they are about no engine.
    pub fn nobody() -> HostId {
        HostId::new("")
    }

    /// A form about a host with what is known of it.
    pub fn host(origin: ProfileOrigin, known: &HostProfile, is_default: bool, neighbours: Neighbours) -> Self {
        let mut form = Self::empty(Self::nobody(), FormKind::Profile(origin));
        // There is nothing else to see than the lines of the file.
        form.preview = Preview::Body;
        form.neighbours = neighbours;
        let file = |file: &Option<PathBuf>| file.as_ref().map(|file| file.to_string_lossy().into_owned());
        let files = known.tls.clone().unwrap_or_default();
        for (name, text) in [
            (Name::Name, known.name.clone()),
            (Name::Address, known.url.clone()),
            (Name::Ca, file(&files.ca).unwrap_or_default()),
            (Name::Certificate, file(&files.cert).unwrap_or_default()),
            (Name::Key, file(&files.key).unwrap_or_default()),
            (Name::Color, known.color.map(|color| color.to_string()).unwrap_or_default()),
        ] {
            form.start_with(name, &text);
        }
        for (name, on) in [
            (Name::Tls, known.tls.is_some()),
            (Name::ReadOnly, known.read_only),
            (Name::ByName, known.confirm == Confirm::Name),
            (Name::Default, is_default),
        ] {
            if let Some(field) = form.field_mut(name) {
                field.start_with_toggle(on);
            }
        }
        form.renew_profile();
        form
    }

    /// The profile as it is typed; what is wrong counts as not said.
    pub fn profile(&self) -> HostProfile {
        let file = |name| Some(self.line(name)).filter(|text| !text.is_empty()).map(PathBuf::from);
        let files = TlsFiles { ca: file(Name::Ca), cert: file(Name::Certificate), key: file(Name::Key) };
        let tls = match self.carrier() {
            Carrier::Plain => None,
            // `tls = {}` is TLS with the authorities of the system; https:// says so itself.
            Carrier::Tcp => Some(files).filter(|_| self.is_on(Name::Tls)),
            Carrier::Https => Some(files).filter(|files| *files != TlsFiles::default()),
        };
        HostProfile {
            name: self.line(Name::Name).to_owned(),
            url: self.line(Name::Address).to_owned(),
            color: self.line(Name::Color).parse::<ColorSpec>().ok(),
            read_only: self.is_on(Name::ReadOnly),
            confirm: if self.is_on(Name::ByName) { Confirm::Name } else { Confirm::Button },
            tls,
        }
    }

    /// What saving does to the file.
    pub(super) fn edit_of_profile(&self, origin: &ProfileOrigin) -> ProfileEdit {
        let replaces = match origin {
            ProfileOrigin::Saved(name) => Some(name.clone()),
            ProfileOrigin::New | ProfileOrigin::Copy(_) | ProfileOrigin::Found(_) => None,
        };
        ProfileEdit::Save { profile: Box::new(self.profile()), replaces, is_default: self.is_on(Name::Default) }
    }

    /// The lines that will stand in the file.
    pub(super) fn profile_lines(&self) -> Vec<String> {
        let profile = self.profile();
        let place = match &self.neighbours.file {
            Some(file) => format!("→ {file}"),
            None => "→ kept until the demo ends; no file is written".to_owned(),
        };
        let default = self.is_on(Name::Default).then(|| format!("default_host = {:?}", profile.name));
        let host = print_host(&profile);
        std::iter::once(place).chain(default).chain(host.lines().map(str::to_owned)).collect()
    }

    /// Whether what is sent to the address as typed can be read and changed on the way.
    pub fn is_unencrypted(&self) -> bool {
        let is_plain = match self.carrier() {
            Carrier::Plain | Carrier::Https => false,
            Carrier::Tcp => !self.is_on(Name::Tls),
        };
        is_plain && self.line(Name::Address).parse::<Endpoint>().is_ok_and(|endpoint| endpoint.is_plain_remote())
    }

    /// Shows the fields that belong to the address, and says what is wrong between fields.
    pub fn renew_profile(&mut self) {
        let carrier = self.carrier();
        let has_files = match carrier {
            Carrier::Plain => false,
            Carrier::Tcp => self.is_on(Name::Tls),
            Carrier::Https => true,
        };
        let is_taken = self.neighbours.taken.iter().any(|name| name == self.line(Name::Name));
        let (has_certificate, has_key) = (!self.line(Name::Certificate).is_empty(), !self.line(Name::Key).is_empty());
        for field in &mut self.fields {
            field.hidden = match field.ask.name {
                Name::Tls => carrier != Carrier::Tcp,
                Name::Ca | Name::Certificate | Name::Key => !has_files,
                _ => false,
            };
            field.validate();
            let wrong = match field.ask.name {
                Name::Name if is_taken => Some("Another saved host is called so.".to_owned()),
                Name::Certificate if has_key && !has_certificate => {
                    Some("The key needs its certificate: name both, or neither.".to_owned())
                }
                Name::Key if has_certificate && !has_key => {
                    Some("The certificate needs its key: name both, or neither.".to_owned())
                }
                Name::Ca | Name::Certificate | Name::Key => self.neighbours.wrong_with(field),
                _ => None,
            };
            if field.error.is_none() {
                field.error = wrong;
            }
        }
        if let Focus::Field(index) = self.focus
            && self.fields.get(index).is_some_and(|field| field.hidden)
        {
            self.focus_on(Name::Address);
        }
    }

    /// The files that nobody has looked at yet; whoever asks looks at them.
    pub fn files_to_look_at(&mut self) -> Vec<(TlsPart, String)> {
        let mut wanted = Vec::new();
        for (name, part) in FILES {
            let Some(field) = self.field(name).filter(|field| !field.hidden) else { continue };
            let path = field.text().trim().to_owned();
            if !path.is_empty() && !self.neighbours.looked.iter().any(|known| known.part == part && known.path == path)
            {
                wanted.push((part, path));
            }
        }
        for (part, path) in &wanted {
            self.neighbours.looked.retain(|known| known.part != *part);
            self.neighbours.looked.push(Looked { part: *part, path: path.clone(), wrong: None });
        }
        wanted
    }

    /// Takes what a look at a file found. What is typed by now may be another one.
    pub fn file_looked(&mut self, part: TlsPart, path: &str, wrong: Option<String>) {
        let mut looked = self.neighbours.looked.iter_mut();
        if let Some(known) = looked.find(|known| known.part == part && known.path == path) {
            known.wrong = wrong;
            self.renew_profile();
        }
    }

    fn carrier(&self) -> Carrier {
        match self.line(Name::Address).split_once("://") {
            Some(("tcp" | "http", _)) => Carrier::Tcp,
            Some(("https", _)) => Carrier::Https,
            _ => Carrier::Plain,
        }
    }
}

/// What becomes of certificates with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Carrier {
    /// It has no use for them.
    Plain,
    /// They may be named.
    Tcp,
    /// It is TLS in any case.
    Https,
}

impl Neighbours {
    fn wrong_with(&self, field: &Field) -> Option<String> {
        let (_, part) = FILES.iter().find(|(name, _)| *name == field.ask.name)?;
        let text = field.text();
        self.looked.iter().find(|known| known.part == *part && known.path == text.trim())?.wrong.clone()
    }

    /// What may be meant by what is typed, each with a word about it.
    pub(super) fn offers(&self, typed: &str) -> Vec<Offer> {
        let wanted = typed.to_lowercase();
        // `ssh://me@` goes on with a host as `ssh://` does.
        let (user, rest) = match wanted.strip_prefix("ssh://").and_then(|rest| rest.split_once('@')) {
            Some((user, rest)) => (Some(user.len()), format!("ssh://{rest}")),
            None => (None, wanted),
        };
        let with_user = |offer: &Offer| match (user, offer.text.strip_prefix("ssh://")) {
            (Some(length), Some(host)) if !host.contains('@') => {
                let user = typed.get("ssh://".len().."ssh://".len() + length)?;
                Some(Offer { text: format!("ssh://{user}@{host}"), detail: offer.detail.clone() })
            }
            (Some(_), _) => None,
            (None, _) => Some(offer.clone()),
        };
        let fits = |offer: &&Offer| offer.text != rest && offer.text.to_lowercase().contains(&rest);
        self.addresses.iter().filter(fits).filter_map(with_user).collect()
    }
}
