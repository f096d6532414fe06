//! The table of operations says of nothing that the program sends by itself that it does not: read from the engine's code.

use dockerui_tui::domain::api_table::{Place, operation};
use regex::Regex;
use std::path::Path;

fn sources(folder: &Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            // Tests may ask for what there is not.
            texts.push(text.split("#[cfg(test)]").next().unwrap_or_default().to_owned());
        }
    }
}

#[test]
fn each_call_of_the_engine_layer_has_its_place_in_the_table() {
    let mut texts = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/engine"), &mut texts);
    let call = Regex::new(r"Call::(?:(get|post|head|put)\(|new\(Method::([A-Z]+), )&\[([^\]]*)\]").unwrap();
    let mut seen = 0;
    for found in texts.iter().flat_map(|text| call.captures_iter(text)) {
        let method = found.get(1).or(found.get(2)).unwrap().as_str().to_uppercase();
        let part = |word: &str| match word.trim().strip_prefix('"').and_then(|word| word.strip_suffix('"')) {
            Some(literal) => literal.to_owned(),
            // Of volumes, networks and containers alike.
            None if word.trim() == "kind" => "volumes".to_owned(),
            None => "x".to_owned(),
        };
        let parts: Vec<String> = found[3].split(',').filter(|word| !word.trim().is_empty()).map(part).collect();
        let path = format!("/{}", parts.join("/"));
        // Podman's own way where Docker's does not lead there.
        if path.starts_with("/libpod/") {
            continue;
        }
        seen += 1;
        let operation = operation(&method, &path).unwrap_or_else(|| panic!("the table has no {method} {path}"));
        let is_used = match operation.place {
            Place::Commands(_) | Place::Itself(_) => true,
            Place::Console(_) | Place::Nowhere(_) => false,
        };
        assert!(is_used, "{method} {path} is sent, and the table says {:?}", operation.place);
    }
    assert!(seen > 50, "only {seen} calls were found");
}
