#include "scan/go_memory.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "scan/go_call.h"
#include "scan/go_signature.h"
#include "scan/go_sizer.h"
#include "scan/go_types.h"

namespace libcify::scan {
namespace {

bool IsPointer(const std::string& type) { return type.starts_with('*') || type == "unsafe.Pointer"; }

bool IsNumber(const std::string& text) { return !text.empty() && text[0] >= '0' && text[0] <= '9'; }

// What is moved to a register before a statement of a TEXT: "new+8(FP)"; "" where nothing is.
std::string MovedTo(const std::string& name, const AsmFile& file, std::size_t first, std::size_t end) {
  for (std::size_t i = end; i > first; --i) {
    const AsmStatement& statement = file.statements()[i - 1];
    const bool writes = statement.active && statement.operands.size() > 1 && statement.operands.back() == name;
    if (writes) return statement.operands.size() == 2 ? statement.operands[0] : statement.Canonical();
  }
  return {};
}

class Reader {
 public:
  Reader(const SourceTree& tree, const Port& port, const Inventory& inventory, const AsmFiles& files,
         std::map<std::string, std::string> defines)
      : tree_(tree),
        port_(port),
        inventory_(inventory),
        files_(files),
        defines_(std::move(defines)),
        types_(tree, port),
        sizer_(tree, port) {
    defines_.insert(port.defines.begin(), port.defines.end());
    for (std::size_t i = 0; i < tree.files.size(); ++i) file_of_[tree.files[i].path] = i;
    for (const Bodyless& one : inventory.bodyless) bodyless_[one.symbol] = &one;
  }

  Result<GoMemory> Run(std::string_view list) {
    for (const Seam& seam : inventory_.seams) {
      if (seam.declared) {
        Declared(seam);
      } else if (seam.number && !seam.symbol.empty() && seam.role != SeamRole::kUnreachable) {
        if (Result<void> read = Assembly(seam); !read) return Fail(std::move(read.error()));
      }
    }
    for (const Request& request : inventory_.requests) {
      const bool is_call = !request.entry.empty() && !request.symbol.empty();
      if (!is_call) continue;
      if (request.block) {
        Block(request);
      } else {
        Call(request);
      }
    }
    Listed(list);
    return std::move(out_);
  }

 private:
  void Add(GoPointer pointer, std::size_t file) {
    if (pointer.type.empty()) {
      if (pointer.reason.empty()) pointer.reason = "Go's text does not tell its type";
    } else if (pointer.type == "unsafe.Pointer") {
      pointer.reason = "an unsafe.Pointer";
    } else {
      // C does not say whether a pointer is to one or to many: of an array the element counts.
      std::string pointee = pointer.type.substr(1);
      while (pointee.starts_with('[') && !pointee.starts_with("[]")) pointee.erase(0, pointee.find(']') + 1);
      Result<GoRecord> record = sizer_.Lay(file, pointee);
      if (record) {
        pointer.record = record->layout.name;
        if (record->span.file.empty()) pointer.record = tree_.files[file].package + " " + pointer.record;
        out_.records.emplace(pointer.record, std::move(*record));
      } else {
        pointer.reason = record.error().front().what;
      }
    }
    out_.pointers.push_back(std::move(pointer));
  }

  // Types that the port does not have are not listed.
  void Listed(std::string_view list) {
    static constexpr std::string_view kType = "type ", kMadeOf = " C.struct_";
    std::size_t file = 0;
    while (file < tree_.files.size() && tree_.files[file].package != "syscall") ++file;
    if (file == tree_.files.size()) return;
    for (std::size_t at = 0, end; at < list.size(); at = end + 1) {
      end = std::min(list.find('\n', at), list.size());
      const std::string_view line = list.substr(at, end - at);
      const std::size_t made_of = line.find(kMadeOf);
      if (!line.starts_with(kType) || made_of == std::string_view::npos) continue;
      const std::string name(line.substr(kType.size(), made_of - kType.size()));
      if (!sizer_.Lay(file, name)) continue;
      Add({.text = std::string(line),
           .type = "*" + name,
           .made_of = "struct " + std::string(line.substr(made_of + kMadeOf.size()))},
          file);
    }
  }

  void Call(const Request& request) {
    const std::size_t file = file_of_.at(request.site.span.file);
    const std::vector<std::string> types =
        ReadGoArguments(file, tree_.files[file].text, request.site.range, request.arguments, types_);
    for (std::size_t i = 0; i < types.size(); ++i) {
      const std::string& text = request.arguments[i];
      const bool is_value = types[i].empty() ? IsNumber(text) : !IsPointer(types[i]);
      if (is_value) continue;
      Add({.site = request.site,
           .symbol = request.symbol,
           .number = request.number.value_or(-1),
           .library = request.library,
           .word = static_cast<int>(i),
           .text = text,
           .type = types[i]},
          file);
    }
  }

  // Its parameters, one after the other, are the function's, as far as their number says the same.
  void Block(const Request& request) {
    const std::size_t file = file_of_.at(request.site.span.file);
    const std::string argument = request.arguments.empty() ? "" : request.arguments[0];
    const std::vector<GoParameter> parameters = ReadGoBlock(tree_.files[file].text, request.site.range, argument);
    GoPointer pointer{.site = request.site,
                      .symbol = request.symbol,
                      .library = request.library,
                      .of = static_cast<int>(parameters.size()),
                      .text = argument};
    for (const GoParameter& one : parameters) {
      pointer.text = one.name;
      pointer.type = one.type;
      if (IsPointer(one.type)) Add(pointer, file);
      ++pointer.word;
    }
  }

  void Declared(const Seam& seam) {
    const std::size_t file = file_of_.at(seam.site.span.file);
    for (std::size_t i = 0; i < seam.declared->arguments.size(); ++i) {
      const std::optional<CType>& type = seam.declared->arguments[i];
      if (!type || !IsPointer(type->spelling)) continue;
      Add({.site = seam.site,
           .symbol = seam.symbol,
           .library = seam.library,
           .word = static_cast<int>(i),
           .text = type->spelling,
           .type = type->spelling},
          file);
    }
  }

  // A function of the runtime that makes one call.
  Result<void> Assembly(const Seam& seam) {
    const SourceFile& source = tree_.files[file_of_.at(seam.site.span.file)];
    const Result<AsmFile>& file = files_.Parsed(source, defines_);
    if (!file) return Fail(file.error());
    const auto text = std::find_if(file->texts().begin(), file->texts().end(), [&](const AsmText& one) {
      return one.active && one.range.begin < seam.site.range.begin &&
             file->statements()[one.last - 1].range.end >= seam.site.range.end;
    });
    if (text == file->texts().end()) return {};
    std::size_t at = text->first;
    while (at < text->last && file->statements()[at].range.begin < seam.site.range.begin) ++at;
    const auto declared = bodyless_.find((text->package.empty() ? seam.site.package : text->package) + "." + text->name);
    std::optional<GoSignature> signature;
    std::size_t go_file = 0;
    if (declared != bodyless_.end()) {
      const Site& site = declared->second->site;
      go_file = file_of_.at(site.span.file);
      signature = ReadSignature(tree_.files[go_file].text.substr(site.range.begin, site.range.size()));
    }
    for (std::size_t i = 0; i < port_.syscall.arguments.size(); ++i) {
      const std::string moved = MovedTo(port_.syscall.arguments[i], *file, text->first, at);
      if (moved.empty() || moved.starts_with('$')) continue;  // nothing, or a number
      GoPointer pointer{
          .site = seam.site, .symbol = seam.symbol, .number = *seam.number, .word = static_cast<int>(i), .text = moved};
      if (const GoParameter* parameter = Parameter(signature, moved)) {
        pointer.type = parameter->type;
        if (!IsPointer(pointer.type)) continue;
      }
      if (pointer.type.empty()) pointer.reason = "its assembly makes it";
      Add(std::move(pointer), go_file);
    }
    return {};
  }

  // The parameter that "new+8(FP)" is.
  static const GoParameter* Parameter(const std::optional<GoSignature>& signature, const std::string& operand) {
    const std::size_t plus = operand.find('+');
    if (!signature || plus == std::string::npos || !operand.ends_with("(FP)")) return nullptr;
    const auto found = std::find_if(signature->parameters.begin(), signature->parameters.end(),
                                    [&](const GoParameter& one) { return one.name == operand.substr(0, plus); });
    return found == signature->parameters.end() ? nullptr : &*found;
  }

  const SourceTree& tree_;
  const Port& port_;
  const Inventory& inventory_;
  const AsmFiles& files_;
  std::map<std::string, std::string> defines_;
  GoTypes types_;
  GoSizer sizer_;
  std::map<std::string, std::size_t> file_of_;       // by path
  std::map<std::string, const Bodyless*> bodyless_;  // by symbol
  GoMemory out_;
};

}  // namespace

Result<GoMemory> ReadMemory(const SourceTree& tree, const Port& port, const Inventory& inventory, const AsmFiles& files,
                            std::map<std::string, std::string> defines, std::string_view list) {
  return Reader(tree, port, inventory, files, std::move(defines)).Run(list);
}

}  // namespace libcify::scan
