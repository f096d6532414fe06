//! Logging in: shown to the engine first, which may stand elsewhere in the network, else to the registry itself.

use super::Registries;
use super::session::Session;
use crate::domain::{Credential, Failure, FailureKind, LoginKeeper, RegistryName, RegistryStatus, Secret};
use crate::engine::Engine;
use crate::engine::call::Call;
use serde::Deserialize;
use serde_json::json;

impl Registries {
    /// Checks a login and keeps it by Docker's rules; tells where.
    ///
    /// # Errors
    /// `Unauthorized` where the registry does not take it: then nothing is kept.
    pub async fn login(
        &self,
        engine: Option<&Engine>,
        registry: &RegistryName,
        insecure: bool,
        (user, password): (&str, &Secret),
    ) -> Result<LoginKeeper, Failure> {
        let asked = match engine {
            Some(engine) => engine.check_login(registry, user, password).await,
            None => Err(Failure::new(FailureKind::Missing, "There is no engine.")),
        };
        let token = match asked {
            Ok(token) => token,
            Err(failure) if failure.kind == FailureKind::Unauthorized => return Err(failure),
            // The engine cannot say: it does not reach the registry, or knows no such call.
            Err(_) => {
                self.check(registry, insecure, (user, password)).await?;
                None
            }
        };
        let credential = match token {
            Some(token) => Credential::Token { user: user.into(), token },
            None => Credential::password(user, password.reveal()),
        };
        self.credentials.store(registry, credential).await
    }

    /// Shows a login to the registry from here.
    async fn check(
        &self,
        registry: &RegistryName,
        insecure: bool,
        (user, password): (&str, &Secret),
    ) -> Result<(), Failure> {
        let profile = self.profiles.iter().find(|profile| profile.name == *registry);
        let credential = Credential::password(user, password.reveal());
        let session = Session::open(registry, profile, insecure, Some(credential)).await?;
        match session.status().await {
            RegistryStatus::Open | RegistryStatus::LoggedIn | RegistryStatus::Asking => Ok(()),
            RegistryStatus::LoginNeeded | RegistryStatus::LoginRefused => Err(wrong(registry, user)),
            RegistryStatus::Down(failure) => Err(failure),
        }
    }
}

fn wrong(registry: &RegistryName, user: &str) -> Failure {
    Failure::new(FailureKind::Unauthorized, format!("{registry} does not take this password of {user}."))
        .with_hint("Nothing was kept. Some registries want an access token in its place.")
}

impl Engine {
    /// `POST /auth`: gives the token that the registry wants to see from now on, where it gives one.
    async fn check_login(
        &self,
        registry: &RegistryName,
        user: &str,
        password: &Secret,
    ) -> Result<Option<Secret>, Failure> {
        let body = json!({ "username": user, "password": password.reveal(), "serveraddress": registry.login_key() });
        let answer = self.ask(Call::post(&["auth"]).json(&body)).await.map_err(|failure| {
            // Some engines answer 500 with the registry's 401 in it.
            let words = failure.sentence.to_lowercase();
            let is_wrong = ["unauthorized", "401", "incorrect username", "invalid username", "denied"];
            match is_wrong.iter().any(|sign| words.contains(sign)) {
                true => wrong(registry, user),
                false => failure,
            }
        })?;
        // An empty answer says yes as well.
        let given: Given = serde_json::from_slice(&answer).unwrap_or_default();
        Ok(given.identity_token.filter(|token| !token.is_empty()).map(Secret::new))
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Given {
    #[serde(rename = "IdentityToken")]
    identity_token: Option<String>,
}
