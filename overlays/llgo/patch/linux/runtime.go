// Patched packages call the C++ of that package; they cannot import it.

package runtime

import _ "github.com/xgo-dev/llgo/runtime/internal/libcify"
