//! A process to start in a running container.

/// What `POST /containers/{id}/exec` is asked for. Empty text and empty lists leave it to the container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExecSpec {
    pub command: Vec<String>,
    pub user: String,
    pub working_dir: String,
    /// `KEY=value`
    pub environment: Vec<String>,
    pub tty: bool,
}
