//! Which values look like secrets, and how they are hidden.

mod json;

pub use json::hide_secrets;

/// What stands for a hidden value, whatever its length.
const MASK: &str = "••••••••";

/// Words that make a key a secret's, wherever they stand between `_`, `-` and `.`.
const SECRET_WORDS: &[&str] = &[
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "PASS",
    "PWD",
    "PW",
    "SECRET",
    "SECRETS",
    "TOKEN",
    "TOKENS",
    "CREDENTIAL",
    "CREDENTIALS",
    "CREDS",
    "APIKEY",
    "PRIVATEKEY",
    "SECRETKEY",
    "ACCESSKEY",
    "AUTHKEY",
    "DSN",
    "KEY",
    "KEYS",
    "SALT",
    "PAT",
    "COOKIE",
    "SIGNATURE",
];

/// Endings that are written together with another word: `MYSQLPASSWORD`, `GITHUBTOKEN`.
const SECRET_ENDINGS: &[&str] = &["PASSWORD", "PASSWD", "SECRET", "TOKEN", "APIKEY"];

/// Words beside which none of the above is the secret itself: where it lies, how long it is, that it is public.
const HARMLESS_WORDS: &[&str] = &[
    "PUBLIC",
    "PUB",
    "PATH",
    "FILE",
    "DIR",
    "FILENAME",
    "NAME",
    "TYPE",
    "ID",
    "LENGTH",
    "SIZE",
    "TTL",
    "EXPIRY",
    "EXPIRES",
    "EXPIRATION",
    "TIMEOUT",
    "ALGORITHM",
    "ALG",
    "POLICY",
    "HEADER",
    "FORMAT",
    "URL",
    "URI",
    "ENDPOINT",
    "ENABLED",
    "REQUIRED",
    "FIELD",
    "COUNT",
    "LIMIT",
    "MAX",
    "MIN",
    "PREFIX",
    "LAYOUT",
    "SERVER",
    "KEYSERVER",
    "FINGERPRINT",
    "GPG",
];

/// Whether a variable or label should be hidden until asked for.
pub fn is_secret(key: &str, value: &str) -> bool {
    if value.is_empty() || is_trivial(value) {
        return false;
    }
    has_secret_value(value) || has_secret_key(key)
}

/// Hides a value; of URLs only the passwords, so that the host stays readable. Never tells the length.
pub fn mask(value: &str) -> String {
    let (mut masked, mut left) = (String::new(), value);
    while let Some((before, after)) = password_of_url(left) {
        masked.extend([before, MASK]);
        left = after;
    }
    if masked.is_empty() { MASK.to_owned() } else { masked + left }
}

/// A word of a command line or an entry of an environment, with what looks like a secret hidden: the value of
/// `KEY=value` or `--key=value`, else the word itself.
pub fn hide_secret(word: &str) -> String {
    match word.split_once('=') {
        Some((key, value)) if is_secret(key, value) => format!("{key}={}", mask(value)),
        _ if is_secret("", word) => mask(word),
        _ => word.to_owned(),
    }
}

/// Labels and options of drivers without their secrets. Options of mounts hold several values: `username=app,password=…`.
pub fn discreet(pairs: &[(String, String)]) -> Vec<(String, String)> {
    let hidden = |(key, value): &(String, String)| {
        let value = if is_secret(key, value) { mask(value) } else { value.clone() };
        let parts: Vec<String> = value.split(',').map(hide_secret).collect();
        (key.clone(), parts.join(","))
    };
    pairs.iter().map(hidden).collect()
}

/// Switches and such: nobody's secret, whatever the key says (`ALLOW_EMPTY_PASSWORD=yes`).
fn is_trivial(value: &str) -> bool {
    ["true", "false", "yes", "no", "on", "off", "0", "1", "none", "null"]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word))
}

fn has_secret_key(key: &str) -> bool {
    let key = key.to_ascii_uppercase();
    let words = || key.split(['_', '-', '.', '/', ':']).filter(|word| !word.is_empty());
    // PWD alone is the working directory.
    if key == "PWD" || key == "OLDPWD" {
        return false;
    }
    let named =
        words().any(|word| SECRET_WORDS.contains(&word) || SECRET_ENDINGS.iter().any(|ending| word.ends_with(ending)));
    named && !words().any(|word| HARMLESS_WORDS.contains(&word))
}

fn has_secret_value(value: &str) -> bool {
    password_of_url(value).is_some()
        || (value.contains("-----BEGIN ") && value.contains("PRIVATE KEY"))
        || is_aws_key(value)
        || is_web_token(value)
        || TOKEN_PREFIXES.iter().any(|prefix| value.starts_with(prefix) && value.len() >= prefix.len() + 16)
}

/// How services mark their tokens, so that leaked ones can be found.
const TOKEN_PREFIXES: &[&str] = &[
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "sk-",
    "dckr_pat_",
    "npm_",
    "pypi-",
    "hvs.",
    "SG.",
    "AIza",
];

/// An access key's id at AWS: twenty capital letters and digits, of which the first four tell the kind.
fn is_aws_key(value: &str) -> bool {
    (value.starts_with("AKIA") || value.starts_with("ASIA"))
        && value.len() == 20
        && value.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// A JSON web token: three parts of base64url, the first two beginning as `{"` does there.
fn is_web_token(value: &str) -> bool {
    let token = value.strip_prefix("Bearer ").unwrap_or(value);
    let parts: Vec<&str> = token.split('.').collect();
    let base64 =
        |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'='));
    parts.len() == 3 && parts.iter().take(2).all(|part| part.starts_with("eyJ")) && parts.iter().all(base64)
}

/// What stands before and after the first password in `scheme://user:password@host`.
fn password_of_url(value: &str) -> Option<(&str, &str)> {
    value.match_indices("://").find_map(|(colon, mark)| password_after(value, colon + mark.len()))
}

fn password_after(value: &str, start: usize) -> Option<(&str, &str)> {
    // A password may hold any character, written badly even / or ?: the last @ before a query ends it, else the last.
    let authority = value.get(start..)?.split([' ', '\n', '\t']).next()?;
    let before_query = authority.split('?').next().and_then(|text| text.rfind('@'));
    let at = start + before_query.or_else(|| authority.rfind('@'))?;
    let colon = start + authority.find(':')?;
    let (user, password) = (value.get(start..colon)?, value.get(colon + 1..at)?);
    let is_port =
        password.split_once(['/', '?']).is_some_and(|(port, _)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let found = !password.is_empty() && !user.contains('/') && !is_port;
    found.then_some((value.get(..=colon)?, value.get(at..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_seen() {
        for (key, value) in [
            ("POSTGRES_PASSWORD", "hunter2"),
            ("MYSQL_ROOT_PASSWORD", "x"),
            ("MYSQLPASSWORD", "x"),
            ("db.password", "x"),
            ("DB_PASS", "x"),
            ("API_KEY", "abc"),
            ("APIKEY", "abc"),
            ("SECRET_KEY_BASE", "abc"),
            ("SECRET", "abc"),
            ("GITHUB_TOKEN", "abc"),
            ("githubtoken", "abc"),
            ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            ("AWS_ACCESS_KEY", "abc"),
            ("ANYTHING", "AKIAIOSFODNN7EXAMPLE"),
            ("SENTRY_DSN", "https://abc@sentry.example.com/1"),
            ("DATABASE_URL", "postgres://app:hunter2@db:5432/app"),
            ("JDBC", "jdbc:postgresql://app:hunter2@db/app"),
            ("REDIS_URL", "redis://:hunter2@redis:6379/0"),
            ("CACHE", "redis://:hun,ter2@redis"),
            ("CACHE", "redis://:hun?ter2@redis"),
            ("PEM", "-----BEGIN RSA PRIVATE KEY-----\nMIIE"),
            ("X", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"),
            ("AUTH", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"),
            ("GH", "ghp_0123456789abcdef0123456789abcdef0123"),
            ("GOOGLE_CREDENTIALS", "{}"),
            ("ENCRYPTION_KEY", "abc"),
        ] {
            assert!(is_secret(key, value), "{key}={value}");
        }
    }

    #[test]
    fn what_is_none_stays_readable() {
        for (key, value) in [
            ("PATH", "/bin"),
            ("PWD", "/srv"),
            ("KEYBOARD", "de"),
            ("KEYBOARD_LAYOUT", "de"),
            ("PUBLIC_KEY_PATH", "/etc/key.pub"),
            ("PUBLIC_KEY", "ssh-ed25519 AAAA"),
            ("POSTGRES_PASSWORD_FILE", "/run/secrets/db"),
            ("AWS_ACCESS_KEY_ID_NAME", "x"),
            ("TOKEN_TTL", "3600"),
            ("TOKEN_URL", "https://login.example.com/token"),
            ("MONKEY", "banana"),
            ("COMPASS", "north"),
            ("ALLOW_EMPTY_PASSWORD", "yes"),
            ("PASSWORD", ""),
            ("GPG_KEY", "E3FF2839C048B25C084DEBE9B26995E310250568"),
            ("NGINX_VERSION", "1.27"),
            ("HOME_URL", "https://example.com/a:b@c"),
            ("MODULE", "https://example.com:8080/module@v2"),
            ("LOGIN", "https://example.com:8080?mail=a@b"),
            ("REGISTRY", "https://user@example.com"),
            ("VERSION", "1.2.3"),
            ("SECRETARY", "Ann"),
            ("AUTHOR", "Ann"),
        ] {
            assert!(!is_secret(key, value), "{key}={value}");
        }
    }

    #[test]
    fn a_word_is_hidden_as_far_as_it_is_secret() {
        assert_eq!(hide_secret("DB_PASSWORD=x"), format!("DB_PASSWORD={MASK}"));
        assert_eq!(hide_secret("--token=x=y"), format!("--token={MASK}"));
        assert_eq!(hide_secret("redis://:x@b/?db=1"), format!("redis://:{MASK}@b/?db=1"));
        assert_eq!(hide_secret("TZ=UTC"), "TZ=UTC");
        assert_eq!(hide_secret("PASSWORD"), "PASSWORD");
    }

    #[test]
    fn masks_tell_no_length_and_keep_the_host() {
        assert_eq!(mask("a"), mask("a much longer one"));
        assert_eq!(mask("postgres://app:hunter2@db:5432/app"), "postgres://app:••••••••@db:5432/app");
        assert_eq!(mask("redis://:p@ss@redis/0"), "redis://:••••••••@redis/0");
        assert_eq!(mask("amqp://a:p/w@mq/%2f"), "amqp://a:••••••••@mq/%2f");
        assert_eq!(mask("http://a/ redis://:x@b redis://:y@c"), "http://a/ redis://:••••••••@b redis://:••••••••@c");
        assert_eq!(mask("https://example.com"), MASK);
        assert_eq!(mask(""), MASK);
    }
}
