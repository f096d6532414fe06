//! A process to be started in a running container.

/// What `POST /containers/{id}/exec` is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExecSpec {
    pub command: Vec<String>,
    /// Empty: the container's own user.
    pub user: String,
    /// Empty: the container's own folder.
    pub working_dir: String,
    /// `KEY=value`.
    pub environment: Vec<String>,
    pub tty: bool,
}
