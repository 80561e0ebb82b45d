# Prints C code as FILE:LINE:TEXT without comments, and without what stands
# in strings and character constants unless keep=1. A line continued by a
# backslash comes whole, at the number of its first line.
function flush_line() {
	if (out != "")
		print name ":" first ":" out
	out = ""
}
FNR == 1 {
	flush_line()
	state = ""
	joined = 0
}
{
	if (!joined) {
		flush_line()
		first = FNR
		name = FILENAME
	}
	line = $0
	joined = sub(/\\$/, "", line)
	n = length(line)
	for (i = 1; i <= n; i++) {
		c = substr(line, i, 1)
		two = substr(line, i, 2)
		if (state == "*") {
			if (two == "*/") {
				state = ""
				i++
			}
		} else if (state == "/") {
			continue
		} else if (state != "") {
			if (keep || c == state)
				out = out c
			if (c == "\\") {
				i++
				if (keep)
					out = out substr(line, i, 1)
			} else if (c == state) {
				state = ""
			}
		} else if (two == "/*") {
			state = "*"
			out = out " "
			i++
		} else if (two == "//") {
			state = "/"
		} else {
			if (c == "\"" || c == "'")
				state = c
			out = out c
		}
	}
	if (!joined && state != "*")
		state = ""
}
END {
	flush_line()
}
