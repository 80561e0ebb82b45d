#!/bin/sh
# A file has at most 600 lines, a header at most 12 functions. (Lines,
# statements, nesting and parameters of a function: .clang-tidy.)
set -u
faults=$(
	find src tests -name '*.[ch]' -exec awk '
	FNR == 601 { print FILENAME ":601: more than 600 lines" }' {} +
	find src -name '*.h' | LC_ALL=C sort |
	    xargs awk -f tests/lint/code.awk | awk '
{
	match($0, /^[^:]*:[0-9]+:/)
	file = substr($0, 1, index($0, ":") - 1)
	code = substr($0, RLENGTH + 1)
	if (code ~ /^[ \t]*#/)
		next
	if (file != last)
		depth = functions = 0
	last = file
	for (i = 1; i <= length(code); i++) {
		c = substr(code, i, 1)
		depth += (c == "{") - (c == "}")
		if (depth == 0 && (c == ";" || c == "}")) {
			if (text ~ /\(/ && text !~ /^[ \t]*typedef/ &&
			    ++functions == 13)
				print file ": more than 12 functions"
			text = ""
		} else if (depth == 0 || (depth == 1 && c == "{")) {
			text = text c
		}
	}
	text = text " "
}'
)
[ -z "$faults" ] || { echo "$faults"; exit 1; }
