#!/bin/sh
# No `default:` in a switch over an enum of ours: -Wswitch then tells who has
# forgotten a value.
set -u
code=$(find src -name '*.[ch]' | LC_ALL=C sort |
    xargs awk -f tests/lint/code.awk)
faults=$(
	printf '%s\n' "$code" | awk '
# Our enumerators are capital words between enum { and }.
{
	match($0, /^[^:]*:[0-9]+:/)
	where[NR] = substr($0, 1, RLENGTH - 1)
	text[NR] = substr($0, RLENGTH + 1)
	s = text[NR]
	if (s ~ /^[ \t]*enum([ \t][a-z_0-9]*)?[ \t]*\{/) {
		inside = 1
		sub(/.*\{/, "", s)
	}
	if (inside) {
		last = s ~ /\}/
		sub(/\}.*/, "", s)
		gsub(/=[^,]*/, "", s)
		n = split(s, w, /[^A-Za-z0-9_]+/)
		for (i = 1; i <= n; i++)
			if (w[i] ~ /^[A-Z]/)
				ours[w[i]] = 1
		if (last)
			inside = 0
	}
}
END {
	for (l = 1; l <= NR; l++) {
		s = text[l]
		while (match(s, /[A-Za-z_][A-Za-z0-9_]*|[{}:?]/)) {
			t = substr(s, RSTART, RLENGTH)
			s = substr(s, RSTART + RLENGTH)
			if (t == "switch")
				pending = 1
			else if (t == "{") {
				is[++depth] = pending
				def[depth] = enums[depth] = ""
				pending = 0
			} else if (t == "}") {
				if (is[depth] && def[depth] && enums[depth])
					print def[depth] ": no default: in a" \
					    " switch over our enum"
				depth--
			} else if (last == "case" && (t in ours)) {
				for (d = depth; d > 0 && !is[d]; d--)
					;
				enums[d] = 1
			} else if (t == ":" && last == "default") {
				for (d = depth; d > 0 && !is[d]; d--)
					;
				def[d] = where[l]
			}
			last = t
		}
	}
}'
)
[ -z "$faults" ] || { echo "$faults"; exit 1; }
