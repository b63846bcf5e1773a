#!/bin/sh
# The tests of the C face from Java, through JNA: run.sh LIBRARY-FOLDER SAMPLE-FOLDER SAMPLE-JSON SCRATCH-FOLDER.
set -eu
cd "$(dirname "$0")/../.."
jna=${JNA_JAR:-/usr/share/java/jna.jar}
say() { printf '%s\n' "java: $*"; }

say "the example and the tests"
mkdir -p "$4"
javac --release 8 -Xlint:all,-options -Werror -encoding UTF-8 -cp "$jna" -d "$4" \
    examples/java/*.java examples/java/org/needmatch/*.java tests/java/*.java
run() { java -Djna.library.path="$1" -cp "$jna:$4" "$5" "$2" "$3"; }
printf 'n1 is served by o1 w1\nn2 is served by o1 \n' > "$4/expected"
run "$@" Quickstart | diff "$4/expected" -
run "$@" NeedmatchTest
