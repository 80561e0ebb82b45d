#!/bin/sh
# Random letters (scan_make.c), and whether a reader takes the symbol of each,
# byte for byte what the data ask for: from the page at 150 dpi, all; and from
# the page printed and scanned (../pdf/scan_paper.c), 99 of 100. SCAN=1000 for so many
# of each kind, SEED=N for others. What was not read stays in build/scan to be
# looked at.
#
# What "printed and scanned" is was settled before anything was measured:
# - A laser printer draws at 600 dpi and its toner spreads a point by 0.04 mm
#   (standard deviation, one dot); a flat-bed or office scanner at 300 dpi, the
#   usual for a letter, by one of its pixels, 0.085 mm. Together 0.1 mm.
# - The sheet lies 2 degrees askew, left or right.
# - A pixel is the mean of its area, at 300 dpi; at 200, a fine fax or a scan
#   made to be mailed; and at 150, a hasty one.
# - Paper is 235 of 255, toner 40, noise 4; the file is JPEG of quality 60.
# A page drawn at 150 dpi and blurred then is no such thing: its modules are
# whole pixels wide, 3 or 4 where 3.5 is meant, as none that is printed.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${BUILD:-build}
count=${SCAN:-60} seed=${SEED:-1}
dir=$PWD/build/scan
rm -rf "$dir" && mkdir -p "$dir" || exit 1
# The imitation takes most of the time: of few letters, every fourth.
every=4
[ "$count" -le 100 ] || every=1
n=0 failed=0

# told NAME COMMAND...: one result
told() {
	what=$1
	shift
	n=$((n + 1))
	if "$@"; then
		echo "ok $n - $what"
	else
		echo "not ok $n - $what"
		failed=$((failed + 1))
	fi
}

# text NAME TARGET: a text of the workspace
text() {
	cat >"$dir/firm/letters/fr/formal/$1.md" <<END
---
subject: "Payer"
page: fr-dl
---
{{debtor.greeting}},

{{words}}

![Payer]($2)

{{words}}
END
}

# tried KIND: its letters on three sheets, each read; 0 if all were made
tried() {
	mkdir "$dir/$1" &&
	    "$build/tests/real/scan_make" "$1" "$count" "$seed" "$dir/$1" ||
	    return 1
	for page in fr-dl ch-right din5008-b; do
		awk -v k="$page" 'BEGIN {
			sheet[1] = "fr-dl"
			sheet[2] = "ch-right"
			sheet[0] = "din5008-b"
		}
		sheet[NR % 3] == k' "$dir/$1/rows.jsonl" >"$dir/$page.jsonl"
		"$build/semonce" -q -C "$dir/firm" --on 2026-03-16 \
		    merge "$1" "$dir/$page.jsonl" --page "$page" \
		    -o "$dir/$1/$page" >"$dir/said" 2>&1 ||
		    sed 's/^/# /' "$dir/said"
		find "$dir/$1/$page" -name '*.pdf'
	done | LC_ALL=C sort >"$dir/letters"
	grep '^#' "$dir/letters"
	[ "$(grep -c '\.pdf$' "$dir/letters")" -eq "$count" ] || return 1
	MAGICK_THREAD_LIMIT=1 xargs -n 5 -P "$(nproc)" \
	    tests/real/scan_read.sh "$every" <"$dir/letters" \
	    >"$dir/$1/read"
}

# share KIND WAY PERCENT: at least so many of a hundred were read
share() {
	[ -e "$dir/$1/read" ] || return 1
	grep "^# $2 miss" "$dir/$1/read"
	good=$(grep -c "^# $2 read" "$dir/$1/read")
	all=$(grep -c "^# $2 " "$dir/$1/read")
	echo "# $1, $2: $good of $all read"
	[ "$all" -gt 0 ] && [ $((good * 100)) -ge $((all * $3)) ]
}

"$build/semonce" -q init "$dir/firm" || exit 1
cp tests/data/semonce.yaml "$dir/firm"
mkdir -p "$dir/firm/letters/fr/formal"
text epc qr:epc
text link qr:link
text swiss qr:swiss
for kind in epc link swiss; do
	told "$kind: $count letters" tried "$kind"
	told "$kind: all pages at 150 dpi" share "$kind" page 100
	for dpi in 300 200 150; do
		told "$kind: printed, scanned at $dpi dpi" share "$kind" \
		    "$dpi" 99
	done
done
echo "1..$n"
[ "$failed" -eq 0 ]
