//! Ranges of addresses as networks have them: `10.5.0.0/16`, with a gateway and a part that containers get theirs from.

use super::Invalid;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// All addresses that begin with the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subnet {
    /// Its first address.
    pub first: IpAddr,
    /// How many bits its addresses share.
    pub bits: u8,
}

/// A subnet of a network, as a line of a form: `10.5.0.0/16 gateway 10.5.0.1 range 10.5.8.0/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressPool {
    pub subnet: Subnet,
    /// `None`: the engine takes the first address.
    pub gateway: Option<IpAddr>,
    /// The part that containers get their addresses from, where it is not all of it.
    pub range: Option<Subnet>,
}

impl Subnet {
    pub fn contains(&self, address: IpAddr) -> bool {
        self.is_v6() == address.is_ipv6() && masked(address, self.bits) == self.first
    }

    /// Whether both have addresses in common: one of them is within the other then.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.contains(other.first) || other.contains(self.first)
    }

    pub fn is_v6(&self) -> bool {
        self.first.is_ipv6()
    }

    fn is_within(&self, other: &Self) -> bool {
        self.bits >= other.bits && other.contains(self.first)
    }

    /// Its own name and, with IPv4, the address of everybody: nobody can have these.
    fn is_reserved(&self, address: IpAddr) -> bool {
        let IpAddr::V4(v4) = address else { return false };
        // In such small ones every address can be used.
        self.bits < 31 && (address == self.first || v4.to_bits() | !mask_v4(self.bits) == v4.to_bits())
    }
}

impl FromStr for Subnet {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let Some((address, bits)) = text.split_once('/') else {
            return Err(Invalid::new(format!("“{text}” has no size: write it as in 10.5.0.0/16.")));
        };
        let address: IpAddr = address
            .parse()
            .map_err(|_| Invalid::new(format!("“{address}” is no IP address: write it as in 10.5.0.0/16.")))?;
        let most = if address.is_ipv6() { 128 } else { 32 };
        let bits: u8 = bits.parse().ok().filter(|bits| *bits <= most).ok_or_else(|| {
            Invalid::new(format!("“/{bits}” is no size of a subnet: it is a number from 0 to {most}."))
        })?;
        let first = masked(address, bits);
        if first != address {
            return Err(Invalid::new(format!("{text} is an address within a subnet: that is {first}/{bits}.")));
        }
        Ok(Self { first, bits })
    }
}

impl fmt::Display for Subnet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.bits)
    }
}

impl AddressPool {
    /// What an address asked for is wrong with, if anything.
    pub fn check_address(&self, address: IpAddr) -> Result<(), Invalid> {
        let Self { subnet, gateway, .. } = self;
        if !subnet.contains(address) {
            return Err(Invalid::new(format!("{address} is not within {subnet}.")));
        }
        if subnet.is_reserved(address) {
            return Err(Invalid::new(format!("{address} cannot be given to anybody: it stands for all of {subnet}.")));
        }
        match *gateway == Some(address) {
            true => Err(Invalid::new(format!("{address} is the network's gateway."))),
            false => Ok(()),
        }
    }
}

impl FromStr for AddressPool {
    type Err = Invalid;

    fn from_str(line: &str) -> Result<Self, Invalid> {
        let mut words = line.split_whitespace();
        let subnet: Subnet = words.next().unwrap_or_default().parse()?;
        let mut pool = Self { subnet, gateway: None, range: None };
        while let Some(word) = words.next() {
            // `gateway=10.5.0.1` is as clear as `gateway 10.5.0.1`.
            let (name, value) = match word.split_once('=') {
                Some(pair) => pair,
                None => (word, words.next().unwrap_or_default()),
            };
            match name {
                "gateway" if pool.gateway.is_none() => pool.gateway = Some(pool.read_gateway(value)?),
                "range" if pool.range.is_none() => pool.range = Some(pool.read_range(value)?),
                "gateway" | "range" => return Err(Invalid::new(format!("A subnet has one {name}."))),
                _ => {
                    return Err(Invalid::new(format!(
                        "“{name}” means nothing here: after the subnet come gateway ADDRESS and range SUBNET."
                    )));
                }
            }
        }
        Ok(pool)
    }
}

impl AddressPool {
    fn read_gateway(&self, text: &str) -> Result<IpAddr, Invalid> {
        let subnet = &self.subnet;
        let gateway = parse_address(text).map_err(|_| match text {
            "" => Invalid::new("After gateway comes its address."),
            _ => Invalid::new(format!("The gateway “{text}” is no IP address.")),
        })?;
        if !subnet.contains(gateway) {
            return Err(Invalid::new(format!("The gateway {gateway} is not within {subnet}.")));
        }
        match subnet.is_reserved(gateway) {
            true => Err(Invalid::new(format!("{gateway} cannot be a gateway: it stands for all of {subnet}."))),
            false => Ok(gateway),
        }
    }

    fn read_range(&self, text: &str) -> Result<Subnet, Invalid> {
        let subnet = &self.subnet;
        if text.is_empty() {
            return Err(Invalid::new(format!("After range comes a part of {subnet}.")));
        }
        let range: Subnet = text.parse()?;
        match range.is_within(subnet) {
            true => Ok(range),
            false => Err(Invalid::new(format!("The range {range} is not within {subnet}."))),
        }
    }
}

impl fmt::Display for AddressPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.subnet)?;
        self.gateway.map_or(Ok(()), |gateway| write!(f, " gateway {gateway}"))?;
        self.range.map_or(Ok(()), |range| write!(f, " range {range}"))
    }
}

/// An IP address as it is typed.
///
/// # Errors
/// Where it is none.
pub fn parse_address(text: &str) -> Result<IpAddr, Invalid> {
    let text = text.trim();
    text.parse().map_err(|_| Invalid::new(format!("“{text}” is no IP address.")))
}

fn masked(address: IpAddr, bits: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => Ipv4Addr::from_bits(v4.to_bits() & mask_v4(bits)).into(),
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits.min(128))).unwrap_or(0);
            Ipv6Addr::from_bits(v6.to_bits() & mask).into()
        }
    }
}

fn mask_v4(bits: u8) -> u32 {
    u32::MAX.checked_shl(32 - u32::from(bits.min(32))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn subnet(text: &str) -> Subnet {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_wrong_with_a_subnet_is_told_with_what_is_right() {
        for (text, sentence) in [
            ("10.5.0.0", "“10.5.0.0” has no size: write it as in 10.5.0.0/16."),
            ("10.5/16", "“10.5” is no IP address: write it as in 10.5.0.0/16."),
            ("10.5.0.0/33", "“/33” is no size of a subnet: it is a number from 0 to 32."),
            ("10.5.0.7/24", "10.5.0.7/24 is an address within a subnet: that is 10.5.0.0/24."),
            ("10.5.0.0/16 gateway", "After gateway comes its address."),
            ("10.5.0.0/16 gateway 10.6.0.1", "The gateway 10.6.0.1 is not within 10.5.0.0/16."),
            ("10.5.0.0/16 gateway 10.5.0.0", "10.5.0.0 cannot be a gateway: it stands for all of 10.5.0.0/16."),
            ("10.5.0.0/16 gateway=10.5.255.255", "10.5.255.255 cannot be a gateway: it stands for all of 10.5.0.0/16."),
            ("10.5.0.0/16 range 10.0.0.0/8", "The range 10.0.0.0/8 is not within 10.5.0.0/16."),
            ("10.5.0.0/16 range 10.6.0.0/24", "The range 10.6.0.0/24 is not within 10.5.0.0/16."),
            (
                "10.5.0.0/16 via 10.5.0.1",
                "“via” means nothing here: after the subnet come gateway ADDRESS and range SUBNET.",
            ),
            ("10.5.0.0/16 range 10.5.1.0/24 range 10.5.2.0/24", "A subnet has one range."),
        ] {
            assert_eq!(text.parse::<AddressPool>().unwrap_err().sentence(), sentence, "{text}");
        }
    }

    #[test]
    fn subnets_overlap_where_one_is_within_the_other() {
        for (one, two, overlap) in [
            ("10.0.0.0/8", "10.5.0.0/16", true),
            ("10.5.0.0/16", "10.6.0.0/16", false),
            ("0.0.0.0/0", "10.6.0.0/16", true),
            ("fd00::/8", "fd00:1::/64", true),
            ("::/0", "10.6.0.0/16", false),
        ] {
            assert_eq!(subnet(one).overlaps(&subnet(two)), overlap, "{one} {two}");
            assert_eq!(subnet(two).overlaps(&subnet(one)), overlap, "{two} {one}");
        }
    }

    #[test]
    fn an_address_that_nobody_can_have_is_refused() {
        let pool: AddressPool = "10.5.0.0/24 gateway 10.5.0.1".parse().unwrap();
        for (address, sentence) in [
            ("10.6.0.2", "10.6.0.2 is not within 10.5.0.0/24."),
            ("10.5.0.1", "10.5.0.1 is the network's gateway."),
            ("10.5.0.255", "10.5.0.255 cannot be given to anybody: it stands for all of 10.5.0.0/24."),
        ] {
            assert_eq!(pool.check_address(address.parse().unwrap()).unwrap_err().sentence(), sentence);
        }
        assert!(pool.check_address("10.5.0.2".parse().unwrap()).is_ok());
    }

    proptest! {
        #[test]
        fn pools_print_as_they_are_read(bits in 8u8..=30, number in any::<u32>(), v6 in any::<bool>(), with in 0..4) {
            let address: IpAddr = if v6 { Ipv6Addr::from_bits(u128::from(number) << 96).into() } else { Ipv4Addr::from_bits(number).into() };
            let first = masked(address, bits);
            let next = match first {
                IpAddr::V4(v4) => IpAddr::V4(Ipv4Addr::from_bits(v4.to_bits() | 1)),
                IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() | 1)),
            };
            let subnet = Subnet { first, bits };
            let pool = AddressPool {
                subnet,
                gateway: (with & 1 == 1).then_some(next),
                range: (with & 2 == 2).then_some(Subnet { first, bits: bits + 1 }),
            };
            prop_assert_eq!(pool.to_string().parse::<AddressPool>(), Ok(pool));
            prop_assert!(subnet.contains(next) && subnet.overlaps(&subnet));
        }
    }
}
