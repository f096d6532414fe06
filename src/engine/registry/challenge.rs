//! How a registry wants to know who asks: by a password in each request, or by a token that somebody else gives out.

use super::session::Session;
use crate::domain::{Credential, Failure, FailureKind};
use crate::engine::call::encode;
use oci_client::secrets::RegistryAuth;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde::Deserialize;

/// What a registry answered to whoever came without a login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Challenge {
    /// It asks nothing.
    None,
    Basic,
    Bearer {
        /// Where tokens are given out.
        realm: String,
        service: Option<String>,
    },
}

/// How this program is called where tokens are given out.
const CLIENT: &str = "dockerui-tui";

impl Challenge {
    /// Reads a `WWW-Authenticate` header.
    pub fn read(header: Option<&HeaderValue>) -> Self {
        let text = header.and_then(|header| header.to_str().ok()).unwrap_or_default();
        let challenges = http_auth::parse_challenges(text).unwrap_or_default();
        let bearer = challenges.iter().find(|challenge| challenge.scheme.eq_ignore_ascii_case("bearer"));
        let Some(bearer) = bearer else { return Self::Basic };
        let find = |name: &str| {
            bearer.params.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_unescaped())
        };
        match find("realm") {
            Some(realm) => Self::Bearer { realm, service: find("service") },
            None => Self::Basic,
        }
    }
}

impl Session {
    /// What to show the registry so that it allows these scopes.
    pub async fn authorization(&self, scopes: &[&str]) -> Result<RegistryAuth, Failure> {
        match (&self.challenge, &self.credential) {
            (Challenge::None, _) | (Challenge::Basic, None) => Ok(RegistryAuth::Anonymous),
            (Challenge::Basic, Some(Credential::Password { user, password })) => {
                Ok(RegistryAuth::Basic(user.to_string(), password.reveal().to_owned()))
            }
            (Challenge::Basic, Some(Credential::Token { .. })) => {
                Err(Failure::new(FailureKind::Unauthorized, format!("{} takes no token for a login.", self.registry))
                    .with_hint("Log in to it again."))
            }
            (Challenge::Bearer { realm, service }, credential) => {
                let token = self.token(realm, service.as_deref(), scopes, credential.as_ref()).await?;
                Ok(RegistryAuth::Bearer(token))
            }
        }
    }

    /// Asks for a token, as the docker client does: with a password in a GET, with an identity token in a POST.
    async fn token(
        &self,
        realm: &str,
        service: Option<&str>,
        scopes: &[&str],
        credential: Option<&Credential>,
    ) -> Result<String, Failure> {
        // A password goes only as safely as the registry itself is spoken to.
        if self.base.starts_with("https:") && !realm.starts_with("https:") {
            let sentence = format!("{} wants the login sent unencrypted, to {realm}: it was not.", self.registry);
            return Err(Failure::new(FailureKind::Untrusted, sentence));
        }
        let mut pairs: Vec<(&str, &str)> = service.map(|service| ("service", service)).into_iter().collect();
        pairs.extend(scopes.iter().map(|scope| ("scope", *scope)));
        let request = match credential {
            None => self.http.get(realm).query(&pairs),
            Some(Credential::Password { user, password }) => {
                pairs.push(("account", user));
                self.http.get(realm).query(&pairs).basic_auth(user, Some(password.reveal()))
            }
            Some(Credential::Token { token, .. }) => {
                pairs.extend([("grant_type", "refresh_token"), ("client_id", CLIENT)]);
                pairs.push(("refresh_token", token.reveal()));
                let body: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={}", encode(value))).collect();
                let form = HeaderValue::from_static("application/x-www-form-urlencoded");
                self.http.post(realm).header(CONTENT_TYPE, form).body(body.join("&"))
            }
        };
        let answer = request.send().await.map_err(|error| self.broken(&error))?;
        let status = answer.status();
        if !status.is_success() {
            return Err(match status.as_u16() {
                400 | 401 | 403 => self.unauthorized(),
                _ => self.refused(status, ""),
            });
        }
        let given: Given = answer.json().await.map_err(|error| self.broken(&error))?;
        let token = Some(given.token).filter(|token| !token.is_empty()).unwrap_or(given.access_token);
        if token.is_empty() {
            let sentence = format!("{} gave no token that could be shown to {}.", realm, self.registry);
            return Err(Failure::new(FailureKind::Malformed, sentence));
        }
        Ok(token)
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Given {
    token: String,
    access_token: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn challenges_are_read_as_registries_write_them() {
        let read = |text: &str| Challenge::read(Some(&HeaderValue::from_str(text).unwrap()));
        assert_eq!(read("Basic realm=\"private\""), Challenge::Basic);
        let hub = r#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io""#;
        let realm = "https://auth.docker.io/token".to_owned();
        assert_eq!(read(hub), Challenge::Bearer { realm, service: Some("registry.docker.io".into()) });
        assert_eq!(read("Bearer"), Challenge::Basic);
    }
}
