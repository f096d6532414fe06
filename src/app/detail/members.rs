//! Who is on a network, read out of what the engine says of it.

use super::table_pane::RowText;
use crate::domain::{ContainerId, Member, order};
use serde_json::Value;

impl RowText for Member {
    fn text(&self) -> String {
        format!("{} {} {} {}", self.name, self.ipv4, self.ipv6, self.mac)
    }
}

/// The containers on a network, by name.
pub fn of(network: &Value) -> Vec<Member> {
    let listed = network.get("Containers").and_then(Value::as_object);
    let mut members: Vec<Member> = listed.into_iter().flatten().map(|(id, value)| member(id, value)).collect();
    order::sort_by(&mut members, |left, right| left.name.cmp(&right.name));
    members
}

fn member(id: &str, value: &Value) -> Member {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().into();
    Member {
        container: ContainerId::new(id),
        name: text("Name"),
        ipv4: text("IPv4Address"),
        ipv6: text("IPv6Address"),
        mac: text("MacAddress"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn members_are_read_by_name_whatever_is_missing() {
        let members = of(&json!({ "Containers": {
            "1": { "Name": "web", "IPv4Address": "10.5.0.3/16", "MacAddress": "02:42:0a:05:00:03", "IPv6Address": null },
            "2": { "Name": "db" },
        } }));
        let names: Vec<&str> = members.iter().map(|member| &*member.name).collect();
        assert_eq!(names, ["db", "web"]);
        assert_eq!(members[1].text(), "web 10.5.0.3/16  02:42:0a:05:00:03");
        assert!(of(&json!({ "Containers": null })).is_empty() && of(&json!({})).is_empty());
    }
}
