#!/bin/sh
# usage: qr.sh LETTER.pdf NOTICE.json [LETTER.pdf NOTICE.json]...
#
# Reads the payment symbol of each letter from its picture at 150 dpi, as a
# telephone would, and compares it with the notice and with the printed text
# (qrcheck.c says what). One line "ok" or "not ok" for each letter.
set -u
qrcheck=${BUILD:-build}/tests/pdf/qrcheck
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

# check LETTER.pdf NOTICE.json
check() {
	pdftotext "$1" "$tmp/text" || return 1
	pages=$(pdfinfo "$1" | awk '/^Pages:/ { print $2 }')
	for page in $(seq "${pages:-0}"); do
		pdftoppm -r 150 -gray -f "$page" -singlefile \
		    "$1" "$tmp/page" || return 1
		if zbarimg --raw --oneshot --quiet --nodbus -Sbinary \
		    "$tmp/page.pgm" >"$tmp/payload" 2>"$tmp/zbar"; then
			"$qrcheck" "$2" "$tmp/text" "$tmp/page.pgm" \
			    "$tmp/payload"
			return
		fi
	done
	"$qrcheck" "$2" "$tmp/text"
}

n=0 failed=0
while [ $# -ge 2 ]; do
	n=$((n + 1))
	if why=$(check "$1" "$2" 2>&1); then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		echo "$why" | sed 's/^/# /'
		failed=$((failed + 1))
	fi
	shift 2
done
echo "1..$n"
[ "$failed" -eq 0 ] && [ $# -eq 0 ]
