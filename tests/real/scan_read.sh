#!/bin/sh
# usage: scan_read.sh EVERY DPI LETTER.pdf...
#
# Reads the symbol of each letter, SHEET/N.pdf, from its page at 150 dpi, and
# of each number that EVERY divides also from an imitation of print and scan
# at DPI; it must be what is in N.want, a folder up. A line each: "# page read FILE",
# "# scan miss FILE". The letters read are removed.
set -u
every=$1 dpi=$2
shift 2
# 0.1 mm in pixels
blur=$(awk -v dpi="$dpi" 'BEGIN { printf "%.2f", dpi * 0.1 / 25.4 }')
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

# payload PICTURE: what its symbol says, in tmp; 1 if there is none
payload() {
	zbarimg --raw --oneshot --quiet --nodbus -Sbinary "$1" \
	    >"$tmp/payload" 2>"$tmp/zbar"
}

# told WAY LETTER: whether the payload is what is wanted
told() {
	if cmp -s "$tmp/payload" "$want"; then
		echo "# $1 read $2"
	else
		echo "# $1 miss $2"
		good=0
	fi
}

for letter in "$@"; do
	number=$(basename "$letter" .pdf)
	want=$(dirname "$letter")/../$number.want
	good=1
	rm -f "$tmp"/page*
	pdftoppm -r 150 -gray "$letter" "$tmp/page"
	sheet=0
	for page in "$tmp"/page*.pgm; do
		sheet=$((sheet + 1))
		payload "$page" && break
	done
	told page "$letter"
	number=${number#"${number%%[!0]*}"}
	if [ $((number % every)) -eq 0 ]; then
		askew=2
		[ $((number / every % 2)) -eq 0 ] || askew=-2
		pdftoppm -r "$dpi" -gray -f "$sheet" -singlefile "$letter" \
		    "$tmp/paper"
		convert "$tmp/paper.pgm" -blur "0x$blur" -background white \
		    -rotate "$askew" -quality 60 "$tmp/scan.jpg"
		payload "$tmp/scan.jpg"
		told scan "$letter"
	fi
	[ "$good" -eq 0 ] || rm -f "$letter"
done
