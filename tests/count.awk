# Counts the results in a runner's output: "passed failed skipped why".
/^1\.\.[0-9]+/ {
	planned = 1
	plan += substr($1, 4)
}
/^(not )?ok( |$)|^FAIL( |:)/ {
	if (/# SKIP/)
		skipped++
	else if (/^ok/)
		passed++
	else
		failed++
}
END {
	said = passed + failed + skipped
	why = "said"
	if (rc == 77 && said == 0) {
		skipped = 1
	} else if (rc == 124 || rc == 137) {
		failed++
		why = "timeout"
	} else if (said == 0) {
		failed++
		why = "no-result"
	} else if (planned && plan != said) {
		failed++
		why = "results-missing"
	} else if (rc != 0 && failed == 0) {
		failed++
		why = "exit"
	}
	print passed + 0, failed + 0, skipped + 0, why
}
