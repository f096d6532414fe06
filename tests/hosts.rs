//! The lines to hosts: TLS with right and wrong certificates, and ssh to a real server in front of a real engine.

mod contexts;
mod docker_tls;
mod login;
mod ssh;
mod ssh_config;
mod tls;
mod told;
