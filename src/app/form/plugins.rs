//! The forms about plugins: install, upgrade, set up.

use super::ask::{Ask, Name};
use super::{Form, plugins_tables as tables};
use crate::domain::{
    ImageReference, Invalid, PluginInstall, PluginRequest, Privilege, Request, discreet_setting, parse_setting,
};
use serde_json::Value;

/// What such a form is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PluginForm {
    Install,
    /// The plugin, and where it was installed from.
    Upgrade {
        name: Box<str>,
        reference: Box<str>,
    },
    /// The plugin, and how it is set up now.
    Set {
        name: Box<str>,
        settings: Vec<Box<str>>,
    },
}

impl PluginForm {
    pub(super) fn asks(&self) -> &'static [Ask] {
        match self {
            Self::Install => tables::INSTALL,
            Self::Upgrade { .. } => tables::UPGRADE,
            Self::Set { .. } => tables::SET,
        }
    }

    pub(super) fn title(&self) -> String {
        match self {
            Self::Install => "Install a plugin".to_owned(),
            Self::Upgrade { name, .. } => format!("Upgrade {name}"),
            Self::Set { name, .. } => format!("Settings of {name}"),
        }
    }

    pub(super) fn verb(&self) -> &'static str {
        match self {
            Self::Install => "Install…",
            Self::Upgrade { .. } => "Upgrade…",
            Self::Set { .. } => "Set",
        }
    }

    /// Its requests agree to what the plugin wants, which is asked first.
    pub fn asks_for_privileges(&self) -> bool {
        match self {
            Self::Install | Self::Upgrade { .. } => true,
            Self::Set { .. } => false,
        }
    }
}

impl Form {
    pub(super) fn prefill_plugin(&mut self, form: &PluginForm) {
        match form {
            PluginForm::Install => {}
            PluginForm::Upgrade { reference, .. } => self.start_with(Name::Reference, reference),
            PluginForm::Set { settings, .. } => {
                if let Some(field) = self.field_mut(Name::Settings) {
                    field.start_with_entries(
                        settings.iter().map(|setting| String::from(&**setting)).collect::<Vec<_>>(),
                    );
                }
            }
        }
    }

    /// What is missing in a form about plugins.
    pub(super) fn check_plugin(&self, form: &PluginForm) -> Result<(), Invalid> {
        match form {
            PluginForm::Install | PluginForm::Upgrade { .. } if self.line(Name::Reference).is_empty() => {
                Err(Invalid::new("Name the plugin, as its registry has it."))
            }
            PluginForm::Set { .. } if self.changed_settings(form).is_empty() => {
                Err(Invalid::new("Nothing is changed yet."))
            }
            PluginForm::Install | PluginForm::Upgrade { .. } | PluginForm::Set { .. } => Ok(()),
        }
    }

    /// Which plugin is meant, in full.
    pub(super) fn plugin_reference(&self) -> String {
        full_name(self.line(Name::Reference))
    }

    /// The request that a form about plugins describes; who installs agrees to `privileges`.
    pub fn plugin_request(&self, form: &PluginForm, privileges: Vec<Privilege>) -> Request {
        let reference = self.plugin_reference();
        match form {
            PluginForm::Install => PluginRequest::Install(Box::new(PluginInstall {
                reference,
                alias: self.right(Name::Name).to_owned(),
                settings: self.entries(Name::Settings, parse_setting),
                enable: self.is_on(Name::Start),
                privileges,
            })),
            PluginForm::Upgrade { name, .. } => PluginRequest::Upgrade { name: name.clone(), reference, privileges },
            PluginForm::Set { name, .. } => {
                PluginRequest::Set { name: name.clone(), settings: self.changed_settings(form) }
            }
        }
        .into()
    }

    /// The `docker` command line for the eye, secrets hidden.
    pub(super) fn plugin_line(&self, form: &PluginForm) -> String {
        let request = self.plugin_request(form, Vec::new());
        let named = match &request {
            Request::Plugin(PluginRequest::Install(install)) if install.reference.is_empty() => {
                let install = PluginInstall { reference: "PLUGIN".to_owned(), ..(**install).clone() };
                PluginRequest::Install(Box::new(install)).into()
            }
            _ => request,
        };
        named.discreet_command()
    }

    /// The body that is sent, secrets hidden.
    pub(super) fn plugin_body(&self, form: &PluginForm) -> Option<Value> {
        let PluginForm::Set { .. } = form else { return None };
        let settings = self.changed_settings(form);
        Some(settings.iter().map(|setting| Value::from(discreet_setting(setting))).collect())
    }

    /// Those that are not as they were: engines refuse to be told what cannot be changed.
    fn changed_settings(&self, form: &PluginForm) -> Vec<String> {
        let PluginForm::Set { settings, .. } = form else { return Vec::new() };
        let typed = self.entries(Name::Settings, parse_setting);
        typed.into_iter().filter(|setting| !settings.iter().any(|known| **known == **setting)).collect()
    }
}

/// Engines want a tag, and take none for `latest` only as long as nothing else is to be found by the name.
fn full_name(typed: &str) -> String {
    match typed.parse::<ImageReference>() {
        Ok(reference) if reference.tag().is_none() && reference.digest().is_none() => format!("{typed}:latest"),
        Ok(_) | Err(_) => typed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::form::fixture::app;
    use crate::app::form::{FormKind, Name};

    #[test]
    fn only_what_was_changed_is_set_and_secrets_are_hidden() {
        let app = app();
        let settings = vec!["DEBUG=0".into(), "API_TOKEN=hunter2".into()];
        let kind = PluginForm::Set { name: "sshfs:latest".into(), settings };
        let mut form = Form::new(app.host(), FormKind::Plugin(kind.clone()));
        assert!(form.hindrance(app.host()).unwrap().contains("Nothing is changed"));
        form.field_mut(Name::Settings).unwrap().set("DEBUG=1\nAPI_TOKEN=hunter3");
        assert_eq!(form.hindrance(app.host()), None);
        assert!(!form.command_line().contains("hunter"), "{}", form.command_line());
        let request = form.plugin_request(&kind, Vec::new());
        assert_eq!(request.docker_words(), ["plugin", "set", "sshfs:latest", "DEBUG=1", "API_TOKEN=hunter3"]);
        assert!(!request.discreet_command().contains("hunter3"));
    }

    #[test]
    fn a_plugin_is_named_with_its_tag() {
        assert_eq!(full_name("vieux/sshfs"), "vieux/sshfs:latest");
        assert_eq!(full_name("localhost:5000/a:2"), "localhost:5000/a:2");
    }
}
