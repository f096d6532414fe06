//! The forms of volumes and networks: what they are about, what their fields mean, what is wrong with them here.

use super::ask::{Ask, Name};
use super::{FileForm, Form, FormKind, storage_tables as tables};
use crate::app::host::Host;
use crate::domain::{
    AddressPool, Connection, Invalid, NetworkId, NetworkRequest, NetworkSpec, Request, Subnet, Target, VolumeName,
    VolumeRequest, VolumeSpec, parse_alias, parse_ipv4, parse_ipv6, parse_label, parse_option,
};
use serde_json::Value;
use std::net::IpAddr;

/// Which form of a volume or a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageForm {
    CreateVolume,
    CloneVolume(VolumeName),
    CreateNetwork,
    Connect(Box<Meeting>),
}

/// A network that a container is to be connected to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    pub id: NetworkId,
    pub network: Box<str>,
    pub subnets: Vec<Subnet>,
    /// The containers that can be connected, as they are when the form opens.
    pub containers: Vec<Target>,
}

impl StorageForm {
    pub fn asks(&self) -> &'static [Ask] {
        match self {
            Self::CreateVolume => tables::CREATE_VOLUME,
            Self::CloneVolume(_) => tables::CLONE_VOLUME,
            Self::CreateNetwork => tables::CREATE_NETWORK,
            Self::Connect(_) => tables::CONNECT,
        }
    }

    pub fn title(&self) -> String {
        match self {
            Self::CreateVolume => "Create volume".to_owned(),
            Self::CloneVolume(from) => format!("Clone {from}"),
            Self::CreateNetwork => "Create network".to_owned(),
            Self::Connect(meeting) => format!("Connect a container to {}", meeting.network),
        }
    }

    /// The word on the button.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::CreateVolume | Self::CreateNetwork => "Create",
            Self::CloneVolume(_) => "Clone",
            Self::Connect(_) => "Connect",
        }
    }
}

impl Form {
    /// What does not go together or is missing.
    pub(super) fn check_storage(&self, kind: &StorageForm) -> Result<(), Invalid> {
        match kind {
            StorageForm::CreateVolume => Ok(()),
            StorageForm::CloneVolume(_) => match self.line(Name::Name) {
                "" => Err(Invalid::new("Give the copy a name.")),
                _ => Ok(()),
            },
            StorageForm::CreateNetwork => self.network_spec().check(),
            StorageForm::Connect(meeting) => match self.line(Name::Container) {
                "" => Err(Invalid::new("Say which container is to be connected.")),
                name if meeting.find(name).is_none() => {
                    Err(Invalid::new(format!("No container that can be connected is called {name}.")))
                }
                _ => Ok(()),
            },
        }
    }

    pub(super) fn storage_request(&self, kind: &StorageForm) -> Option<Request> {
        Some(match kind {
            StorageForm::CreateVolume => VolumeRequest::Create(self.volume_spec()).into(),
            StorageForm::CloneVolume(from) => {
                VolumeRequest::Clone { from: from.clone(), to: self.volume_spec() }.into()
            }
            StorageForm::CreateNetwork => NetworkRequest::Create(self.network_spec()).into(),
            StorageForm::Connect(meeting) => {
                let container = meeting.find(self.line(Name::Container))?.clone();
                NetworkRequest::Connect(Box::new(self.connection(meeting, container))).into()
            }
        })
    }

    /// The `docker` command line for the eye, secrets hidden, with words in the place of what is not said yet.
    pub(super) fn storage_line(&self, kind: &StorageForm) -> String {
        let unknown = || Target::new(crate::domain::ContainerId::new(""), "CONTAINER");
        let request = match kind {
            StorageForm::CreateNetwork if self.line(Name::Name).is_empty() => {
                Some(NetworkRequest::Create(NetworkSpec { name: "NAME".to_owned(), ..self.network_spec() }).into())
            }
            StorageForm::Connect(meeting) => {
                let found = meeting.find(self.line(Name::Container)).cloned().unwrap_or_else(unknown);
                Some(NetworkRequest::Connect(Box::new(self.connection(meeting, found))).into())
            }
            StorageForm::CloneVolume(from) if self.line(Name::Name).is_empty() => {
                let to = VolumeSpec { name: "NAME".to_owned(), ..self.volume_spec() };
                Some(VolumeRequest::Clone { from: from.clone(), to }.into())
            }
            StorageForm::CreateVolume | StorageForm::CloneVolume(_) | StorageForm::CreateNetwork => {
                self.storage_request(kind)
            }
        };
        request.as_ref().map(Request::discreet_command).unwrap_or_default()
    }

    /// The body that is sent, secrets hidden.
    pub(super) fn storage_body(&self, kind: &StorageForm) -> Option<Value> {
        match kind {
            StorageForm::CreateVolume | StorageForm::CloneVolume(_) => {
                Some(self.volume_spec().without_secrets().body())
            }
            StorageForm::CreateNetwork => Some(self.network_spec().without_secrets().body()),
            StorageForm::Connect(meeting) => {
                let container = meeting.find(self.line(Name::Container))?.clone();
                Some(self.connection(meeting, container).body())
            }
        }
    }

    pub(super) fn volume_spec(&self) -> VolumeSpec {
        VolumeSpec {
            name: self.right(Name::Name).to_owned(),
            driver: self.right(Name::Driver).to_owned(),
            options: self.entries(Name::Options, parse_option),
            labels: self.entries(Name::Labels, parse_label),
        }
    }

    fn network_spec(&self) -> NetworkSpec {
        NetworkSpec {
            name: self.right(Name::Name).to_owned(),
            driver: self.right(Name::Driver).to_owned(),
            pools: self.pools(),
            internal: self.is_on(Name::Internal),
            attachable: self.is_on(Name::Attachable),
            ipv6: self.is_on(Name::Ipv6),
            options: self.entries(Name::Options, parse_option),
            labels: self.entries(Name::Labels, parse_label),
        }
    }

    fn pools(&self) -> Vec<AddressPool> {
        self.entries(Name::Subnets, |line| line.parse::<AddressPool>())
    }

    fn connection(&self, meeting: &Meeting, container: Target) -> Connection {
        Connection {
            id: meeting.id.clone(),
            network: meeting.network.clone(),
            container,
            aliases: self.entries(Name::Aliases, parse_alias),
            ipv4: parse_ipv4(self.right(Name::Address4)).ok(),
            ipv6: parse_ipv6(self.right(Name::Address6)).ok(),
        }
    }

    /// Fixed addresses must be within the network: said beside the field, as soon as one is typed.
    pub(super) fn renew_storage(&mut self, kind: &StorageForm) {
        let StorageForm::Connect(meeting) = kind else { return };
        for (name, is_v6) in [(Name::Address4, false), (Name::Address6, true)] {
            let Some(field) = self.field_mut(name) else { continue };
            field.validate();
            let Ok(address) = field.current().trim().parse::<IpAddr>() else { continue };
            if field.error.is_none() {
                field.error = meeting.check(address, is_v6).err().map(|invalid| invalid.sentence().to_owned());
            }
        }
    }

    /// What the engine will not take, as far as the lists tell: a name that is taken.
    pub fn taken(&self, host: &Host) -> Option<String> {
        let name = self.line(Name::Name);
        let is_taken = if self.makes_volume() {
            host.volumes.rows.iter().any(|row| row.name.as_str() == name)
        } else if let FormKind::Storage(StorageForm::CreateNetwork) = &self.kind {
            host.networks.rows.iter().any(|row| &*row.name == name)
        } else {
            false
        };
        is_taken.then(|| format!("There is one called {name} already: choose another name."))
    }

    fn makes_volume(&self) -> bool {
        matches!(
            self.kind,
            FormKind::Storage(StorageForm::CreateVolume | StorageForm::CloneVolume(_))
                | FormKind::File(FileForm::ImportVolume)
        )
    }

    /// What the copy will lack on this host.
    pub fn loss_of_copy(&self, host: &Host) -> Option<&'static str> {
        let is_copy = matches!(
            self.kind,
            FormKind::Storage(StorageForm::CloneVolume(_)) | FormKind::File(FileForm::ExportVolume(_))
        );
        let is_podman = host.facts.as_ref().is_some_and(|facts| &*facts.product == "Podman");
        (is_copy && is_podman).then_some("Podman does not tell whose files these are: in the copy all belong to root.")
    }

    /// Which networks have addresses that are typed here. Most engines refuse that.
    pub fn overlaps(&self, host: &Host) -> Option<String> {
        let pools = self.pools();
        let known = host.networks.rows.iter().flat_map(|row| row.subnets.iter().map(move |subnet| (&row.name, subnet)));
        let mut known = known.filter_map(|(name, subnet)| Some((name, subnet.parse::<Subnet>().ok()?)));
        known.find_map(|(name, subnet)| {
            let pool = pools.iter().find(|pool| pool.subnet.overlaps(&subnet))?;
            Some(format!("{} overlaps with {name} ({subnet}): the engine may refuse it.", pool.subnet))
        })
    }
}

impl Meeting {
    /// A container of this name.
    fn find(&self, name: &str) -> Option<&Target> {
        self.containers.iter().find(|target| &*target.name == name)
    }

    fn check(&self, address: IpAddr, is_v6: bool) -> Result<(), Invalid> {
        let mut own = self.subnets.iter().filter(|subnet| subnet.is_v6() == is_v6).peekable();
        let network = &self.network;
        let kind = if is_v6 { "IPv6" } else { "IPv4" };
        if own.peek().is_none() {
            return Err(Invalid::new(format!("{network} has no addresses of {kind}.")));
        }
        let told: Vec<String> = own.clone().map(ToString::to_string).collect();
        match own.find(|subnet| subnet.contains(address)) {
            Some(subnet) => AddressPool { subnet: *subnet, gateway: None, range: None }.check_address(address),
            None => Err(Invalid::new(format!("{address} is not within {network}, which has {}.", told.join(" and ")))),
        }
    }
}
