# tap.awk - judge the TAP of one suite: print what failed and a summary.
#
# -v name=SUITE -v status=EXIT_STATUS -v counts=FILE -v verbose=0|1
#
# A suite may be several TAP documents, one after another: the sum of their
# plans must be the number of checks.  So a program that dies on its way, or
# that was never started, shows.  A skipped check and a "todo" count as failed:
# a check that does not run proves nothing.

function fail(text) {
  failed++
  print "not ok - " name ": " text
}

{ line[NR % 60] = $0 }

verbose { print; }

/^1\.\.[0-9]+/ {
  split($1, range, /\.\./)
  planned += range[2]
}

/^ok [0-9]+/ && tolower($0) ~ /# *(skip|todo)/ { seen++; fail($0); showing = 1; next }
/^ok [0-9]+/ { seen++; passed++; showing = 0; next }
/^not ok [0-9]+/ { seen++; fail($0); showing = 1; next }
/^Bail out!/ { fail($0); next }
# the explanation of a failure follows it
showing && /^ *#/ && !verbose { print }

END {
  if (seen != planned + 0 || seen == 0)
    fail((planned + 0) " checks planned, " (seen + 0) " seen")
  if (status != 0 && failed == 0)
    fail("exit status " status)
  if ((seen != planned + 0 || seen == 0 || status != 0 && passed == seen) && !verbose)
    for (i = NR - 40; i <= NR; i++)
      if (i > 0)
        print "  | " line[i % 60]
  print passed + 0, failed + 0 > counts
  print "   " name ": " passed + 0 " of " passed + failed " checks passed"
}
