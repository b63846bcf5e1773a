//! Gives the shared library its soname, so that programs find a compatible version and no other.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libneedmatch.so.{}", abi_version());
    }
}

/// Changes with every release that breaks the C face: the major version, or before 1.0 `0.minor`.
fn abi_version() -> String {
    let part = |name| env::var(name).unwrap_or_default();
    match part("CARGO_PKG_VERSION_MAJOR").as_str() {
        "0" => format!("0.{}", part("CARGO_PKG_VERSION_MINOR")),
        major => major.to_owned(),
    }
}
