// Not read: libc.json says that it needs a header that is not there.
#include <not/there.h>
