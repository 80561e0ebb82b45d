#!/bin/sh
# Manual pages are sound mdoc.
set -u
for page in src/man/*.[1-8]; do
	[ -e "$page" ] || continue
	mandoc -T lint -W warning "$page" || exit 1
done
