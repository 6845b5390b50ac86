// What the checks of generated shims share: each looks at answers of the running system and counts what is wrong.
#pragma once

#include <stdio.h>

static int failed = 0, checked = 0;

static void Check(const char* what, bool good, const LibcifyAnswer& answer) {
  ++checked;
  if (good) return;
  ++failed;
  printf("FAIL: %s: result %llx, error %llu\n", what, static_cast<unsigned long long>(answer.result),
         static_cast<unsigned long long>(answer.error));
}

static int Done() {
  printf("%d of %d good\n", checked - failed, checked);
  return failed == 0 && checked > 0 ? 0 : 1;
}
