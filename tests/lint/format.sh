#!/bin/sh
# Every file is as clang-format leaves it.
set -u
faults=$(
	find src tests -name '*.[ch]' | LC_ALL=C sort | while read -r f; do
		clang-format --dry-run -Werror "$f" 2>/dev/null ||
		    echo "$f: not formatted: run make format"
	done
)
[ -z "$faults" ] || { echo "$faults"; exit 1; }
