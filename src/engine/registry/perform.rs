//! Carries out requests about registries.

use super::Registries;
use crate::domain::{Done, Failure, RegistryRequest};
use crate::engine::Engine;

impl Registries {
    /// Does it and waits until it is done. `engine` is asked where it may know better than this machine.
    ///
    /// # Errors
    /// What the registry, or the file of logins, has against it.
    pub async fn perform(&self, engine: Option<&Engine>, request: &RegistryRequest) -> Result<Done, Failure> {
        match request {
            RegistryRequest::Login { registry, insecure, user, password } => {
                self.login(engine, registry, *insecure, (user, password)).await.map(Done::LoggedIn)
            }
            RegistryRequest::Logout(registry) => self.credentials.erase(registry).await.map(Done::LoggedOut),
            RegistryRequest::Delete { path, .. } => self.delete(path).await.map(|()| Done::Changed),
        }
    }
}
