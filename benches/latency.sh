#!/bin/sh
# Measures the server from an editor's side against the bare tower-lsp server of examples/echo.rs, in one run, and
# prints the ratios. Needs the measuring client that stands beside the project, not in it.
#
#   benches/latency.sh [REPORT…]        default: every published report beside the project
set -eu
cd "$(dirname "$0")/.."
bench=../shared/tools/lspbench.py
if [ ! -f "$bench" ]; then
    echo "$bench is not at hand: nothing measured" >&2
    exit 0
fi
cargo build --quiet --release --bin gongkai --example echo
target=${CARGO_TARGET_DIR:-target}/release
[ $# -gt 0 ] || set -- ../shared/seeds/*.txt
for report; do
    result=$(mktemp)
    # Digits, typed where figures stand.
    python3 "$bench" --file "$report" --lang plaintext --regex '([0-9]+)' --char 7 --starts "${STARTS:-10}" \
        --edits "${EDITS:-100}" --burst 50 --floor "$target/examples/echo" --json "$result" -- "$target/gongkai" server
    python3 - "$result" <<'PYTHON'
import json, sys
ratio = json.load(open(sys.argv[1]))["ratio_to_floor"]
wanted = {"start_to_initialize": 1.5, "edit_to_diagnostics": 2.0}
print({name: (ratio[name]["p50"], f"at most {most}") for name, most in wanted.items()})
PYTHON
    rm -f "$result"
done
