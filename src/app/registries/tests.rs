//! Walking through registries, page by page and back.

use super::*;
use crate::domain::EngineRegistries;

fn page(names: &[&str], next: Option<&str>) -> Result<RegistryPage, Failure> {
    let items = names.iter().map(|name| RegistryItem::new(ItemKind::Tag, *name)).collect();
    Ok(RegistryPage { items, next: next.map(Into::into) })
}

fn renew(level: &mut Level) {
    level.list.renew(&level.known.rows, RegistryRow::key, |_| true, |_, _| std::cmp::Ordering::Equal);
}

fn names(registries: &Registries) -> Vec<&str> {
    registries.rows().iter().map(RegistryRow::name).collect()
}

#[test]
fn a_walk_leads_inward_and_back() {
    let mut registries = Registries::default();
    let engine = EngineRegistries { names: vec![RegistryName::hub()], ..EngineRegistries::default() };
    registries.take(Time(1), Ok(Registry::all(&engine, &[], &[])));
    renew(registries.root_mut());
    registries.take_status(&RegistryName::hub(), RegistryStatus::Open);
    let hub = registries.inward().unwrap();
    assert_eq!((hub.to_string(), registries.image()), ("docker.io".to_owned(), None));
    registries.walk_to(hub.repository("ann/app"));
    let tags = registries.path().unwrap().clone();
    assert!(registries.take_page(Time(2), &tags, None, page(&["1", "2"], None)));
    renew(registries.top_mut());
    let image = registries.image().unwrap();
    assert_eq!(image.image().unwrap(), "docker.io/ann/app:1");
    registries.note_image(&image, "sha256:ab", Some(7));
    assert_eq!(registries.rows()[0].item().unwrap().size, Some(7));
    registries.walk_to(image.clone());
    assert_eq!(registries.image(), Some(image), "without rows it is the image itself");
    assert!(registries.back() && registries.back() && !registries.back());
    assert!(!registries.take_page(Time(3), &tags, None, page(&["3"], None)), "nobody is there any more");
    // Asked anew, it is as it was until it answers.
    registries.take(Time(4), Ok(Registry::all(&engine, &[], &[])));
    assert_eq!(registries.here().unwrap().status, RegistryStatus::Open);
}

#[test]
fn more_is_asked_for_once_and_only_near_the_end() {
    let mut registries = Registries::default();
    registries.walk_to(RegistryPath::root(RegistryName::hub(), false).repository("app"));
    let path = registries.path().unwrap().clone();
    let many: Vec<String> = (0..100).map(|number| format!("{number:03}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    registries.take_page(Time(1), &path, None, page(&many, Some("099")));
    renew(registries.top_mut());
    assert_eq!(registries.more(), None);
    registries.top_mut().list.move_to(85);
    assert_eq!(registries.more(), Some((path.clone(), "099".into())));
    assert_eq!(registries.more(), None, "it is being asked for");
    registries.take_page(Time(2), &path, Some("099"), page(&["099", "100"], Some("100")));
    assert_eq!((names(&registries).len(), registries.has_more()), (101, true));
    renew(registries.top_mut());
    registries.top_mut().list.move_to(100);
    assert!(registries.more().is_some());
    registries.take_page(Time(3), &path, Some("100"), page(&["100"], Some("100")));
    assert!(!registries.has_more(), "it brought nothing new");
}
