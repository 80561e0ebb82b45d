#!/bin/sh
# The demonstration, twice, and every letter it made: the rules of PDF/A-3a
# and PDF/UA-1, other readers, the payment symbol as a telephone reads it;
# then each rule against a letter damaged on purpose.
set -u
cd "$(dirname "$0")/../.." || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
failed=0

# told NAME COMMAND...: one result; what the command says only if it fails.
told() {
	name=$1
	shift
	if "$@" >"$tmp/said" 2>&1; then
		echo "ok $name"
	else
		tail -n 30 "$tmp/said"
		echo "not ok $name"
		failed=1
	fi
}

told "make demo" samples/demo.sh
told "make demo again" samples/demo.sh
echo "1..3"

# 20 letters at a time, in two processes; each prints its own plan.
find build/demo/outbox -name letter.pdf | LC_ALL=C sort >"$tmp/letters"
xargs -n 20 -P 2 tests/pdf/check.sh <"$tmp/letters" || failed=1
sed 's/^\(.*\)letter\.pdf$/& \1notice.json/' "$tmp/letters" |
    xargs -n 40 -P 2 tests/pdf/qr.sh || failed=1

# What a notice says it encloses is in its letter and, on paper, behind it.
enclosed() {
	bad=0
	while read -r letter; do
		dir=${letter%letter.pdf}
		sed -n 's/^ *"name": "\(.*\.pdf\)",$/\1/p' \
		    "$dir/notice.json" >"$tmp/said"
		qpdf --list-attachments "$letter" |
		    sed -n 's/ -> .*//; /\.pdf$/p' | cmp - "$tmp/said" || bad=1
		pages=$(sed -n 's/^  "pages": //p' "$dir/notice.json")
		paper=$dir/print.pdf
		[ -e "$paper" ] || continue
		[ "$(qpdf --show-npages "$paper")" = "$pages" ] &&
		    qpdf --check "$paper" >/dev/null || bad=1
	done <"$tmp/letters"
	[ "$bad" -eq 0 ] && [ -n "$pages" ]
}
told "what letters enclose" enclosed
for day in build/demo/in/*/originals; do
	find "$day" -name '*.pdf' | LC_ALL=C sort | sed -n '1p;$p'
done | xargs tests/pdf/check.sh || failed=1

# A letter of each step and currency, and one with a link, are damaged.
mkdir "$tmp/damaged"
build/semonce -q init "$tmp/own"
cp tests/data/semonce.yaml "$tmp/own"
mkdir -p "$tmp/own/letters/fr/formal"
cat >"$tmp/own/letters/fr/formal/link.md" <<'END'
---
subject: "Payer en ligne"
page: fr-dl
---
Réglez [en ligne](https://example.com/pay).

![Virement](qr:epc)
END
build/semonce -C "$tmp/own" letter link tests/data/notice.json \
    -o "$tmp/link.pdf"
for step in prevenance relance-1 relance-2 mise-en-demeure; do
	for currency in EUR CHF; do
		while read -r letter; do
			json=${letter%letter.pdf}notice.json
			grep -q "\"step\": \"$step\"" "$json" &&
			    grep -q "\"currency\": \"$currency\"" "$json" &&
			    echo "$letter" && break
		done <"$tmp/letters"
	done
done >"$tmp/good"
echo "$tmp/link.pdf" >>"$tmp/good"
xargs build/tests/pdf/damage "$tmp/damaged" <"$tmp/good" || failed=1

# And the checker of the symbol against symbols that say something else.
letter=$(sed -n 1p "$tmp/good")
tests/pdf/qrdamage.sh "$letter" "${letter%letter.pdf}notice.json" || failed=1
exit "$failed"
