//! Which addresses are called: none in the own network unless the channel says that its other end stands there.
//!
//! Checked where names become addresses, so that a name which points inside leads nowhere.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::lookup_host;

/// Said of an address that is not called; `sender` finds it again in the client's error.
pub(super) const INSIDE: &str = "the address lies in the own network";

/// Whether an address belongs to this machine or to a network that is nobody else's.
pub(super) fn is_inside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => {
            let [first, second, ..] = four.octets();
            four.is_loopback()
                || four.is_private()
                || four.is_link_local()
                || four.is_unspecified()
                || four.is_broadcast()
                || four.is_multicast()
                // Shared by carriers (RFC 6598).
                || (first == 100 && (64..128).contains(&second))
                || first == 0
        }
        IpAddr::V6(six) => {
            let mapped = six.to_ipv4_mapped().is_some_and(|four| is_inside(IpAddr::V4(four)));
            mapped
                || six.is_loopback()
                || six.is_unspecified()
                || six.is_unique_local()
                || six.is_unicast_link_local()
                || six.is_multicast()
        }
    }
}

/// The addresses of a host that may be called.
pub(super) async fn resolve(host: &str, port: u16, inside: bool) -> std::io::Result<Vec<SocketAddr>> {
    let found: Vec<SocketAddr> = lookup_host((host, port)).await?.collect();
    let open: Vec<SocketAddr> = found.iter().copied().filter(|address| inside || !is_inside(address.ip())).collect();
    if open.is_empty() && !found.is_empty() {
        return Err(std::io::Error::new(std::io::ErrorKind::PermissionDenied, INSIDE));
    }
    Ok(open)
}

/// Names to addresses for a client.
pub(super) struct Guard;

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        Box::pin(async move {
            let open = resolve(&host, 0, false).await?;
            let addresses: Addrs = Box::new(open.into_iter());
            Ok(addresses)
        })
    }
}

/// The guard where the other end must stand outside.
pub(super) fn guard() -> Arc<Guard> {
    Arc::new(Guard)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expect: bool) {
        assert_eq!(address.parse().map(is_inside), Ok(expect), "{address}");
    }

    #[test]
    fn the_own_network_is_known() {
        for inside in ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"]
        {
            check(inside, true);
        }
        for inside in ["::1", "fc00::1", "fe80::1", "::ffff:10.0.0.1", "::"] {
            check(inside, true);
        }
        for outside in ["8.8.8.8", "100.128.0.1", "172.32.0.1", "2001:4860:4860::8888", "::ffff:8.8.8.8"] {
            check(outside, false);
        }
    }
}
