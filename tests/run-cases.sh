#!/bin/sh
# run-cases.sh [PATTERN]: runs every case tests/cases/NAME/{cmd,want/,...}.
#
# cmd is a shell script, run in a copy of the case's folder; its standard
# output, standard error and exit status become the files out, err, status.
# Then every file in want/ must equal the file of the same name. BLESS=1
# writes what was obtained into want/, to be read with git diff.
# In cmd, $ROOT is the project, $SAMPLES its samples, $BUILD as in the Makefile.
set -u
ROOT=$(cd "$(dirname "$0")/.." && pwd) || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
SAMPLES=$ROOT/samples
BUILD=${BUILD:-build}
PATH=$ROOT/$BUILD:$PATH LC_ALL=C.UTF-8 TZ=UTC
SOURCE_DATE_EPOCH=1767312000
export ROOT SAMPLES BUILD PATH LC_ALL TZ SOURCE_DATE_EPOCH
unset LANGUAGE

bless() { # DIR GOT
	mkdir -p "$1/want"
	for f in out err status $(ls "$1/want"); do
		cp "$2/$f" "$1/want/$f"
	done
}

n=0 failed=0
for dir in "$ROOT"/tests/cases/${1:-*}/; do
	[ -e "$dir/cmd" ] || continue
	name=$(basename "$dir")
	got=$tmp/$name
	cp -R "$dir" "$got"
	(
		cd "$got" || exit 1
		timeout 120 sh ./cmd >out 2>err </dev/null
		echo $? >status
	)
	[ -n "${BLESS:-}" ] && bless "$dir" "$got"
	n=$((n + 1)) bad=
	[ -e "$dir/want/status" ] || bad="no want/status"
	for want in "$dir"want/*; do
		[ -e "$want" ] || continue
		f=$(basename "$want")
		diff -u "$want" "$got/$f" 2>&1 || bad="$bad $f"
	done
	if [ -z "$bad" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name:$bad"
		failed=$((failed + 1))
	fi
	rm -rf "$got"
done
echo "1..$n"
[ "$failed" -eq 0 ]
