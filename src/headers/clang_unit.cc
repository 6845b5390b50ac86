// See clang_unit.h. Format of the answers: model/facts.h.
//
// C++ prints canonical types without "struct", so tags are put together from the declaration itself; both languages then
// give the same names.
#include "headers/clang_unit.h"

#include <clang-c/Index.h>

#include <algorithm>
#include <utility>

#include "headers/clang_library.h"
#include "headers/link_name.h"

namespace libcify {
namespace {

constexpr int kMaxFlattenedElements = 64;  // longer arrays of records stay one leaf

std::string Take(CXString text) {
  const char* c = clang_getCString(text);
  std::string out = c == nullptr ? "" : c;
  clang_disposeString(text);
  return out;
}

template <class Visit>
void ForEachChild(CXCursor cursor, Visit visit) {
  clang_visitChildren(
      cursor,
      [](CXCursor child, CXCursor, CXClientData data) {
        (*static_cast<Visit*>(data))(child);
        return CXChildVisit_Continue;
      },
      &visit);
}

template <class Visit>
void ForEachField(CXType type, Visit visit) {
  clang_Type_visitFields(
      type,
      [](CXCursor field, CXClientData data) {
        (*static_cast<Visit*>(data))(field);
        return CXVisit_Continue;
      },
      &visit);
}

std::string FileName(CXFile file) { return file == nullptr ? "" : Take(clang_getFileName(file)); }

std::string FileOf(CXCursor cursor) {
  CXFile file = nullptr;
  clang_getFileLocation(clang_getCursorLocation(cursor), &file, nullptr, nullptr, nullptr);
  return FileName(file);
}

Span ShownPlace(CXCursor cursor) {
  CXString file;
  unsigned line = 0;
  clang_getPresumedLocation(clang_getCursorLocation(cursor), &file, &line, nullptr);
  return {.file = Take(file), .line = static_cast<int>(line)};
}

// "struct stat", "union bpf_attr", "enum x"; "fd_set" where only a typedef names it.
std::string TagName(CXCursor declaration) {
  std::string name = Take(clang_getCursorSpelling(declaration));
  // The USR of a declaration that only a typedef names carries an A behind the kind: c:@SA@fd_set (clang's
  // USRGeneration.cpp).
  std::string usr = Take(clang_getCursorUSR(declaration));
  for (const char* anonymous : {"@SA@", "@UA@", "@EA@"}) {
    if (usr.find(anonymous) != std::string::npos) return name;
  }
  switch (clang_getCursorKind(declaration)) {
    case CXCursor_UnionDecl:
      return "union " + name;
    case CXCursor_EnumDecl:
      return "enum " + name;
    default:
      return "struct " + name;
  }
}

int Bits(CXType type) { return static_cast<int>(std::max(0LL, clang_Type_getSizeOf(type)) * 8); }

bool IsSigned(CXTypeKind kind) {
  switch (kind) {
    case CXType_Char_S:
    case CXType_SChar:
    case CXType_Short:
    case CXType_Int:
    case CXType_Long:
    case CXType_LongLong:
    case CXType_Int128:
    case CXType_WChar:
      return true;
    default:
      return false;
  }
}

bool IsArray(CXType type) { return type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray; }

bool IsFunction(CXType type) { return type.kind == CXType_FunctionProto || type.kind == CXType_FunctionNoProto; }

// Canonical name without qualifiers of its own.
std::string PlainName(CXType type) {
  CXType canonical = clang_getUnqualifiedType(clang_getCanonicalType(type));
  if (canonical.kind == CXType_Record || canonical.kind == CXType_Enum) return TagName(clang_getTypeDeclaration(canonical));
  if (canonical.kind != CXType_Pointer) return Take(clang_getTypeSpelling(canonical));
  CXType pointee = clang_getPointeeType(canonical);
  return (clang_isConstQualifiedType(pointee) != 0 ? "const " : "") + PlainName(pointee) + " *";
}

// As written, less `restrict`, which is a promise to the compiler and no part of a calling convention.
std::string Spelling(CXType type) {
  std::string text = Take(clang_getTypeSpelling(type));
  for (const std::string word : {"__restrict", "restrict"}) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word)) text.erase(at, word.size());
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

// glibc's __CONST_SOCKADDR_ARG is a transparent union of pointers in C, passed as its first member (GCC manual, "Common Type
// Attributes"); in C++ it is that pointer.
CXType ThroughTransparentUnion(CXType type) {
  CXType canonical = clang_getCanonicalType(type);
  CXCursor declaration = clang_getTypeDeclaration(canonical);
  if (canonical.kind != CXType_Record || clang_getCursorKind(declaration) != CXCursor_UnionDecl) return type;
  bool only_pointers = true;
  CXType first{};
  ForEachField(canonical, [&](CXCursor field) {
    CXType member = clang_getCursorType(field);
    if (first.kind == CXType_Invalid) first = member;
    only_pointers = only_pointers && clang_getCanonicalType(member).kind == CXType_Pointer;
  });
  return only_pointers && first.kind != CXType_Invalid ? first : type;
}

// `canonical` besides `written`, because libclang shows a parameter such as int[2] as the array, not as the pointer it is.
CType Describe(CXType written, CXType canonical) {
  CXType type = clang_getCanonicalType(canonical);
  CType out;
  out.spelling = Spelling(written);
  out.bits = type.kind == CXType_Void ? 0 : Bits(type);
  switch (type.kind) {
    case CXType_Void:
      break;
    case CXType_Pointer: {
      CXType pointee = clang_getPointeeType(type);
      out.kind = IsFunction(pointee) ? CTypeKind::kFunctionPointer : CTypeKind::kPointer;
      out.pointee = PlainName(pointee);
      out.pointee_const = clang_isConstQualifiedType(pointee) != 0;
      break;
    }
    case CXType_Enum:
      out.kind = CTypeKind::kInteger;
      out.is_signed = IsSigned(clang_getCanonicalType(clang_getEnumDeclIntegerType(clang_getTypeDeclaration(type))).kind);
      break;
    case CXType_Float:
    case CXType_Double:
    case CXType_LongDouble:
    case CXType_Float128:
    case CXType_Half:
    case CXType_Float16:
    case CXType_Complex:
      out.kind = CTypeKind::kFloat;
      break;
    case CXType_Record:
    case CXType_Vector:
      out.kind = CTypeKind::kRecord;
      out.pointee = PlainName(type);
      break;
    default:
      out.kind = CTypeKind::kInteger;
      out.is_signed = IsSigned(type.kind);
  }
  return out;
}

struct Availability {
  std::string since;  // "10.12", as __API_AVAILABLE and the like say; "" where the header is silent
  bool unavailable = false;
};

Availability AvailabilityOf(CXCursor cursor, const std::string& platform) {
  constexpr int kMost = 16;
  CXPlatformAvailability rows[kMost];
  Availability out;
  int count = std::min(kMost, clang_getCursorPlatformAvailability(cursor, nullptr, nullptr, nullptr, nullptr, rows, kMost));
  for (int i = 0; i < count; ++i) {
    const char* name = clang_getCString(rows[i].Platform);
    if (name != nullptr && name == platform) {
      out.unavailable = out.unavailable || rows[i].Unavailable != 0;
      const CXVersion& version = rows[i].Introduced;
      for (int part : {version.Major, version.Minor, version.Subminor}) {
        if (part < 0) break;
        out.since += (out.since.empty() ? "" : ".") + std::to_string(part);
      }
    }
    clang_disposeCXPlatformAvailability(&rows[i]);
  }
  return out;
}

// Turns records into flat lists of leaves.
class Flattener {
 public:
  explicit Flattener(CRecord& out) : out_(out) {}

  void Record(CXType record, const std::string& prefix, int base) {
    ForEachField(record, [&](CXCursor field) { Field(field, prefix, base); });
  }

 private:
  void Field(CXCursor field, const std::string& prefix, int base) {
    std::string name = Take(clang_getCursorSpelling(field));
    if (name.find('(') != std::string::npos) name.clear();  // "(anonymous union at …)": its members count as the outer's
    CXType type = clang_getCanonicalType(clang_getCursorType(field));
    int offset = base + static_cast<int>(clang_Cursor_getOffsetOfField(field));
    if (clang_Cursor_isBitField(field) != 0) {
      if (name.empty()) return;  // padding
      int bits = clang_getFieldDeclBitWidth(field);
      Add(prefix + name, offset, bits, bits, Describe(type, type));
      return;
    }
    Value(type, prefix + name, offset, name.empty());
  }

  void Value(CXType type, const std::string& path, int offset, bool nameless) {
    if (type.kind == CXType_Record) {
      Record(type, nameless ? path : path + ".", offset);
    } else if (IsArray(type)) {
      Array(type, path, offset);
    } else {
      CType leaf = Describe(type, type);
      Add(path, offset, leaf.bits, leaf.bits, leaf);
    }
  }

  void Array(CXType type, const std::string& path, int offset) {
    CXType element = type;
    std::string dimensions;
    long long count = 1;
    while (IsArray(element)) {
      long long size = element.kind == CXType_ConstantArray ? clang_getArraySize(element) : 0;
      dimensions += element.kind == CXType_ConstantArray ? "[" + std::to_string(size) + "]" : "[]";
      count *= size;
      element = clang_getCanonicalType(clang_getArrayElementType(element));
    }
    int element_bits = Bits(element);
    if (element.kind == CXType_Record && count > 0 && count <= kMaxFlattenedElements) {
      for (int i = 0; i < count; ++i) {
        Value(element, path + "[" + std::to_string(i) + "]", offset + i * element_bits, false);
      }
      return;
    }
    Add(path + dimensions, offset, static_cast<int>(count) * element_bits, element_bits, Describe(element, element));
  }

  void Add(std::string path, int offset, int bits, int element_bits, const CType& leaf) {
    out_.fields.push_back({std::move(path), offset, bits, element_bits, leaf.is_signed, leaf.kind});
  }

  CRecord& out_;
};

// Collects the declarations of one translation unit.
class Collector {
 public:
  Collector(CXTranslationUnit unit, const std::string& triple, ParsedUnit& out)
      : unit_(unit),
        underscore_(HasUnderscore(triple)),
        platform_(triple.find("-ios") == std::string::npos ? "macos" : "ios"),
        out_(out) {}

  void Run() {
    Visit(clang_getTranslationUnitCursor(unit_));
    clang_getInclusions(
        unit_,
        [](CXFile file, CXSourceLocation* stack, unsigned depth, CXClientData data) {
          if (depth == 0) return;
          CXFile parent = nullptr;
          clang_getFileLocation(stack[0], &parent, nullptr, nullptr, nullptr);
          static_cast<ParsedUnit*>(data)->included_by.emplace(FileName(file), FileName(parent));
        },
        &out_);
  }

 private:
  void Visit(CXCursor cursor) {
    ForEachChild(cursor, [this](CXCursor child) {
      switch (clang_getCursorKind(child)) {
        case CXCursor_LinkageSpec:
        case CXCursor_UnexposedDecl:  // extern "C" in older libclangs
          Visit(child);
          break;
        case CXCursor_FunctionDecl:
          Function(child);
          break;
        case CXCursor_EnumDecl:
          Enumerators(child);
          break;
        case CXCursor_MacroDefinition:
          Macro(child);
          break;
        default:
          break;
      }
    });
  }

  void Function(CXCursor cursor) {
    DeclaredFunction found;
    CFunction& function = found.function;
    function.name = Take(clang_getCursorSpelling(cursor));
    function.link_name = PlainSymbol(Take(clang_Cursor_getMangling(cursor)), underscore_);
    // musl gives labels by `__typeof__(time) time __asm__("__time64")`, whose type is a prototype only canonically.
    CXType written = clang_getCursorType(cursor);
    CXType canonical = clang_getCanonicalType(written);
    CXType type = written.kind == CXType_FunctionProto ? written : canonical;
    bool cpp_linkage = function.link_name.starts_with("_Z");
    bool local = clang_Cursor_getStorageClass(cursor) == CX_SC_Static;
    Availability availability = AvailabilityOf(cursor, platform_);
    if (cpp_linkage || local || availability.unavailable || type.kind != CXType_FunctionProto) return;
    auto [known, is_new] = seen_.try_emplace(function.name, out_.functions.size());
    if (!is_new) {
      // A later declaration may carry the label, as glibc's pthread_yield does (= sched_yield).
      if (function.link_name != function.name) out_.functions[known->second].function.link_name = function.link_name;
      return;
    }
    function.result = Argument(clang_getResultType(type), clang_getResultType(canonical));
    function.variadic = clang_isFunctionTypeVariadic(type) != 0;
    function.stdcall = clang_getFunctionTypeCallingConv(canonical) == CXCallingConv_X86StdCall;
    function.since = std::move(availability.since);
    for (unsigned i = 0; i < static_cast<unsigned>(clang_getNumArgTypes(type)); ++i) {
      function.parameters.push_back({ParameterName(clang_Cursor_getArgument(cursor, i)),
                                     Argument(clang_getArgType(type, i), clang_getArgType(canonical, i))});
    }
    found.file = FileOf(cursor);
    found.shown = ShownPlace(cursor);
    out_.functions.push_back(std::move(found));
  }

  // Without the underscores that keep names out of the user's way.
  static std::string ParameterName(CXCursor parameter) {
    std::string name = Take(clang_getCursorSpelling(parameter));
    return name.substr(std::min(name.size(), name.find_first_not_of('_')));
  }

  CType Argument(CXType written, CXType canonical) {
    CXType plain = ThroughTransparentUnion(canonical);
    bool is_union = clang_equalTypes(plain, canonical) == 0;
    CXType type = clang_getCanonicalType(plain);
    if (type.kind == CXType_Pointer) Layout(clang_getCanonicalType(clang_getPointeeType(type)));
    return Describe(is_union ? plain : written, type);
  }

  void Layout(CXType type) {
    if (type.kind != CXType_Record || clang_Type_getSizeOf(type) < 0) return;  // incomplete
    CXType record = clang_getUnqualifiedType(type);
    CXCursor declaration = clang_getTypeDeclaration(record);
    if (FileOf(declaration).empty()) return;  // the compiler's own: __va_list_tag
    std::string tag = TagName(declaration);
    auto [slot, is_new] = out_.records.try_emplace(tag);
    if (!is_new) return;
    CRecord& layout = slot->second;
    layout.name = tag;
    layout.size = static_cast<int>(clang_Type_getSizeOf(record));
    layout.align = static_cast<int>(clang_Type_getAlignOf(record));
    layout.header = FileOf(declaration) == kMainFile ? ShownPlace(declaration).file : FileOf(declaration);
    Flattener(layout).Record(record, "", 0);
  }

  void Enumerators(CXCursor cursor) {
    if (FileOf(cursor) != kMainFile) return;
    ForEachChild(cursor, [this](CXCursor child) {
      out_.enumerators.emplace(Take(clang_getCursorSpelling(child)), clang_getEnumConstantDeclValue(child));
    });
  }

  void Macro(CXCursor cursor) {
    if (clang_Cursor_isMacroBuiltin(cursor) != 0 || clang_Cursor_isMacroFunctionLike(cursor) != 0) return;
    out_.macros.push_back(Take(clang_getCursorSpelling(cursor)));
  }

  CXTranslationUnit unit_;
  bool underscore_;
  std::string platform_;  // as availability attributes name it
  ParsedUnit& out_;
  std::map<std::string, std::size_t> seen_;  // index in out_.functions
};

Errors Diagnostics(CXTranslationUnit unit) {
  Errors errors;
  for (unsigned i = 0; i < clang_getNumDiagnostics(unit); ++i) {
    CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
    if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
      CXFile file = nullptr;
      unsigned line = 0, column = 0;
      clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), &file, &line, &column, nullptr);
      errors.push_back({.where = {FileName(file), static_cast<int>(line), static_cast<int>(column)},
                        .what = Take(clang_getDiagnosticSpelling(diagnostic))});
    }
    clang_disposeDiagnostic(diagnostic);
  }
  return errors;
}

CXUnsavedFile Unsaved(const std::string& path, const std::string& text) {
  return {.Filename = path.c_str(), .Contents = text.c_str(), .Length = text.size()};
}

}  // namespace

Result<ParsedUnit> ParseUnit(const ParseRequest& request) {
  if (Result<void> loaded = LoadClang(); !loaded) return Fail(loaded.error());
  bool cpp = request.language == CLanguage::kCpp;
  // -nostdlibinc leaves only clang's own stddef.h, stdarg.h and the like.
  std::vector<std::string> words = {"-target", request.triple,    "-nostdlibinc",
                                    "-x",      cpp ? "c++" : "c", cpp ? "-std=c++17" : "-std=gnu17"};
  if (!ClangResources().empty()) words.insert(words.end(), {"-resource-dir", ClangResources()});
  words.insert(words.end(), request.arguments.begin(), request.arguments.end());
  std::vector<const char*> arguments;
  for (const std::string& word : words) arguments.push_back(word.c_str());
  std::string main = kMainFile;
  std::vector<CXUnsavedFile> files = {Unsaved(main, request.text)};
  for (const VirtualFile& file : request.files) files.push_back(Unsaved(file.path, file.text));

  CXIndex index = clang_createIndex(0, 0);
  unsigned options = CXTranslationUnit_SkipFunctionBodies;
  if (request.want_macros) options |= CXTranslationUnit_DetailedPreprocessingRecord;
  CXTranslationUnit unit = nullptr;
  CXErrorCode code = clang_parseTranslationUnit2(index, main.c_str(), arguments.data(), static_cast<int>(arguments.size()),
                                                 files.data(), static_cast<unsigned>(files.size()), options, &unit);
  Result<ParsedUnit> result;
  if (code != CXError_Success) {
    result =
        Fail(Error{.what = "libclang cannot parse for target " + request.triple + " (error " + std::to_string(code) + ")",
                   .cls = ErrorClass::kEnvironment});
  } else if (Errors errors = Diagnostics(unit); !errors.empty()) {
    result = Fail(std::move(errors));
  } else {
    Collector(unit, request.triple, *result).Run();
  }
  if (unit != nullptr) clang_disposeTranslationUnit(unit);
  clang_disposeIndex(index);
  return result;
}

}  // namespace libcify
