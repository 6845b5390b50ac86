// A second file with the header in it: what it calls was made in the first (comdat, link-time optimization, the variable).
#include "second.h"

template <class Mode>
long CallElsewhere(libcify::closure::Closure<Mode, long(long)> f) {
  return f(1) * 10 + f(2);
}
template long CallElsewhere(libcify::closure::Closure<libcify::closure::Stub, long(long)>);
template long CallElsewhere(libcify::closure::Closure<libcify::closure::Register, long(long)>);
template long CallElsewhere(libcify::closure::Closure<libcify::closure::Gc, long(long)>);
template long CallElsewhere(libcify::closure::Closure<libcify::closure::Llgo, long(long)>);
template long CallElsewhere(libcify::closure::Closure<libcify::closure::Variable, long(long)>);
