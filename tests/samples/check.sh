#!/bin/sh
# The committed samples are what the generator writes, and nothing is left
# over from an older one. semonce.yaml, demo.sh and the text of an invoice are
# written by hand; the picture is a letter of the demonstration.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
"$root/${BUILD:-build}/tests/samples/generate" "$tmp" || exit 1
if diff -r -x semonce.yaml -x demo.sh -x letter.png -x letters "$tmp" "$root/samples"; then
	echo "ok samples are as generated"
else
	echo "run: make samples, and read the difference"
	echo "not ok samples are as generated"
	exit 1
fi
