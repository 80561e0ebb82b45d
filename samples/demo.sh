#!/bin/sh
# demo.sh: six weeks in the life of a firm that does not exist.
#
# On each date the firm imports what came in, lets the day's work run,
# approves the formal notices that wait for a person, and posts the letters.
# Every notice arises by the rules of layouts/scenario/standard-fr.yaml.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
firm=$root/build/demo
PATH=$root/build:$PATH
unset LANGUAGE

rm -rf "$firm"
semonce -q init "$firm"
cp -R "$here/semonce.yaml" "$here/logo.png" "$here/letters" "$firm/"
cp -R "$here/replay" "$firm/in"

# Some rows may be refused and some notices deferred: named, and exit 1.
try() {
	"$@" || [ $? -eq 1 ]
}

for day in "$firm"/in/*/; do
	on=$(basename "$day")
	echo "== $on"
	# The invoices as the firm sent them: they go with every notice.
	semonce -C "$firm" merge facture "${day}originals.jsonl" \
	    -o "${day}originals"
	try semonce -C "$firm" --on "$on" import "$here/debtors.csv" \
	    "$day"invoices.csv "$day"payments.csv
	try semonce -C "$firm" --on "$on" run
	if semonce -C "$firm" --on "$on" --json plan | grep -q '"confirm"'; then
		echo "-- formal notices approved by hand:"
		semonce -q -C "$firm" --on "$on" approve --all
		try semonce -C "$firm" --on "$on" run
	fi
	try semonce -C "$firm" posted --all --on "$on"
done

echo
semonce -C "$firm" --on "$on" status
semonce -C "$firm" verify
echo
echo "Look at:"
for step in prevenance relance-1 relance-2 mise-en-demeure; do
	n=$(grep -l "\"step\": \"$step\"," "$firm"/outbox/*/notice.json | wc -l)
	one=$(grep -l "\"step\": \"$step\"," "$firm"/outbox/*/notice.json |
	    head -n 1)
	[ -n "$one" ] || {
		echo "demo: no $step arose" >&2
		exit 1
	}
	printf '  %-16s %3d, such as %s\n' "$step" "$n" \
	    "${one%notice.json}letter.pdf"
done
mail=$(ls "$firm"/outbox/*/mail.eml | head -n 1)
echo "  mails            $mail"
echo "  invoices         $firm/in/$on/originals"
echo "  the firm         $firm (semonce -C build/demo status)"
