//! The file, the layers and the choice of a host, as a user meets them.

mod hosts;

use super::*;
use pretty_assertions::assert_eq;
use proptest::prelude::*;

fn errors(text: &str) -> Vec<String> {
    let errors = Layer::parse(Path::new("c.toml"), text).expect_err("mistakes");
    errors.iter().map(ToString::to_string).collect()
}

fn environment(variables: &[(&str, &str)]) -> Environment {
    Environment {
        variables: variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        home: Some("/home/me".into()),
        folder: None,
        config_dir: Some("/home/me/.config/dockerui-tui".into()),
        state_dir: Some("/home/me/.local/state/dockerui-tui".into()),
        runtime_dir: Some("/run/user/7".into()),
    }
}

/// The example with its defaults uncommented (`#key`), and its indented samples too where asked.
fn example(samples: bool) -> String {
    let uncomment = |line: &str| match line.strip_prefix('#') {
        Some(rest) if samples && rest.starts_with("   ") => rest.trim().to_owned(),
        Some(rest) if !rest.starts_with(' ') => rest.to_owned(),
        _ => line.to_owned(),
    };
    // The sample of a key stands above its table's header.
    let text: Vec<String> = EXAMPLE.lines().map(uncomment).collect();
    let text = text.join("\n");
    if samples {
        text.replace("\"container.stop\" = [\"s\", \"f5\"]\n[keys]", "[keys]\n\"container.stop\" = []")
    } else {
        text
    }
}

#[test]
fn the_example_is_the_defaults() {
    let layer = Layer::parse(Path::new("example"), &example(false)).unwrap();
    assert_eq!(Settings::default().with(layer.clone()), Settings::default());
    let Layer { keys, hosts, .. } = layer;
    assert_eq!((keys, hosts), (Some(Vec::new()), None));
    assert_eq!(Layer::parse(Path::new("example"), EXAMPLE).unwrap().theme, None, "as shipped it sets nothing");
}

#[test]
fn the_example_has_every_setting_and_its_samples_are_right() {
    let text = example(true);
    let layer = Layer::parse(Path::new("example"), &text).unwrap();
    assert_eq!(layer.hosts.unwrap().len(), 2);
    let asked = read::document(Path::new("example"), &text, |reader, top| {
        schema::layer(reader, top);
        reader.asked.clone()
    });
    for key in asked.unwrap() {
        let name = key.rsplit('.').next().unwrap();
        let is_there = [format!("{name} = "), format!("[{key}]"), format!("[[{key}]]")]
            .iter()
            .any(|form| text.contains(form.as_str()));
        assert!(is_there, "{key} is missing in config.example.toml");
    }
}

#[test]
fn every_setting_of_the_example_is_read() {
    // A default that is never read would pass the comparison above: change each value and see it arrive.
    let text = "default_host = \"a\"\ntheme = \"dark\"\nkeys_preset = \"k9s\"\npoll_interval = \"9s\"\nmouse = false\n\
        show_all = false\ndefault_sort = \"cpu\"\ncolumns.containers = [\"id\"]\n[logs]\ntail = 1\nmemory = \"1MB\"\n\
        timestamps = true\nwrap = true\njson_fields = [\"a.b\"]\n\
        [[logs.highlight]]\npattern = \"a+\"\ncolor = \"9\"\nbold = true\nline = true\n[stats]\ninterval = \"1s\"\nhistory = \"1h\"\nthresholds = { cpu = [] }\n[keys]\n\"a.b\" = \"x\"\n\
        [[hosts]]\nname = \"a\"\nurl = \"/a\"";
    let Layer { default_host: Some(_), theme: Some(_), keys_preset: Some(_), poll_interval: Some(_), .. } =
        Layer::parse(Path::new("c"), text).unwrap()
    else {
        panic!("a setting was not read")
    };
    let settings = Settings::default().with(Layer::parse(Path::new("c"), text).unwrap());
    assert_eq!(settings.default_host.as_deref(), Some("a"));
    assert_eq!((settings.theme.as_str(), settings.keys_preset), ("dark", KeysPreset::K9s));
    assert_eq!((settings.poll_interval, settings.mouse, settings.show_all), (Period::from_secs(9), false, false));
    assert_eq!((settings.default_sort, settings.columns), (Column::Cpu, vec![Column::Id]));
    let rule = HighlightRule {
        pattern: regex::bytes::Regex::new("a+").unwrap(),
        style: StyleSpec { fg: Some(ColorSpec::Index(9)), bold: true, ..StyleSpec::default() },
        whole_line: true,
    };
    let memory = ByteSize::new(1_000_000);
    let json_fields = ["a.b".to_owned()].into();
    let logs = LogSettings { tail: 1, memory, timestamps: true, wrap: true, json_fields, highlight: [rule].into() };
    assert_eq!(settings.logs, logs);
    assert_eq!(
        settings.stats,
        StatsSettings {
            interval: Period::from_secs(1),
            history: Period::from_secs(3600),
            thresholds: Thresholds { cpu: None, ..Thresholds::default() }
        }
    );
    assert_eq!((settings.keys[0].command.as_str(), settings.keys[0].keys.as_slice()), ("a.b", &["x".to_owned()][..]));
    assert_eq!(settings.hosts[0].name, "a");
}

#[test]
fn all_mistakes_are_told_at_once_in_the_order_of_lines() {
    let text = "thme = \"dark\"\npoll_interval = \"5\"\nmouse = \"no\"\n[logs]\ntail = -1\nmemroy = \"1MB\"\n\
        [keys]\ncontainer.stop = [\"s\"]\n\"a\" = [1]\n[columns]\ncontainers = [\"name\", \"sise\"]\n\
        [[hosts]]\nname = \"a\"\nurl = \"/a\"\nconfirm = \"never\"\n[[hosts]]\nname = \"a\"\nurl = \"/b\"\n[[hosts]]\nname = \"\"\n";
    insta::assert_snapshot!(errors(text).join("\n"));
}

#[test]
fn a_rule_that_cannot_be_is_told_with_its_line() {
    let text = "[[logs.highlight]]\npattern = \"(\"\nbold = true\n[[logs.highlight]]\ncolour = \"red\"\n\
        [[logs.highlight]]\npattern = \"x\"\n";
    assert_eq!(
        errors(text),
        [
            "c.toml:2:11: “logs.highlight.pattern” must be a regular expression: unclosed group.",
            "c.toml:4:1: This rule has no “pattern”.",
            "c.toml:4:1: This rule shows nothing: give it a “color”, or “bold = true”.",
            "c.toml:5:1: There is no setting “logs.highlight.colour”. Did you mean “color”?",
            "c.toml:6:1: This rule shows nothing: give it a “color”, or “bold = true”.",
        ]
    );
    assert!(errors("[logs]\nhighlight = 1")[0].contains("write each as [[logs.highlight]]"));
}

#[test]
fn what_is_not_toml_is_told_with_its_place() {
    let told = errors("theme = \"dark\"\nmouse = \n");
    assert!(told[0].starts_with("c.toml:2:"), "{told:?}");
    assert!(!told[0].contains('\n'));
    assert!(errors("logs = 1")[0].contains("must be a table"));
    assert!(errors("hosts = 1")[0].contains("[[hosts]]"));
    assert!(errors("mouse = true\nmouse = false")[0].starts_with("c.toml:2:1"));
}

#[test]
fn later_layers_win() {
    let file = Layer { theme: Some("dark".into()), mouse: Some(false), ..Layer::default() };
    let settings =
        |variables: &[(&str, &str)]| Settings::default().with(file.clone()).with(Layer::of(&environment(variables)));
    assert_eq!((settings(&[]).theme.as_str(), settings(&[]).mouse), ("dark", false));
    assert_eq!(settings(&[("NO_COLOR", "1")]).theme, "mono");
    assert_eq!(settings(&[("NO_COLOR", "")]).theme, "dark");
    assert_eq!(settings(&[("NO_COLOR", "1"), ("DOCKERUI_THEME", "light")]).theme, "light");
}

#[test]
fn files_lie_where_the_user_or_the_platform_says() {
    let usual = Files::locate(&environment(&[]), None);
    assert_eq!(usual.config, Path::new("/home/me/.config/dockerui-tui/config.toml"));
    assert_eq!(usual.log, Path::new("/home/me/.local/state/dockerui-tui/dockerui-tui.log"));
    assert!(!usual.config_is_named);
    let variable = environment(&[("DOCKERUI_CONFIG", "~/c.toml")]);
    assert_eq!(Files::locate(&variable, None).config, Path::new("/home/me/c.toml"));
    assert_eq!(Files::locate(&variable, Some("f.toml".into())).config, Path::new("f.toml"));
    assert!(Files::locate(&variable, None).config_is_named);
}

proptest! {
    /// Damage anywhere in a right file is told, never a panic, and always at a line that the file has.
    #[test]
    fn a_damaged_file_is_an_error_with_a_place(at in 0_usize..6000, damage in "\\PC{0,3}") {
        let mut text = example(true);
        let at = (0..=at % text.len()).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.insert_str(at, &damage);
        for error in Layer::parse(Path::new("c"), &text).err().unwrap_or_default() {
            let place = error.place.unwrap();
            prop_assert!(place.line >= 1 && place.line <= text.lines().count() + 1, "{}", error);
        }
    }
}

#[test]
fn built_in_themes_know_every_role() {
    for (name, text) in Theme::BUILT_IN {
        let theme = Theme::parse(Path::new(name), text).unwrap();
        for role in Role::ALL {
            assert!(theme.roles.contains_key(&role), "{name} lacks {}", role.name());
        }
        let colors: Vec<ColorSpec> = theme.roles.values().flat_map(|style| [style.fg, style.bg]).flatten().collect();
        match name {
            "mono" => assert_eq!(colors, []),
            "ansi" => assert!(colors.iter().all(|color| matches!(color, ColorSpec::Name(_)))),
            _ => assert!(!colors.is_empty()),
        }
    }
}

#[test]
fn a_theme_is_found_by_its_name() {
    let missing = Theme::load("drak", Path::new("/nowhere"), &environment(&[])).unwrap_err();
    assert_eq!(missing[0].to_string(), "/nowhere/drak.toml: There is no theme called “drak”. Did you mean “dark”?");
    assert!(Theme::load("../dark", Path::new("/nowhere"), &environment(&[])).is_err());
    let wrong = Theme::parse(Path::new("t"), "[txt]\nfg = \"red\"\n[dim]\nfg = \"rot\"\nbold = 1\n").unwrap_err();
    assert_eq!(wrong.len(), 3, "{wrong:?}");
    assert_eq!(wrong[0].to_string(), "t:1:2: There is no setting “txt”. Did you mean “text”?");
    let auto = |variables: &[(&str, &str)]| Theme::automatic(&environment(variables));
    assert_eq!(auto(&[]), "ansi");
    assert_eq!(auto(&[("NO_COLOR", "1"), ("COLORFGBG", "0;15")]), "mono");
    assert_eq!(auto(&[("COLORTERM", "truecolor"), ("COLORFGBG", "0;15")]), "light");
    assert_eq!(auto(&[("COLORTERM", "truecolor"), ("COLORFGBG", "15;default;0")]), "dark");
    assert_eq!(auto(&[("COLORFGBG", "0;15")]), "ansi");
}
