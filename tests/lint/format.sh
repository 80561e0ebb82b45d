#!/bin/sh
# Every file is as clang-format leaves it, and C text has no longer line.
set -u
find src tests -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run -Werror
