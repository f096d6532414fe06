//! Input for the fuzz target: pieces of what engines and hostile containers write, put together at random.

/// What is worth trying, beside bytes of any kind.
const FRAGMENTS: [&[u8]; 34] = [
    b"1970-01-01T00:00:01.000000000Z ",
    b"1970-01-01T00:00:01Z ",
    b"2026-11-21T03:09:41.123456789Z ",
    b"2026-13-41T99:99:99.1Z ",
    b"\n",
    b"\r\n",
    b"\r",
    b"\t",
    b"\0",
    b"\x1b[31mred\x1b[0m",
    b"\x1b[1;38;2;1;2;3m",
    b"\x1b[48;5;300m",
    b"\x1b[38;2;999999999999;;m",
    b"\x1b[2J\x1b[H",
    b"\x1b[?1049h",
    b"\x1b]0;title\x07",
    b"\x1b]52;c;aGk=\x1b\\",
    b"\x1bPq#0;2;0;0;0\x1b\\",
    b"\x1b",
    b"\x9b31m",
    b"\xc2\x9b31m",
    b"\x1b[",
    b"\x08\x08\x7f",
    b"\xff\xfe",
    b"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
    b"\xe6\xbc\xa2\xe5\xad\x97",
    b"e\xcc\x81\xcc\x81\xcc\x81",
    b"\xe2\x80\xae\xe2\x81\xa6",
    b"{\"level\":\"error\",\"msg\":\"a\\u001b[2J\",\"n\":[1,{\"x\":null}]}",
    b"{\"a\":{\"a\":{\"a\":{\"a\":",
    b"level=warn msg=\"x y\"",
    b"0123456789012345678901234567890123456789012345678901234567890123456789",
    b"\x01\0\0\0\0\0\0\x02ab",
    b"\x03\0\0\0\0\0\0\x01x",
];

/// The next of a row of numbers that looks random.
fn next(seed: &mut u64) -> usize {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    usize::try_from(*seed >> 16).unwrap_or(0)
}

/// Options, and a stream for them: framed or not.
pub fn input(seed: &mut u64) -> Vec<u8> {
    let options = (next(seed) & 0xff) as u8;
    let mut bytes = vec![options, (next(seed) & 0xff) as u8];
    let is_terminal = options & 1 != 0;
    for _ in 0..next(seed) % 24 {
        let payload = payload(seed);
        // Now and then what should be framed is not.
        if !is_terminal && !next(seed).is_multiple_of(40) {
            bytes.extend_from_slice(&[if next(seed).is_multiple_of(3) { 2 } else { 1 }, 0, 0, 0]);
            bytes.extend_from_slice(&u32::try_from(payload.len()).unwrap_or(0).to_be_bytes());
        }
        bytes.extend_from_slice(&payload);
    }
    bytes
}

fn payload(seed: &mut u64) -> Vec<u8> {
    let mut payload = Vec::new();
    for _ in 0..next(seed) % 8 {
        match next(seed) % 16 {
            0 => (0..next(seed) % 64).for_each(|_| payload.push((next(seed) & 0xff) as u8)),
            1 => payload.resize(payload.len() + next(seed) % 1_500, b'x'),
            _ => payload.extend_from_slice(FRAGMENTS.get(next(seed) % FRAGMENTS.len()).copied().unwrap_or_default()),
        }
    }
    payload
}
