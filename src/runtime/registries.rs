//! Registries from this machine: the logins that the docker client knows of them.

use crate::config::edit::write_file;
use crate::config::{Environment, docker_folder};
use crate::engine::Credentials;

/// The logins that Docker's configuration keeps.
pub(super) fn credentials(environment: &Environment) -> Credentials {
    docker_folder(environment).map_or_else(Credentials::none, |folder| Credentials::of(folder, write_file))
}
