// See clang_library.h. Each function of libclang that clang_unit.cc calls is defined here and passes on to the loaded
// library, so that clang_unit.cc reads as if libclang were linked. The compiler checks each definition against
// clang-c/Index.h.
#include "headers/clang_library.h"

#include <clang-c/Index.h>
#include <dlfcn.h>

#include <filesystem>
#include <string>

// result, name, parameters, arguments
// clang-format off
#define LIBCIFY_CLANG_FUNCTIONS(F) \
  F(CXCursor, clang_Cursor_getArgument, (CXCursor a, unsigned b), (a, b)) \
  F(CXString, clang_Cursor_getMangling, (CXCursor a), (a)) \
  F(long long, clang_Cursor_getOffsetOfField, (CXCursor a), (a)) \
  F(CX_StorageClass, clang_Cursor_getStorageClass, (CXCursor a), (a)) \
  F(unsigned, clang_Cursor_isBitField, (CXCursor a), (a)) \
  F(unsigned, clang_Cursor_isMacroBuiltin, (CXCursor a), (a)) \
  F(unsigned, clang_Cursor_isMacroFunctionLike, (CXCursor a), (a)) \
  F(long long, clang_Type_getAlignOf, (CXType a), (a)) \
  F(long long, clang_Type_getSizeOf, (CXType a), (a)) \
  F(unsigned, clang_Type_visitFields, (CXType a, CXFieldVisitor b, CXClientData c), (a, b, c)) \
  F(CXIndex, clang_createIndex, (int a, int b), (a, b)) \
  F(void, clang_disposeCXPlatformAvailability, (CXPlatformAvailability* a), (a)) \
  F(void, clang_disposeDiagnostic, (CXDiagnostic a), (a)) \
  F(void, clang_disposeIndex, (CXIndex a), (a)) \
  F(void, clang_disposeString, (CXString a), (a)) \
  F(void, clang_disposeTranslationUnit, (CXTranslationUnit a), (a)) \
  F(unsigned, clang_equalTypes, (CXType a, CXType b), (a, b)) \
  F(CXType, clang_getArgType, (CXType a, unsigned b), (a, b)) \
  F(CXType, clang_getArrayElementType, (CXType a), (a)) \
  F(long long, clang_getArraySize, (CXType a), (a)) \
  F(const char*, clang_getCString, (CXString a), (a)) \
  F(CXType, clang_getCanonicalType, (CXType a), (a)) \
  F(CXCursorKind, clang_getCursorKind, (CXCursor a), (a)) \
  F(CXSourceLocation, clang_getCursorLocation, (CXCursor a), (a)) \
  F(int, clang_getCursorPlatformAvailability, (CXCursor a, int* b, CXString* c, int* d, CXString* e, CXPlatformAvailability* f, int g), (a, b, c, d, e, f, g)) \
  F(CXString, clang_getCursorSpelling, (CXCursor a), (a)) \
  F(CXType, clang_getCursorType, (CXCursor a), (a)) \
  F(CXString, clang_getCursorUSR, (CXCursor a), (a)) \
  F(CXDiagnostic, clang_getDiagnostic, (CXTranslationUnit a, unsigned b), (a, b)) \
  F(CXSourceLocation, clang_getDiagnosticLocation, (CXDiagnostic a), (a)) \
  F(CXDiagnosticSeverity, clang_getDiagnosticSeverity, (CXDiagnostic a), (a)) \
  F(CXString, clang_getDiagnosticSpelling, (CXDiagnostic a), (a)) \
  F(long long, clang_getEnumConstantDeclValue, (CXCursor a), (a)) \
  F(CXType, clang_getEnumDeclIntegerType, (CXCursor a), (a)) \
  F(int, clang_getFieldDeclBitWidth, (CXCursor a), (a)) \
  F(void, clang_getFileLocation, (CXSourceLocation a, CXFile* b, unsigned* c, unsigned* d, unsigned* e), (a, b, c, d, e)) \
  F(CXString, clang_getFileName, (CXFile a), (a)) \
  F(CXCallingConv, clang_getFunctionTypeCallingConv, (CXType a), (a)) \
  F(void, clang_getInclusions, (CXTranslationUnit a, CXInclusionVisitor b, CXClientData c), (a, b, c)) \
  F(int, clang_getNumArgTypes, (CXType a), (a)) \
  F(unsigned, clang_getNumDiagnostics, (CXTranslationUnit a), (a)) \
  F(CXType, clang_getPointeeType, (CXType a), (a)) \
  F(void, clang_getPresumedLocation, (CXSourceLocation a, CXString* b, unsigned* c, unsigned* d), (a, b, c, d)) \
  F(CXType, clang_getResultType, (CXType a), (a)) \
  F(CXCursor, clang_getTranslationUnitCursor, (CXTranslationUnit a), (a)) \
  F(CXCursor, clang_getTypeDeclaration, (CXType a), (a)) \
  F(CXString, clang_getTypeSpelling, (CXType a), (a)) \
  F(CXType, clang_getUnqualifiedType, (CXType a), (a)) \
  F(unsigned, clang_isConstQualifiedType, (CXType a), (a)) \
  F(unsigned, clang_isFunctionTypeVariadic, (CXType a), (a)) \
  F(CXErrorCode, clang_parseTranslationUnit2, (CXIndex a, const char* b, const char *const* c, int d, struct CXUnsavedFile* e, unsigned f, unsigned g, CXTranslationUnit* h), (a, b, c, d, e, f, g, h)) \
  F(unsigned, clang_visitChildren, (CXCursor a, CXCursorVisitor b, CXClientData c), (a, b, c))
// clang-format on

namespace libcify {
namespace {

struct Functions {
#define LIBCIFY_FIELD(result, name, parameters, arguments) decltype(&::name) name = nullptr;
  LIBCIFY_CLANG_FUNCTIONS(LIBCIFY_FIELD)
#undef LIBCIFY_FIELD
};

struct Library {
  Functions functions;
  std::string problem;    // empty if all is there
  std::string resources;  // see ClangResources
};

// Beside the library, as LLVM installs it, or a folder above, as Debian does.
std::string ResourcesBeside(void* symbol) {
  Dl_info info;
  if (dladdr(symbol, &info) == 0) return "";
  const std::filesystem::path folder = std::filesystem::path(info.dli_fname).parent_path();
  for (const char* place : {"clang/19", "../clang/19"}) {
    if (std::filesystem::exists(folder / place / "include/stddef.h")) return (folder / place).lexically_normal().string();
  }
  return "";
}

Library Load() {
  Library out;
  void* handle = nullptr;
  // Debian's name first, then that of LLVM's own builds; both are libclang 19's.
  for (const char* name : {"libclang-19.so.19", "libclang-19.so.1", "libclang.so.19", "libclang.so.19.1"}) {
    if (handle == nullptr) handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  }
  if (handle == nullptr) {
    out.problem = "libclang 19 cannot be loaded";
    return out;
  }
#define LIBCIFY_FIND(result, name, parameters, arguments)                         \
  out.functions.name = reinterpret_cast<decltype(&::name)>(dlsym(handle, #name)); \
  if (out.functions.name == nullptr) out.problem = "this libclang has no function " #name;
  LIBCIFY_CLANG_FUNCTIONS(LIBCIFY_FIND)
#undef LIBCIFY_FIND
  out.resources = ResourcesBeside(dlsym(handle, "clang_createIndex"));
  return out;
}

// Never unloaded: libclang keeps state of its own until the process ends.
const Library& Loaded() {
  static const Library library = Load();
  return library;
}

}  // namespace

Result<void> LoadClang() {
  const std::string& problem = Loaded().problem;
  if (problem.empty()) return {};
  return Fail(Error{.what = problem, .hint = "install libclang1-19", .cls = ErrorClass::kEnvironment});
}

const std::string& ClangResources() { return Loaded().resources; }

}  // namespace libcify

#define LIBCIFY_DEFINE(result, name, parameters, arguments) \
  result name parameters { return libcify::Loaded().functions.name arguments; }
extern "C" {
LIBCIFY_CLANG_FUNCTIONS(LIBCIFY_DEFINE)
}
