//! The lines to hosts: TLS with right and wrong certificates, and ssh to a real server in front of a real engine.

mod ssh;
mod tls;
mod told;
