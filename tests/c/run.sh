#!/bin/sh
# The tests of the C face. Builds the library, installs it into a scratch directory as `make install` does, and works
# with that copy only: exported symbols, every program as C99 and as C++17, plain and under valgrind, the examples.
set -eu
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
scratch=$target/c-tests
memcheck="valgrind --quiet --error-exitcode=1 --leak-check=full --suppressions=tests/c/valgrind.supp"
strict="-Wall -Wextra -pedantic -Werror -O1 -g"
# Too large for valgrind.
plain_only=" limits "

say() { printf '%s\n' "c: $*"; }
need() { command -v "$1" >/dev/null || { say "$1 is missing: install it to run the C tests"; exit 1; }; }
for tool in cc c++ valgrind nm objdump; do need "$tool"; done

# Programs run against the release build; valgrind watches the debug build, whose own checks are on and whose code keeps
# the order of the source (optimised code looks at values that it then ignores, which valgrind takes for faults).
cargo build --quiet --locked --release -p needmatch-ffi
cargo build --quiet --locked -p needmatch-ffi
rm -rf "$scratch"
mkdir -p "$scratch/bin" "$scratch/debug"
PREFIX=/usr DESTDIR=$scratch CARGO_TARGET_DIR=$target ffi/install.sh
include=$scratch/usr/include lib=$scratch/usr/lib
export LD_LIBRARY_PATH="$lib"
for name in "$lib"/libneedmatch.so*; do ln -s "$target/debug/libneedmatch.so" "$scratch/debug/$(basename "$name")"; done

say "the shared library exports what the header declares, and nothing else"
nm -D --defined-only "$lib/libneedmatch.so" | awk '{ print $3 }' | sort > "$scratch/exported"
grep -o '^needmatch_status needmatch_[a-z0-9_]*(' "$include/needmatch.h" | sed 's/.* //; s/($//' | sort > "$scratch/declared"
diff "$scratch/declared" "$scratch/exported"

compile() { # source program: as C99 and as C++17
    cc -std=c99 -D_POSIX_C_SOURCE=200809L $strict -I "$include" -I tests/c "$1" -o "$2.c99" -L "$lib" -lneedmatch -pthread
    c++ -x c++ -std=c++17 $strict -I "$include" -I tests/c "$1" -o "$2.cpp17" -L "$lib" -lneedmatch -pthread
}

for source in tests/c/*.c; do
    name=$(basename "$source" .c)
    say "$name"
    compile "$source" "$scratch/bin/$name"
    "$scratch/bin/$name.c99"
    "$scratch/bin/$name.cpp17"
    case $plain_only in *" $name "*) ;; *) LD_LIBRARY_PATH=$scratch/debug $memcheck "$scratch/bin/$name.c99" ;; esac
done
