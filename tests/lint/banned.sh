#!/bin/sh
# Functions nobody calls here: they overflow, cannot report an error, or read
# a clock or a time zone. main.c alone has the clock, by clock_gettime.
set -u
faults=$(
	find src tests -name '*.[ch]' -o -name '*.inc' | LC_ALL=C sort |
	    xargs awk -f tests/lint/code.awk |
	    grep -wE 'strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atoll|atof|strtod|localtime|time' |
	    awk '
{
	match($0, /^[^:]*:[0-9]+:/)
	where = substr($0, 1, RLENGTH)
	code = substr($0, RLENGTH + 1)
	n = split("strcpy strcat sprintf vsprintf gets strtok atoi atol " \
	    "atoll atof strtod localtime time", name, " ")
	for (i = 1; i <= n; i++)
		if ((" " code) ~ ("[^A-Za-z0-9_.>]" name[i] "[ \t]*\\("))
			print where " " name[i] " is banned"
}'
)
[ -z "$faults" ] || { echo "$faults"; exit 1; }
