//! Image references: how a name given becomes the tag an image carries.

/// `nginx` → `nginx:latest`; references with a tag or digest stay, Docker Hub's prefixes are dropped as dockerd does.
pub fn with_tag(given: &str) -> String {
    let name = familiar(given);
    let last = name.rsplit('/').next().unwrap_or(name);
    if last.contains(':') || name.contains('@') { name.to_owned() } else { format!("{name}:latest") }
}

/// The reference without its tag or digest.
pub fn repository(reference: &str) -> &str {
    let name = reference.split('@').next().unwrap_or(reference);
    match name.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => repository,
        _ => name,
    }
}

/// The registry a reference names, if it is not Docker Hub.
pub fn registry(reference: &str) -> Option<&str> {
    let (host, _) = familiar(reference).split_once('/')?;
    (host.contains('.') || host.contains(':') || host == "localhost").then_some(host)
}

fn familiar(given: &str) -> &str {
    let name = given.strip_prefix("docker.io/").unwrap_or(given);
    name.strip_prefix("library/").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_get_their_tag() {
        assert_eq!(with_tag("nginx"), "nginx:latest");
        assert_eq!(with_tag("docker.io/library/nginx:1"), "nginx:1");
        assert_eq!(with_tag("localhost:5000/app"), "localhost:5000/app:latest");
        assert_eq!(repository("localhost:5000/app:1"), "localhost:5000/app");
        assert_eq!(repository("localhost:5000/app"), "localhost:5000/app");
        assert_eq!(registry("ghcr.io/a/b:1"), Some("ghcr.io"));
        assert_eq!(registry("bitnami/redis"), None);
    }
}
