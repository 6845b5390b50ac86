// The imports of WASI as wasi-libc makes them (see symbols.h): in libc-bottom-half/sources/__wasilibc_real.c each function
// that an engine gives is declared with __import_module__("wasi_snapshot_preview1") and __import_name__("fd_read").
#include "headers/facts_codec.h"
#include "headers/symbols.h"

namespace libcify {

Result<SymbolList> ParseWasiImports(const std::string& file, std::string_view text) {
  SymbolList out;
  while (true) {
    (void)CutAt(text, "__import_module__(\"");
    if (text.empty()) break;
    std::string module(CutAt(text, "\""));
    (void)CutAt(text, "__import_name__(\"");
    std::string name(CutAt(text, "\""));
    if (!name.empty()) out.symbols.emplace(std::move(name), Symbol{"", std::move(module)});
  }
  if (out.symbols.empty()) {
    return Fail(Error{.where = {file}, .what = "no __import_module__ and __import_name__", .cls = ErrorClass::kEnvironment});
  }
  return out;
}

}  // namespace libcify
