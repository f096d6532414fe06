//! Keeping and forgetting logins by Docker's rules: with the helper that its configuration names, else in the file.

use super::file::{ConfigFile, user_of};
use super::{Credentials, helper, waiting};
use crate::domain::{Credential, Failure, FailureKind, KnownLogin, LoginKeeper, RegistryName, order};

impl Credentials {
    /// Keeps a login where `docker login` would, and tells where.
    ///
    /// # Errors
    /// Where the helper refuses it or the file cannot be written; then nothing is changed.
    pub async fn store(&self, registry: &RegistryName, credential: Credential) -> Result<LoginKeeper, Failure> {
        let config = self.config.clone().ok_or_else(nowhere)?;
        let registry = registry.clone();
        waiting(move || store(&config, &registry, &credential)).await
    }

    /// Forgets a login as `docker logout` does, and tells where it was; `None` where there was none.
    ///
    /// # Errors
    /// Where the helper refuses or the file cannot be written.
    pub async fn erase(&self, registry: &RegistryName) -> Result<Option<LoginKeeper>, Failure> {
        let config = self.config.clone().ok_or_else(nowhere)?;
        let registry = registry.clone();
        waiting(move || erase(&config, &registry)).await
    }

    /// Where a login to a registry is kept, or would be: a file, or a helper's name.
    ///
    /// # Errors
    /// Where the configuration cannot be read.
    pub async fn place(&self, registry: &RegistryName) -> Result<Option<String>, Failure> {
        let Some(config) = self.config.clone() else { return Ok(None) };
        let registry = registry.clone();
        waiting(move || {
            let helper = config.contents()?.helper(&registry).map(str::to_owned);
            Ok(Some(match keeper(&config, helper) {
                LoginKeeper::File(place) | LoginKeeper::Helper(place) => place.into(),
            }))
        })
        .await
    }

    /// Every registry that somebody is logged in to, by its name. A helper that does not answer hides only its own.
    ///
    /// # Errors
    /// Where the configuration cannot be read.
    pub async fn known(&self) -> Result<Vec<KnownLogin>, Failure> {
        let Some(config) = self.config.clone() else { return Ok(Vec::new()) };
        waiting(move || known(&config)).await
    }
}

fn nowhere() -> Failure {
    Failure::new(FailureKind::Unsupported, "There is no folder in which Docker would keep a login.")
        .with_hint("Set DOCKER_CONFIG, or HOME.")
}

fn store(config: &ConfigFile, registry: &RegistryName, credential: &Credential) -> Result<LoginKeeper, Failure> {
    let mut contents = config.contents()?;
    if contents.is_silent()
        && let Some(helper) = usual_helper()
    {
        contents.set_store(helper);
    }
    let helper = contents.helper(registry).map(str::to_owned);
    match &helper {
        Some(helper) => {
            helper::store(helper, registry.login_key(), credential)?;
            contents.put(registry, None);
        }
        None => contents.put(registry, Some(credential)),
    }
    config.replace(&contents)?;
    Ok(keeper(config, helper))
}

fn erase(config: &ConfigFile, registry: &RegistryName) -> Result<Option<LoginKeeper>, Failure> {
    let mut contents = config.contents()?;
    let helper = contents.helper(registry).map(str::to_owned);
    if let Some(helper) = &helper {
        helper::erase(helper, registry.login_key())?;
    }
    let was_there = contents.take(registry);
    if was_there {
        config.replace(&contents)?;
    }
    Ok((was_there || helper.is_some()).then(|| keeper(config, helper)))
}

fn keeper(config: &ConfigFile, helper: Option<String>) -> LoginKeeper {
    match helper {
        Some(helper) => LoginKeeper::Helper(format!("docker-credential-{helper}").into()),
        None => LoginKeeper::File(config.path().display().to_string().into()),
    }
}

fn known(config: &ConfigFile) -> Result<Vec<KnownLogin>, Failure> {
    let contents = config.contents()?;
    let mut known: Vec<KnownLogin> = Vec::new();
    for (server, entry) in contents.logins() {
        note(&mut known, server, user_of(entry).unwrap_or_default());
    }
    for (server, helper) in contents.helped() {
        let users = helper::list(helper).unwrap_or_default();
        let user = users.into_iter().find(|(other, _)| other == server).map(|(_, user)| user);
        note(&mut known, server, user.unwrap_or_default().into());
    }
    // A helper that cannot be run keeps its logins to itself; what is asked of it next says why.
    for (server, user) in contents.store().map(helper::list).and_then(Result::ok).unwrap_or_default() {
        note(&mut known, &server, user.into());
    }
    order::sort_by(&mut known, |one, other| one.registry.cmp(&other.registry));
    Ok(known)
}

/// What is said last of a registry is known best, unless it names nobody.
fn note(known: &mut Vec<KnownLogin>, server: &str, user: Box<str>) {
    let Ok(registry) = RegistryName::parse(server) else { return };
    match known.iter_mut().find(|login| login.registry == registry) {
        Some(login) if !user.is_empty() => login.user = user,
        Some(_) => {}
        None => known.push(KnownLogin { registry, user }),
    }
}

/// What Docker has keep logins where nothing is said of it: the system's own keeper, where its helper is installed.
fn usual_helper() -> Option<&'static str> {
    let helper = if cfg!(target_os = "macos") {
        "osxkeychain"
    } else if cfg!(windows) {
        "wincred"
    } else if is_installed("pass") {
        "pass"
    } else {
        "secretservice"
    };
    is_installed(&format!("docker-credential-{helper}{}", std::env::consts::EXE_SUFFIX)).then_some(helper)
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

#[cfg(all(test, unix))]
mod tests;
