//! What is told of a removal, by product and by choice.

use super::*;
use crate::app::dialog::confirm::{Act, Confirm};
use crate::app::form::fixture::{app, image, tell};
use crate::app::msg::HostMsg;
use pretty_assertions::assert_eq;

fn layer(command: &str, size: u64) -> Layer {
    Layer { id: None, created: 0, created_by: command.into(), size, tags: Vec::new(), comment: "".into() }
}

fn child_of(parent: &Image, name: &str) -> Image {
    Image { parent: Some(parent.id.clone()), ..image(name) }
}

/// The notes with what the engine tells, and these options chosen.
fn notes(host: &Host, images: Vec<Image>, kin: &Kin, chosen: &[OptionName]) -> Vec<String> {
    noted(host, Removal::new(host, images), kin, chosen)
}

fn noted(host: &Host, mut removal: Removal, kin: &Kin, chosen: &[OptionName]) -> Vec<String> {
    removal.related(&Ok(kin.clone()));
    let own = removal.targets.iter().map(|target| (target.image.id.clone(), 3 << 20)).collect();
    removal.measured(&Ok(own));
    let mut confirm = Confirm::new(host, Act::RemoveImages(removal));
    for option in &mut confirm.options {
        if let ConfirmOption::Toggle { name, on } = option {
            *on = chosen.contains(name);
        }
    }
    confirm.renew();
    confirm.notes
}

#[test]
fn layers_that_only_it_has_go_and_nameless_parents_with_it() {
    let app = app();
    let base = Image { size: 6 << 20, ..image("base:1") };
    let step = Image { tags: Vec::new(), size: 7 << 20, ..child_of(&base, "step:1") };
    let web = Image { size: 9 << 20, ..child_of(&step, "web:2") };
    let layers =
        vec![layer("RUN make", 2 << 20), layer("ENV A=1", 0), layer("COPY . /", 1 << 20), layer("ADD /", 6 << 20)];
    let kin = Kin { all: vec![base.clone(), step.clone(), web.clone()], layers: [(web.id.clone(), layers)].into() };
    let told = notes(app.host(), vec![web.clone()], &kin, &[]);
    let parent = step.id.short();
    assert_eq!(
        told,
        [format!(
            "web:2 is deleted. 2 of its 3 layers go, which frees 3.0 MiB: RUN make (2.0 MiB), COPY . / (1.0 MiB). \
             Its parent {parent} without a name goes as well."
        )]
    );
    let told = notes(app.host(), vec![web.clone()], &kin, &[OptionName::KeepParents]);
    assert!(!told[0].contains("parent"), "{told:?}");
    // What is built on goes by its name alone.
    let named = Kin { all: vec![base.clone(), Image { parent: Some(base.id.clone()), ..web }], ..Kin::default() };
    assert_eq!(
        notes(app.host(), vec![base], &named, &[]),
        ["Only the name base:1 goes: the image stays without one, as web:2 is built on it."]
    );
}

#[test]
fn containers_are_in_the_way_as_the_engine_has_it() {
    let mut app = app();
    let user = app.host().containers.rows[0].clone();
    let held = Image { id: user.image_id, ..image("web:2") };
    tell(&mut app, HostMsg::Images(Ok(vec![held.clone()])));
    let told = |is_podman, chosen: &[OptionName]| {
        let removal = Removal { is_podman, ..Removal::new(app.host(), vec![held.clone()]) };
        noted(app.host(), removal, &Kin::default(), chosen).remove(0)
    };
    assert_eq!(
        told(false, &[]),
        "The engine will refuse to remove web:2: web, db, old are made of it; force takes only the name off it while one \
         of them runs."
    );
    assert_eq!(
        told(false, &[OptionName::ForceImage]),
        "Only the name web:2 goes: the image stays without one, as web, db run from it."
    );
    assert!(told(true, &[]).ends_with("force removes them as well."), "{}", told(true, &[]));
    let forced = told(true, &[OptionName::ForceImage]);
    assert!(forced.ends_with("The containers web, db, old are removed with it."), "{forced}");
}

#[test]
fn of_several_names_one_goes_or_all() {
    let app = app();
    let both = Image { tags: vec!["web:2".into(), "web:latest".into()], ..image("web:2") };
    let host = app.host();
    assert_eq!(
        notes(host, vec![both.clone()], &Kin::default(), &[]),
        ["Only the name web:2 goes: the image stays, as web:latest."]
    );
    let all = notes(host, vec![both.clone()], &Kin::default(), &[OptionName::AllNames]);
    assert_eq!(all, ["The image is deleted, with its names web:2, web:latest. That frees 3.0 MiB."]);
    let told = notes(host, vec![both.clone(), image("free:1")], &Kin::default(), &[]);
    assert_eq!(
        told.last().unwrap(),
        "In all: 1 image is deleted, which frees 3.0 MiB and the layers that only they share; 1 image loses a name only."
    );
    let mut confirm = Confirm::new(host, Act::RemoveImages(Removal::new(host, vec![both])));
    if let Some(ConfirmOption::Toggle { on, .. }) = confirm.options.first_mut() {
        *on = true;
    }
    confirm.renew();
    assert_eq!(confirm.command(2), "docker rmi web:2 web:latest");
}
