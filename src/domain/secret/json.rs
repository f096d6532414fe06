//! Hides what looks like a secret in JSON that is sent to an engine.

use super::{hide_secret, is_secret, mask};
use serde_json::Value;

/// Hides what looks like a secret: members by their name, texts in lists as entries of an environment or words.
pub fn hide_secrets(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(text) if is_secret(key, text) => *text = mask(text),
                    Value::Number(number) if is_secret(key, &number.to_string()) => *member = mask("").into(),
                    member => hide_secrets(member),
                }
            }
        }
        Value::Array(items) => {
            // `--password hunter2` is two words of a command.
            let mut flag: Option<String> = None;
            for item in items {
                match item {
                    Value::String(text) => {
                        let is_value = flag.take().is_some_and(|flag| is_secret(&flag, text));
                        flag = text.strip_prefix("--").filter(|name| !name.contains('=')).map(str::to_owned);
                        *text = if is_value && flag.is_none() { mask(text) } else { hide_secret(text) };
                    }
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
            "Cmd": ["serve", "--password=x1y2", "--token", "t0k3n", "--verbose", "loud"], "ApiKey": 4711, "HostConfig": { "Memory": 4, "Binds": null }
        });
        hide_secrets(&mut body);
        let text = body.to_string();
        assert!(!text.contains("hunter2") && !text.contains("abcdef") && !text.contains("x1y2"), "{text}");
        assert!(!text.contains("t0k3n") && !text.contains("4711") && text.contains("loud"), "{text}");
        assert!(text.contains("PATH=/bin") && text.contains("db:1") && text.contains("\"Memory\":4"), "{text}");
    }
}
