//! Which image a helper shell is to come from.

use super::Answer;
use super::picker::{Picked, Picker};
use crate::app::effect::Session;
use crate::domain::ContainerId;
use crossterm::event::KeyEvent;

#[derive(Debug)]
pub struct HelperImage {
    /// The container that it stands beside.
    pub container: ContainerId,
    /// References and sizes in bytes, the likeliest to have a shell first; `None` while they are being read.
    pub images: Option<Vec<(String, u64)>>,
    pub picker: Picker,
}

impl HelperImage {
    /// The images that pass the filter.
    pub fn shown(&self) -> Vec<&(String, u64)> {
        self.images.iter().flatten().filter(|(reference, _)| self.picker.keeps(&[reference])).collect()
    }

    pub fn key(&mut self, event: KeyEvent) -> Answer {
        let count = self.shown().len();
        match self.picker.key(event, count) {
            Picked::Close => Answer::Close,
            Picked::Choose(place) => match self.shown().get(place) {
                Some((image, _)) => Answer::Session(self.container.clone(), Session::Helper { image: image.clone() }),
                None => Answer::Stay,
            },
            Picked::Taken | Picked::Other => Answer::Stay,
        }
    }
}
