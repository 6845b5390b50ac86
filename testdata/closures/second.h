// Closures that are made in one file and called in another (second.cc).
#pragma once

#include "libcify/closure.h"

template <class Mode>
long CallElsewhere(libcify::closure::Closure<Mode, long(long)> f);
