//! Carries out requests about volumes and networks.

use super::changed;
use crate::domain::{Done, Failure, NetworkRequest, VolumeRequest};
use crate::engine::Engine;
use crate::engine::call::{Wait, encode};
use bollard::query_parameters::RemoveVolumeOptions;

impl Engine {
    pub(super) async fn perform_on_volume(&self, request: &VolumeRequest) -> Result<Done, Failure> {
        match request {
            VolumeRequest::Remove(name) => {
                let options = None::<RemoveVolumeOptions>;
                changed(self.bollard(Wait::Act)?.remove_volume(&encode(name.as_str()), options).await)
            }
        }
    }

    pub(super) async fn perform_on_network(&self, request: &NetworkRequest) -> Result<Done, Failure> {
        match request {
            NetworkRequest::Remove { id, .. } => {
                changed(self.bollard(Wait::Act)?.remove_network(&encode(id.as_str())).await)
            }
        }
    }
}
