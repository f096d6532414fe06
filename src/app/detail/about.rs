//! What an engine says of itself, a fact a row: read out of `/version` and `/info`, what it warns of first.

use super::table_pane::RowText;
use crate::app::columns::Tone;
use crate::domain::text::{compact_count, thousands};
use serde_json::Value;

/// One thing that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub name: &'static str,
    pub value: String,
    pub tone: Tone,
}

impl RowText for Fact {
    fn text(&self) -> String {
        format!("{} {}", self.name, self.value)
    }
}

/// Where a fact is in the answer, and how it reads.
struct Place {
    name: &'static str,
    pointer: &'static str,
    reads: fn(&Value) -> Option<String>,
}

const fn text(name: &'static str, pointer: &'static str) -> Place {
    Place { name, pointer, reads: plain }
}

/// In the order of the screen; what an engine does not say is left out.
const PLACES: &[Place] = &[
    text("Version", "/Version/Version"),
    text("API", "/Version/ApiVersion"),
    text("Oldest API", "/Version/MinAPIVersion"),
    Place { name: "Parts", pointer: "/Version/Components", reads: parts },
    text("Built", "/Version/BuildTime"),
    text("Machine", "/Info/Name"),
    text("System", "/Info/OperatingSystem"),
    text("Kernel", "/Info/KernelVersion"),
    text("Architecture", "/Info/Architecture"),
    Place { name: "CPUs", pointer: "/Info/NCPU", reads: plain },
    Place { name: "Memory", pointer: "/Info/MemTotal", reads: bytes },
    text("Data", "/Info/DockerRootDir"),
    text("Storage driver", "/Info/Driver"),
    text("Log driver", "/Info/LoggingDriver"),
    text("Cgroup driver", "/Info/CgroupDriver"),
    text("Cgroups", "/Info/CgroupVersion"),
    text("Runtime", "/Info/DefaultRuntime"),
    Place { name: "Runtimes", pointer: "/Info/Runtimes", reads: names },
    Place { name: "Security", pointer: "/Info/SecurityOptions", reads: list },
    text("Swarm", "/Info/Swarm/LocalNodeState"),
    Place { name: "Live restore", pointer: "/Info/LiveRestoreEnabled", reads: switch },
    Place { name: "Debug", pointer: "/Info/Debug", reads: switch },
    Place { name: "Experimental", pointer: "/Info/ExperimentalBuild", reads: switch },
    text("HTTP proxy", "/Info/HttpProxy"),
    text("HTTPS proxy", "/Info/HttpsProxy"),
    text("No proxy", "/Info/NoProxy"),
    Place { name: "Mirrors", pointer: "/Info/RegistryConfig/Mirrors", reads: list },
    Place { name: "Insecure", pointer: "/Info/RegistryConfig/InsecureRegistryCIDRs", reads: list },
    Place { name: "Labels", pointer: "/Info/Labels", reads: list },
    Place { name: "Containers", pointer: "/Info/Containers", reads: count },
    Place { name: "Images", pointer: "/Info/Images", reads: count },
    text("ID", "/Info/ID"),
];

/// The facts of `{"Version": …, "Info": …}`.
pub fn of(about: &Value) -> Vec<Fact> {
    let warnings = about.pointer("/Info/Warnings").and_then(Value::as_array).into_iter().flatten();
    let warnings = warnings.filter_map(Value::as_str).map(|warning| {
        let value = warning.trim().strip_prefix("WARNING: ").unwrap_or(warning.trim()).to_owned();
        Fact { name: "Warning", value, tone: Tone::Warn }
    });
    let refused = about.get("Refused").and_then(Value::as_str);
    let refused = refused.map(|why| Fact { name: "Information", value: why.to_owned(), tone: Tone::Warn });
    let facts = PLACES.iter().filter_map(|place| {
        let value = (place.reads)(about.pointer(place.pointer)?)?;
        Some(Fact { name: place.name, value, tone: Tone::Plain })
    });
    warnings.chain(refused).chain(facts).collect()
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn bytes(value: &Value) -> Option<String> {
    value.as_u64().map(compact_count)
}

fn count(value: &Value) -> Option<String> {
    value.as_u64().and_then(|count| usize::try_from(count).ok()).map(thousands)
}

fn switch(value: &Value) -> Option<String> {
    value.as_bool().map(|on| if on { "on" } else { "off" }.to_owned())
}

fn joined(texts: Vec<&str>) -> Option<String> {
    (!texts.is_empty()).then(|| texts.join(", "))
}

fn list(value: &Value) -> Option<String> {
    joined(value.as_array()?.iter().filter_map(Value::as_str).collect())
}

fn names(value: &Value) -> Option<String> {
    joined(value.as_object()?.keys().map(String::as_str).collect())
}

fn parts(value: &Value) -> Option<String> {
    let told = value.as_array()?.iter().filter_map(|part| {
        let text = |key: &str| part.get(key).and_then(Value::as_str);
        Some(format!("{} {}", text("Name")?, text("Version")?))
    });
    let told: Vec<String> = told.collect();
    joined(told.iter().map(String::as_str).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn warnings_come_first_and_what_is_not_said_is_left_out() {
        let facts = of(&json!({
            "Version": {"Version": "26.1.5", "Components": [{"Name": "Engine", "Version": "26.1.5"}, {"Name": "x"}]},
            "Info": {"Warnings": ["WARNING: No swap limit support"], "NCPU": 4, "MemTotal": 2_147_483_648_u64,
                "Runtimes": {"runc": {}, "crun": {}}, "LiveRestoreEnabled": true, "HttpProxy": "", "Labels": [],
                "RegistryConfig": {"Mirrors": null}},
        }));
        let told: Vec<_> = facts.iter().map(|fact| (fact.name, fact.value.as_str())).collect();
        let first = [("Warning", "No swap limit support"), ("Version", "26.1.5"), ("Parts", "Engine 26.1.5")];
        assert_eq!(&told[..3], first);
        assert!(told.contains(&("Memory", "2.1G")) || told.contains(&("Memory", "2.0G")), "{told:?}");
        assert!(told.contains(&("Runtimes", "runc, crun")) && told.contains(&("Live restore", "on")));
        assert!(!told.iter().any(|(name, _)| ["HTTP proxy", "Labels", "Mirrors"].contains(name)));
        assert!(of(&Value::Null).is_empty());
    }
}
