#!/bin/sh
# Installs libneedmatch.so, libneedmatch.a, needmatch.h, needmatch.pc and the verifier's source under DESTDIR/PREFIX (default /usr/local).
# The release build must be there: cargo build --release --package needmatch-ffi.
set -eu
here=$(dirname "$0")
prefix=${PREFIX:-/usr/local}
root=${DESTDIR:-}$prefix
built=${CARGO_TARGET_DIR:-$here/../target}/release
version=$(sed -n 's/^#define NEEDMATCH_VERSION "\(.*\)"$/\1/p' "$here/include/needmatch.h")
soname=$(objdump -p "$built/libneedmatch.so" | sed -n 's/^ *SONAME *//p')

mkdir -p "$root/lib/pkgconfig" "$root/include" "$root/share/needmatch/verifier"
install -m 755 "$built/libneedmatch.so" "$root/lib/libneedmatch.so.$version"
ln -sf "libneedmatch.so.$version" "$root/lib/$soname"
ln -sf "$soname" "$root/lib/libneedmatch.so"
install -m 644 "$built/libneedmatch.a" "$root/lib/libneedmatch.a"
install -m 644 "$here/include/needmatch.h" "$root/include/needmatch.h"
install -m 644 "$here"/verifier/*.[ch] "$root/share/needmatch/verifier"
sed -e "s|@PREFIX@|$prefix|" -e "s|@VERSION@|$version|" "$here/needmatch.pc.in" > "$root/lib/pkgconfig/needmatch.pc"
