//! A volume to be made: what its form collects.

use super::body::Object;
use super::command_words::Words;
use super::secret::discreet;
use super::{Invalid, VolumeName};
use serde_json::Value;

/// Everything the form of a volume can say. Empty text and empty lists mean: leave it to the engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VolumeSpec {
    pub name: String,
    pub driver: String,
    /// What the driver is told: `type=nfs`, `device=:/export`, `o=addr=10.0.0.1`.
    pub options: Vec<(String, String)>,
    pub labels: Vec<(String, String)>,
}

impl VolumeSpec {
    /// What to call it while it has no name yet.
    pub fn title(&self) -> &str {
        if self.name.is_empty() { "a volume" } else { &self.name }
    }

    /// The volume that there is afterwards, where its name is known before.
    pub fn volume(&self) -> Option<VolumeName> {
        (!self.name.is_empty()).then(|| VolumeName::new(&self.name))
    }

    /// The body of `POST /volumes/create`.
    pub fn body(&self) -> Value {
        let mut body = Object::default();
        body.text("Name", &self.name);
        body.text("Driver", &self.driver);
        body.pairs("DriverOpts", &self.options);
        body.pairs("Labels", &self.labels);
        body.done()
    }

    /// `volume create --driver local --opt type=tmpfs data`
    pub fn docker_words(&self) -> Vec<String> {
        let mut words = Words::of(&["volume", "create"]);
        words.option("--driver", &self.driver);
        words.pairs("--opt", &self.options);
        words.pairs("--label", &self.labels);
        words.ending(&self.name)
    }

    /// The same with every value hidden that looks like a secret.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        Self { options: discreet(&self.options), labels: discreet(&self.labels), ..self.clone() }
    }
}

/// `type=nfs`: an option of a driver.
///
/// # Errors
/// Where there is no name before the `=`, or no `=`.
pub fn parse_option(text: &str) -> Result<(String, String), Invalid> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.to_owned())),
        _ => Err(Invalid::new("An option is a name, an = and a value, as in type=tmpfs.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_said_is_sent() {
        assert_eq!(VolumeSpec::default().body(), json!({}));
        let spec = VolumeSpec {
            name: "data".into(),
            driver: "local".into(),
            options: vec![("o".into(), "addr=10.0.0.1,password=hunter2".into())],
            labels: vec![("tier".into(), "db".into()), ("api.token".into(), "hunter2".into())],
        };
        let body = json!({
            "Name": "data", "Driver": "local", "DriverOpts": { "o": "addr=10.0.0.1,password=hunter2" },
            "Labels": { "tier": "db", "api.token": "hunter2" },
        });
        assert_eq!(spec.body(), body);
        assert_eq!(
            spec.docker_words().join(" "),
            "volume create --driver local --opt o=addr=10.0.0.1,password=hunter2 --label tier=db --label \
             api.token=hunter2 data"
        );
        assert!(!spec.without_secrets().docker_words().join(" ").contains("hunter2"));
    }

    #[test]
    fn an_option_has_a_name_and_a_value() {
        assert_eq!(parse_option("o=addr=1").unwrap(), ("o".into(), "addr=1".into()));
        assert!(parse_option("tmpfs").is_err() && parse_option("=x").is_err());
    }
}
