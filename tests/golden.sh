# golden.sh: for cases that compare pages; their cmd reads it with the dot.
#
# The workspace is w/. PICTURES=DIR keeps the PDF of each letter, to look at
# before BLESS=1 takes the page for good.
semonce -q init w && cp "$ROOT/tests/data/semonce.yaml" w/ || exit 9
DATA=$ROOT/tests/data/notice.json

# letter NAME TEXT CHANGE OPTION...: the text with the data, changed by jq,
# placed on its page: NAME.txt
letter() {
	name=$1 text=$2 change=$3
	shift 3
	jq "$change" "$DATA" >"$name.json" || echo "$name: jq"
	semonce -C w letter "$text" "$name.json" -o "$name.txt" "$@"
	[ -z "${PICTURES:-}" ] ||
	    semonce -C w letter "$text" "$name.json" -o "$PICTURES/$name.pdf" "$@"
}
