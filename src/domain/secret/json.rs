//! The same for JSON that is sent to an engine.

use super::{hide_secret, is_secret, mask};
use serde_json::Value;

/// Hides what looks like a secret: members by their name, texts in lists as entries of an environment or words.
pub fn hide_secrets(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(text) if is_secret(key, text) => *text = mask(text),
                    member => hide_secrets(member),
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                match item {
                    Value::String(text) => *text = hide_secret(text),
                    item => hide_secrets(item),
                }
            }
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn environments_labels_and_words_lose_their_secrets_and_nothing_else() {
        let mut body = json!({
            "Image": "db:1", "Env": ["PATH=/bin", "DB_PASSWORD=hunter2"], "Labels": { "api.token": "abcdef" },
            "Cmd": ["serve", "--password=x1y2"], "HostConfig": { "Memory": 4, "Binds": null }
        });
        hide_secrets(&mut body);
        let text = body.to_string();
        assert!(!text.contains("hunter2") && !text.contains("abcdef") && !text.contains("x1y2"), "{text}");
        assert!(text.contains("PATH=/bin") && text.contains("db:1") && text.contains("\"Memory\":4"), "{text}");
    }
}
