#!/bin/sh
# suites.sh WORK KEEP VERBOSE ONLY - the second half of test/run.
#
# Runs as an ordinary user in WORK, whose src is a copy of the sources, and
# removes WORK at the end, also after a failure or an interruption.
set -eu
work=$1 keep=$2 verbose=$3 only=$4
root=$work/src server_home=$work/server
cd "$root"
mkdir "$server_home"
. test/lib/place.sh
. test/lib/server.sh
forget_libpq
passed=0 failed=0 finished=0

clean_up() {
  server_stop
  if [ "$finished" = 0 ]; then
    echo "not ok - test/run was interrupted"
    failed=$((failed + 1))
  fi
  cd /
  if [ "$keep" = 1 ]; then echo "kept: $work"; else rm -rf "$work"; fi
  echo "$passed passed, $failed failed"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# suite NAME COMMAND...: run the command and count what its TAP says
suite() {
  suite_name=$1
  shift
  echo "== $suite_name"
  suite_status=0
  "$@" > "$work/out" 2>&1 < /dev/null || suite_status=$?
  awk -v name="$suite_name" -v status="$suite_status" -v verbose="$verbose" \
    -v counts="$work/counts" -f test/lib/tap.awk "$work/out"
  read -r suite_passed suite_failed < "$work/counts"
  passed=$((passed + suite_passed)) failed=$((failed + suite_failed))
  [ "$suite_status" = 0 ] && [ "$suite_failed" = 0 ]
}

# asked SUITE: is it wanted?  All are, unless --only names some.
asked() {
  case "$only " in
    " " | *" $1 "*) return 0 ;;
  esac
  return 1
}

asked_any() {
  for name in "$@"; do
    ! asked "$name" || return 0
  done
  return 1
}

# step DESCRIPTION COMMAND...: a command as one check; what it says explains a
# failure
step() {
  steps=$((steps + 1))
  step_description=$1
  shift
  if "$@" > "$work/step" 2>&1; then
    echo "ok $steps - $step_description"
  else
    echo "not ok $steps - $step_description"
    tail -n 40 "$work/step" | sed 's/^/# /'
    return 1
  fi
}

# stepwise COMMAND: its steps as one TAP document, which ends where a step fails
stepwise() {
  steps=0
  steps_status=0
  "$@" || steps_status=$?
  echo "1..$steps"
  return "$steps_status"
}

set_up() {
  step "the extension is built and installed" build_extension &&
    step "a private server is created" server_create &&
    step "and started" server_start "fsync = off" "statement_timeout = 300s"
}

# the tests in Perl's, C's and Python's hands share one filled database
fill_database() {
  step "a database is created" "$server_bin/createdb" nuso_test || return
  export PGDATABASE=nuso_test
  step "CREATE EXTENSION nuso" query "CREATE EXTENSION nuso" &&
    step "CREATE EXTENSION pgtap" query "CREATE EXTENSION pgtap" &&
    step "create_warehouse" query "SELECT nuso.create_warehouse('warehouse')" &&
    step "load_demo" query "SELECT nuso.load_demo('warehouse', 1, 1)" &&
    step "the demonstration's answers" "$server_bin/psql" -Xq -v ON_ERROR_STOP=1 -f demo/answers.sql
}

# a pg_regress run; its differences follow the report
regress() {
  regress_status=0
  make -s installcheck PG_CONFIG="$PG_CONFIG" > "$work/regress" 2>&1 || regress_status=$?
  awk -v expected="$(find sql test/isolation -name '*.sql' -o -name '*.spec' | wc -l)" \
    -f test/lib/regress.awk "$work/regress"
  for diffs in regression.diffs output_iso/regression.diffs; do
    if [ "$regress_status" != 0 ] && [ -e "$diffs" ]; then
      head -n 300 "$diffs" | sed 's/^/# /'
    fi
  done
  return "$regress_status"
}

# every plan parallel, where that is allowed at all: partial states, combine
# functions and states that come out of Gather, on each query of the suite
regress_parallel() {
  case $(query "SELECT current_setting('server_version_num')::int >= 160000") in
    t) parallel_setting=debug_parallel_query ;;
    *) parallel_setting=force_parallel_mode ;;
  esac
  (
    export PGOPTIONS="-c $parallel_setting=regress -c parallel_setup_cost=0 \
      -c parallel_tuple_cost=0 -c min_parallel_table_scan_size=0"
    regress
  )
}

tap() {
  pg_prove --verbose --ext .sql --psql-bin "$server_bin/psql" test/tap
}

# what the documentation shows, and whether it describes all there is
docs() {
  perl test/docs/run
}

# Debian's own interpreter: the only one that sees Debian's pyodbc
odbc() {
  odbc_status=0
  for file in test/odbc/test_*.py; do
    (command -p python3 -B "$file") || odbc_status=$?
  done
  return "$odbc_status"
}

# and_survive COMMAND: and then the server must have lived through it.  A crash
# of a backend restarts the server, which a test that expects an error may miss.
crashes=0
and_survive() {
  suite_result=0
  "$@" || suite_result=$?
  log_crashes=$(grep -cE 'terminated by signal|PANIC:' "$server_home/log" || :)
  if [ "$log_crashes" = "$crashes" ] && "$server_bin/pg_isready" -q; then
    echo "ok 1 - the server lived through it"
  else
    echo "not ok 1 - the server lived through it"
    tail -n 40 "$server_home/log" | sed 's/^/# /'
  fi
  echo "1..1"
  crashes=$log_crashes
  return "$suite_result"
}

# on_server NAME COMMAND...: a suite that uses the server
on_server() {
  on_server_name=$1
  shift
  suite "$on_server_name" and_survive "$@" || :
}

! asked unit || suite unit env HARNESS_VERBOSE=1 make -s -k -j2 unit || :
! asked unit || suite bits make -s bits || :
! asked sanitized || suite sanitized env HARNESS_VERBOSE=1 make -s -k -j2 unit-sanitized || :
! asked coverage || suite coverage env HARNESS_VERBOSE=1 make -s -k coverage-short || :

if asked_any lint regress parallel docs dump limits tap odbc chart fuzz; then
  if suite "set-up" stepwise set_up; then
    ! asked lint || suite lint make -s lint || :
    ! asked regress || on_server regress regress
    ! asked parallel || on_server parallel regress_parallel
    ! asked docs || on_server docs docs
    ! asked dump || on_server dump test/dump/run
    ! asked limits || on_server limits test/limits/run
    if asked_any tap odbc chart fuzz && suite "database" stepwise fill_database; then
      ! asked tap || on_server tap tap
      ! asked odbc || on_server odbc odbc
      ! asked chart || on_server chart test/chart/run "$work/chart"
      ! asked fuzz || on_server fuzz sh test/fuzz/run
    fi
  fi
fi

finished=1
[ "$failed" = 0 ]
