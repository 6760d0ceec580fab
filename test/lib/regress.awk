# regress.awk - pg_regress's report as TAP.  It speaks TAP itself from 16 on.
#
# -v expected=N, the number of tests that there are: one that pg_regress was
# not asked to run is missed.

/^1\.\.[0-9]+/ { next }
/^(not )?ok [0-9]+ / { checks++; print; next }
/ \.\.\. (ok|FAILED)/ {
  checks++
  result = ($0 ~ /\.\.\. ok/) ? "ok" : "not ok"
  sub(/^test /, "")
  sub(/^ +/, "")
  print result, checks, "-", $1
  next
}
{ print "# " $0 }
END { print "1.." expected + 0 }
