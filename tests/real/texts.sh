#!/bin/sh
# Every text that is shipped, on every sheet and with data of many kinds: a
# letter that keeps all rules and reads as it is set (tests/pdf/every.c).
set -u
cd "$(dirname "$0")/../.." || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
every=${BUILD:-build}/tests/pdf/every
"$every" "$tmp" 0 2 >"$tmp/half" &
"$every" "$tmp" 1 2
failed=$?
wait $! || failed=1
cat "$tmp/half"
exit "$failed"
