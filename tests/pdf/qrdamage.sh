#!/bin/sh
# usage: qrdamage.sh LETTER.pdf NOTICE.json
#
# Proves qr.sh: the good letter, its symbol on page 1, passes; with any part
# of the notice changed, the picture too small, the quiet zone cut, a symbol
# in a currency that has none, or no symbol at all, it does not.
set -u
pdf=$1 notice=$2
here=$(dirname "$0")
qrcheck=${BUILD:-build}/tests/pdf/qrcheck
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

n=0 failed=0
# told WANTED NAME COMMAND...: one result; WANTED is 0 or 1.
told() {
	wanted=$1 name=$2
	shift 2
	n=$((n + 1))
	"$@" >"$tmp/said" 2>&1
	status=$?
	if [ "$status" -eq "$wanted" ]; then
		echo "ok $n - qr: $name"
	else
		sed 's/^/# /' "$tmp/said"
		echo "not ok $n - qr: $name: exit $status"
		failed=$((failed + 1))
	fi
}

# changed NAME SED-SCRIPT: the notice, one key a line, says something else.
changed() {
	sed "$2" "$notice" >"$tmp/notice.json"
	cmp -s "$notice" "$tmp/notice.json" && echo "not ok - nothing to change: $2" &&
	    failed=$((failed + 1))
	told 1 "$1" "$here/qr.sh" "$pdf" "$tmp/notice.json"
}

# picture WANTED NAME ARGUMENT...: the first page as pdftoppm makes it.
picture() {
	wanted=$1 name=$2
	shift 2
	pdftoppm -gray -singlefile "$@" "$pdf" "$tmp/page"
	told "$wanted" "$name" "$qrcheck" "$notice" "$tmp/text" \
	    "$tmp/page.pgm" "$tmp/payload"
}

told 0 "the good letter" "$here/qr.sh" "$pdf" "$notice"
changed "another amount" '/"total"/,/}/s/\("minor": [0-9]*\)/\11/'
changed "another IBAN" '/"iban"/s/[0-9]"/X"/'
changed "another BIC" '/"bic"/s/: "./: "Q/'
changed "another reference" '/"reference"/s/: "RF../: "RF00/'
changed "another creditor" '/"creditor"/,/"name"/s/\("name": "\)/\1Z/'
changed "another currency" 's/"EUR"/"CHF"/'

pdftotext "$pdf" "$tmp/text"
pdftoppm -r 150 -gray -singlefile "$pdf" "$tmp/page"
zbarimg --raw --oneshot --quiet --nodbus -Sbinary "$tmp/page.pgm" \
    >"$tmp/payload" 2>"$tmp/zbar"
picture 0 "the good picture" -r 150
# shellcheck disable=SC2046 # four numbers
set -- $(sed -n 's/^symbol //p' "$tmp/said")
wide=$(($3 - $1))
picture 1 "24 mm wide" -r $((150 * 24 * 1500 / 254 / wide))
picture 1 "a quiet zone of 1 mm" -r 150 -x $(($1 - 6)) -y 0 -W 700 -H 1754
picture 1 "a symbol cut at its edge" -r 150 -x $(($1 + 1)) -y 0 -W 700 -H 1754
told 1 "no symbol" "$qrcheck" "$notice" "$tmp/text"
: >"$tmp/text"
picture 1 "nothing printed" -r 150
echo "1..$n"
[ "$failed" -eq 0 ]
