#!/bin/sh
# The tree speaks of itself alone: no paths of the machine it was written on,
# no words that mean unfinished, only reserved domains in mail addresses.
set -u
faults=$(
	find . -path ./.git -prune -o -path ./build -prune -o -type f -print |
	    LC_ALL=C sort | xargs grep -nIE \
	    '(^|[^A-Za-z0-9_.$})-])/([w]ork|[r]oot|[h]ome)/|\<([T]ODO|[F]IXME|X[X]X)\>'
	find . -path ./.git -prune -o -path ./build -prune -o -type f -print |
	    LC_ALL=C sort | xargs grep -noIE \
	    '[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}' |
	    grep -vE '[@.-]example-?\.(com|net|org)$|\.(invalid|test|example|localhost)$'
)
[ -z "$faults" ] || { echo "$faults"; exit 1; }
