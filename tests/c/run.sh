#!/bin/sh
# The tests of the C face. Builds the library, installs it into a scratch directory as `make install` does, and works
# with that copy only: exported symbols, every program as C99 and as C++17, plain and under valgrind, the examples
# against the shared and the static library, the corpus, and Java.
set -eu
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
scratch=$target/c-tests
prefix=/opt/needmatch
memcheck="valgrind --quiet --error-exitcode=1 --leak-check=full --suppressions=tests/c/valgrind.supp"
strict="-Wall -Wextra -pedantic -Werror -O1 -g"
# Too large for valgrind.
plain_only=" limits "

say() { printf '%s\n' "c: $*"; }

# Programs run against the release build; valgrind watches the debug build, whose own checks are on and whose code keeps
# the order of the source (optimised code looks at values that it then ignores, which valgrind takes for faults).
# Both builds are of all packages, as `make release` and `make rust` make them: of one alone the libraries below would have
# other features, and everything would be built again.
cargo build --quiet --locked --release
cargo build --quiet --locked --lib
rm -rf "$scratch"
mkdir -p "$scratch/bin" "$scratch/debug"
PREFIX=$prefix DESTDIR=$scratch CARGO_TARGET_DIR=$target ffi/install.sh
include=$scratch$prefix/include lib=$scratch$prefix/lib
export LD_LIBRARY_PATH="$lib"
for name in "$lib"/libneedmatch.so*; do ln -s "$target/debug/libneedmatch.so" "$scratch/debug/$(basename "$name")"; done
# As a program that uses the library would find it.
export PKG_CONFIG_PATH="$lib/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$scratch"
flags=$(pkg-config --cflags --libs needmatch)
static_flags="-I$include $lib/libneedmatch.a -lpthread -ldl -lm"

say "the shared library exports what the header declares, and nothing else"
nm -D --defined-only "$lib/libneedmatch.so" | awk '{ print $3 }' | sort > "$scratch/exported"
grep -o '^needmatch_status needmatch_[a-z0-9_]*(' "$include/needmatch.h" | sed 's/.* //; s/($//' | sort > "$scratch/declared"
diff "$scratch/declared" "$scratch/exported"

compile() { # source program: as C99 and as C++17
    cc -std=c99 -D_POSIX_C_SOURCE=200809L $strict -I tests/c "$1" -o "$2.c99" $flags -pthread
    c++ -x c++ -std=c++17 $strict -I tests/c "$1" -o "$2.cpp17" $flags -pthread
}

for source in tests/c/*.c; do
    name=$(basename "$source" .c)
    say "$name"
    compile "$source" "$scratch/bin/$name"
    "$scratch/bin/$name.c99"
    "$scratch/bin/$name.cpp17"
    case $plain_only in
        *" $name "*) ;;
        *) LD_LIBRARY_PATH=$scratch/debug $memcheck "$scratch/bin/$name.c99" ;;
    esac
done

say "the examples, against the shared and the static library"
for name in quickstart city; do
    compile "examples/c/$name.c" "$scratch/bin/$name"
    cc -std=c99 $strict "examples/c/$name.c" -o "$scratch/bin/$name.static" $static_flags
done
printf 'n1 is served by o1 w1\nn2 is served by o1 \n' > "$scratch/expected"
for program in "$scratch"/bin/quickstart.*; do "$program" | diff "$scratch/expected" -; done
LD_LIBRARY_PATH=$scratch/debug $memcheck "$scratch/bin/quickstart.c99" > /dev/null

say "the sample's matching has the same bytes from C as from Rust"
"$target/release/generate" pilot "$scratch/sample"
"$target/release/sample_json" > "$scratch/sample.json"
for program in "$scratch"/bin/city.*; do "$program" "$scratch/sample" --json | cmp - "$scratch/sample.json"; done

say "the verifier in C accepts the sample's decision, refuses it with a byte changed, and leaks nothing"
for standard in c99 c11; do
    cc -std=$standard $strict ffi/verifier/needmatch_verify.c -o "$scratch/bin/verify.$standard"
done
"$target/release/sample_json" --decision > "$scratch/decision.json"
"$scratch/bin/verify.c99" "$scratch/decision.json" > /dev/null
$memcheck "$scratch/bin/verify.c11" "$scratch/decision.json" > /dev/null
sed 's/"rank":1,/"rank":2,/' "$scratch/decision.json" > "$scratch/tampered.json"
if "$scratch/bin/verify.c99" "$scratch/tampered.json" > /dev/null; then
    say "a changed byte was not noticed"
    exit 1
fi

say "the corpus"
"${PYTHON:-python3}" tests/c/corpus.py "$lib/libneedmatch.so" tests/cases

tests/java/run.sh "$lib" "$scratch/sample" "$scratch/sample.json" "$scratch/java"
