#!/bin/sh
# usage: scan_read.sh EVERY LETTER.pdf...
#
# Reads the symbol of each letter, SHEET/N.pdf, from its page at 150 dpi, and
# of each number that EVERY divides also from its page printed and scanned
# (../pdf/scan_paper.c) at 300, 200 and 150 dpi; it must be what is in N.want, a
# folder up. A line each: "# page read FILE", "# 300 miss FILE". The letters
# read are removed.
set -u
every=$1
shift
build=${BUILD:-build}
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

# scanned LETTER SEED: its symbol and 10 mm around it, printed and scanned; all
# of the page where 150 dpi are too few to see where it is
scanned() {
	# shellcheck disable=SC2046 # options
	pdftoppm -r 600 -gray -f "$sheet" -singlefile \
	    $("$build/tests/pdf/qrwhere" "$page" 150 600 2>"$tmp/where") \
	    "$1" "$tmp/print"
	"$build/tests/pdf/scan_paper" "$2" "$tmp/print.pgm" 300 200 150
	convert "pgm:$tmp/print.pgm.300" "pgm:$tmp/print.pgm.200" \
	    "pgm:$tmp/print.pgm.150" -quality 60 "$tmp/print-%d.jpg"
	payload "$tmp/print-0.jpg"
	told 300 "$1"
	payload "$tmp/print-1.jpg"
	told 200 "$1"
	payload "$tmp/print-2.jpg"
	told 150 "$1"
	rm -f "$tmp"/print*
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
	[ $((number % every)) -ne 0 ] || scanned "$letter" $((number / every))
	[ "$good" -eq 0 ] || rm -f "$letter"
done
