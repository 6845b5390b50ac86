# Shared by the end-to-end tests (sourced by bash). Gives: where things are, one toolchain per Go version, builds of the
# programs in testdata/programs in a routed and a stock form, and checks that say what was expected and what came.
#
# Stock means: the same program with CGO_ENABLED=1, runtime/cgo imported (every program imports it), the same link mode.
#
# Environment: LIBCIFY (the executable), LIBCIFY_E2E (work folder, default build/e2e), LIBCIFY_TEST_GO (what scripts/goroot
# takes: the Go tree that the tests use, default the newest of scripts/test/versions).

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
E2E=${LIBCIFY_E2E:-$ROOT/build/e2e}
TEST_GO=${LIBCIFY_TEST_GO:-$(sed -n "s/^newest //p" "$ROOT/scripts/test/versions")}
PROGRAMS=$ROOT/testdata/programs
INTERPOSERS=$ROOT/testdata/interposers
export LC_ALL=C

die() { echo "error: $*" >&2; exit 2; }

if [[ -z ${LIBCIFY:-} ]]; then
  LIBCIFY=$(ls -t "$ROOT"/build/*/libcify 2>/dev/null | head -n 1 || true)
  [[ -n $LIBCIFY ]] || die "no libcify executable: build it, or set LIBCIFY"
fi
export LIBCIFY

# Sums of everything that changes what libcify generates besides the executable.
input_sums() { find "$ROOT/rules" "$ROOT/overlays" -type f -exec sha256sum {} + 2>/dev/null | sort; }

# goroot_of SPEC: the GOROOT of a release number, of a folder, or of the go on PATH; installs it when it is missing.
goroot_of() { "$ROOT/scripts/goroot" "$1"; }

# go_name GOROOT: its release number, from the VERSION file.
go_name() { sed -n '1s/^go//p' "$1/VERSION" | tr -d ' '; }

# use_go [SPEC [GOARCH [LIBC]]]: sets HOME_GO and the three go commands.
use_go() {
  HOME_GO=$("$ROOT/scripts/test/toolchain" "${1:-$TEST_GO}" "${@:2}") || exit 2
  STOCK_GO=$HOME_GO/bin/stock-go
  OVERLAY_GO=$HOME_GO/bin/overlay-go
  ROUTED_GO=$HOME_GO/bin/go
}

# overlay_go SPEC: prints the go command with the overlay in place.
overlay_go() { (use_go "$1" && echo "$ROUTED_GO"); }

# scratch NAME: a fresh folder for a test, below the toolchain's.
scratch() {
  OUT=$HOME_GO/run/$1
  rm -rf "$OUT"
  mkdir -p "$OUT"
}

# build_with GO OUTPUT PROGRAM FLAGS…: builds testdata/programs/PROGRAM.
build_with() {
  local go=$1 output=$2 program=$3
  shift 3
  (cd "$PROGRAMS" && "$go" build "$@" -o "$output" "./$program")
}

# build_both PROGRAM FLAGS…: $OUT/PROGRAM (routed) and $OUT/PROGRAM.stock.
build_both() {
  local program=$1
  shift
  build_with "$ROUTED_GO" "$OUT/$program" "$program" "$@" || die "routed build of $program failed"
  build_with "$STOCK_GO" "$OUT/$program.stock" "$program" "$@" || die "stock build of $program failed"
}

# interposer NAME [CC]: compiles testdata/interposers/NAME.c, sets SO.
interposer() {
  local cc=${2:-${CC:-cc}}
  SO=$E2E/interposers/$1.$(basename "$cc").so
  mkdir -p "$E2E/interposers"
  if [[ ! $SO -nt $INTERPOSERS/$1.c || ! $SO -nt $INTERPOSERS/calls.h ]]; then
    "$cc" -O1 -fno-builtin -shared -fPIC -Wall -Wextra -idirafter /usr/include -idirafter /usr/include/x86_64-linux-gnu \
      -o "$SO.$$" "$INTERPOSERS/$1.c" -ldl || die "cannot compile $1.c"
    mv "$SO.$$" "$SO"
  fi
}

# Checks. A test counts its failures and ends with `finish`.
failures=0
passes=0
ok() { passes=$((passes + 1)); echo "ok: $*"; }
fail() { failures=$((failures + 1)); echo "FAIL: $*" >&2; }
skip() { echo "skipped: $*"; }
# check TEXT COMMAND…: the command must succeed.
check() {
  local text=$1
  shift
  if "$@"; then ok "$text"; else fail "$text (command: $*)"; fi
}
# expect TEXT GOT WANT
expect() { if [[ $2 == "$3" ]]; then ok "$1: $2"; else fail "$1: got '$2', want '$3'"; fi; }
# matches TEXT FILE REGEX: some line of the file matches.
matches() { if grep -Eq -- "$3" "$2"; then ok "$1"; else fail "$1: nothing in $2 matches /$3/"; tail -n 12 "$2" >&2; fi; }
finish() {
  echo "$passes checks passed, $failures failed"
  [[ $passes -gt 0 && $failures -eq 0 ]] || exit 1
  exit 0
}
# wine_ready ARCH: no, with a line that says why, where programs of windows/ARCH cannot run; a Wine that fails is an error.
wine_ready() {
  local why status=0
  why=$("$ROOT/scripts/test/wine" --ready "$1") || status=$?
  [[ $status -le 1 ]] || die "windows/$1: $why"
  [[ $status -eq 0 ]] || { skip "windows/$1: $why"; return 1; }
}
# need COMMAND…: tools that the test runs for real; without them the test is an error, not a silent pass.
need() {
  local tool
  for tool in "$@"; do command -v "$tool" >/dev/null || die "$tool is not installed (scripts/bootstrap installs it)"; done
}
