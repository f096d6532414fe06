//! Forms that were closed with something typed in them, kept for when they are opened again.

use super::{Form, FormKind, Stage};
use crate::app::msg::JobId;
use crate::domain::HostId;

/// Drafts kept at most; the oldest goes first.
const KEPT: usize = 50;

#[derive(Debug, Default)]
pub struct Drafts(Vec<Form>);

impl Drafts {
    /// Puts a form away. One that holds nothing and waits for nothing is dropped.
    pub fn keep(&mut self, mut form: Form) {
        if !form.is_touched() && form.job().is_none() {
            return;
        }
        form.completion = None;
        // What must not be seen is not kept either, unless it is being sent.
        if form.job().is_none() {
            form.fields.iter_mut().filter(|field| field.is_secret()).for_each(|field| field.set(""));
        }
        // One that is being saved goes on to wait for that.
        if matches!(form.stage, Stage::Offering { .. } | Stage::Asking { .. }) {
            form.stage = Stage::Editing;
        }
        if self.0.len() >= KEPT {
            self.0.remove(0);
        }
        self.0.push(form);
    }

    /// The draft of this form, if there is one; it is the screen's from now on.
    pub fn take(&mut self, host: &HostId, kind: &FormKind) -> Option<Form> {
        let place = self.0.iter().position(|form| form.host == *host && form.kind == *kind)?;
        let mut form = self.0.remove(place);
        form.restored = form.is_touched();
        Some(form)
    }

    /// The form that waits for this job.
    pub fn waiting(&mut self, host: &HostId, job: JobId) -> Option<&mut Form> {
        self.0.iter_mut().find(|form| form.host == *host && form.job() == Some(job))
    }

    /// The form that waits for the config file to be written.
    pub fn saving(&mut self) -> Option<&mut Form> {
        self.0.iter_mut().find(|form| form.stage == Stage::Saving)
    }

    /// The config file was written: what was typed for it is not needed any more.
    pub fn forget_saved(&mut self) {
        self.0.retain(|form| form.stage != Stage::Saving);
    }

    /// It was done otherwise: what was typed for it is not needed any more.
    pub fn drop_kind(&mut self, host: &HostId, fits: impl Fn(&FormKind) -> bool) {
        self.0.retain(|form| form.host != *host || !fits(&form.kind));
    }

    pub fn forget(&mut self, host: &HostId, job: JobId) {
        self.0.retain(|form| form.host != *host || form.job() != Some(job));
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
