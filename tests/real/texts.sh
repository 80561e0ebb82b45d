#!/bin/sh
# Every text that is shipped, on every sheet and with data of many kinds: a
# letter that keeps all rules and reads as it is set (tests/pdf/every.c).
set -u
cd "$(dirname "$0")/../.." || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
"${BUILD:-build}/tests/pdf/every" "$tmp"
