//! The fields of the forms of volumes and networks, in the order on screen.

use super::ask::{Ask, Name, Section, Shape};
use super::tables::{Check, any, ask, checked};
use crate::domain::{
    AddressPool, parse_alias, parse_ipv4, parse_ipv6, parse_label, parse_name, parse_network_name, parse_option,
};
use Section::Basics;
use Shape::{Line, Lines, Toggle};

const LABELS_HINT: &str = "key=value, one a line.";
const OPTIONS_HINT: &str = "name=value, one a line: type=nfs, o=addr=10.0.0.1, device=:/data.";
const LABEL: Check = |line| checked(parse_label(line));
const OPTION: Check = |line| checked(parse_option(line));

pub static CREATE_VOLUME: &[Ask] = &[
    ask(Basics, Name::Name, Line, "Name", "Letters, digits, _ . and -; empty: the engine makes one up.", |text| {
        checked(parse_name(text))
    }),
    ask(Basics, Name::Driver, Line, "Driver", "Empty: local, a folder of the engine.", any),
    ask(Basics, Name::Options, Lines, "Options", OPTIONS_HINT, OPTION),
    ask(Basics, Name::Labels, Lines, "Labels", LABELS_HINT, LABEL),
];

pub static CLONE_VOLUME: &[Ask] = &[
    ask(Basics, Name::Name, Line, "New volume", "The copy's name: letters, digits, _ . and -.", |text| {
        checked(parse_name(text))
    }),
    ask(Basics, Name::Labels, Lines, "Labels", LABELS_HINT, LABEL),
];

pub static IMPORT_VOLUME: &[Ask] = &[
    ask(Basics, Name::Path, Line, "File", "A tar file of this machine, packed or not; ~/ is your home.", any),
    ask(Basics, Name::Name, Line, "New volume", "Its name: letters, digits, _ . and -.", |text| {
        checked(parse_name(text))
    }),
    ask(Basics, Name::Driver, Line, "Driver", "Empty: local, a folder of the engine.", any),
    ask(Basics, Name::Options, Lines, "Options", OPTIONS_HINT, OPTION),
    ask(Basics, Name::Labels, Lines, "Labels", LABELS_HINT, LABEL),
];

pub static CREATE_NETWORK: &[Ask] = &[
    ask(Basics, Name::Name, Line, "Name", "Letters, digits, _ . and -.", |text| checked(parse_network_name(text))),
    ask(Basics, Name::Driver, Line, "Driver", "Empty: bridge, a network of this host alone.", any),
    ask(
        Basics,
        Name::Subnets,
        Lines,
        "Subnets",
        "10.5.0.0/16, then gateway 10.5.0.1 and range 10.5.8.0/24 if wanted; one a line. Empty: a free one.",
        |line| checked(line.parse::<AddressPool>()),
    ),
    ask(Basics, Name::Internal, Toggle(false), "Internal", "Nobody on it reaches anything outside.", any),
    ask(Basics, Name::Attachable, Toggle(false), "Attachable", "In a swarm: containers may join by hand.", any),
    ask(Basics, Name::Ipv6, Toggle(false), "IPv6", "Give its containers addresses of IPv6 as well.", any),
    ask(Basics, Name::Options, Lines, "Options", "name=value for the driver, one a line, such as parent=eth0.", OPTION),
    ask(Basics, Name::Labels, Lines, "Labels", LABELS_HINT, LABEL),
];

pub static CONNECT: &[Ask] = &[
    ask(Basics, Name::Container, Line, "Container", "Its name.", any),
    ask(Basics, Name::Aliases, Lines, "Aliases", "Further names that the others find it by, one a line.", |line| {
        checked(parse_alias(line))
    }),
    ask(Basics, Name::Address4, Line, "IPv4 address", "Within the network; empty: a free one.", |text| {
        checked(parse_ipv4(text))
    }),
    ask(
        Basics,
        Name::Address6,
        Line,
        "IPv6 address",
        "Within the network; empty: a free one, where it has any.",
        |text| checked(parse_ipv6(text)),
    ),
];
