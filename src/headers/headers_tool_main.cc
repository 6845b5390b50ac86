// Checks or refreshes committed facts; scripts/facts runs it, and the CLI's `check` calls the same functions.
//
//   headers_tool check|refresh|print FACTS_DIR GOOS/GOARCH LIBC LIBC_VERSION TRIPLE WORD_BITS [KEY=PATH …]
//
// KEY: kernel, kernel-arch, sysroot, symbols, go-numbers, include and define (may repeat). Exit 0: done; 1: the facts
// differ; 2: usage or environment.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "headers/headers.h"

namespace {

using libcify::Errors;
using libcify::Facts;
using libcify::Result;

struct Options {
  std::string command;
  libcify::Target target;
  libcify::Port port;
  libcify::HeaderSource source;
};

bool SetPath(libcify::HeaderSource& source, const std::string& word) {
  std::size_t equal = word.find('=');
  if (equal == std::string::npos) return false;
  std::string key = word.substr(0, equal), path = word.substr(equal + 1);
  if (key == "kernel") source.kernel_headers = path;
  if (key == "kernel-arch") source.kernel_arch = path;
  if (key == "sysroot") source.sysroot = path;
  if (key == "symbols") source.symbols = path;
  if (key == "go-numbers") source.go_numbers = path;
  if (key == "include") source.include_dirs.emplace_back(path);
  if (key == "define") source.defines.push_back(path);
  return key == "define" || key == "kernel" || key == "kernel-arch" || key == "sysroot" || key == "symbols" ||
         key == "go-numbers" || key == "include";
}

bool ParseOptions(const std::vector<std::string>& words, Options& out) {
  if (words.size() < 7) return false;
  out.command = words[0];
  out.source.data = words[1];
  std::size_t slash = words[2].find('/');
  if (slash == std::string::npos) return false;
  out.target.goos = words[2].substr(0, slash);
  out.target.goarch = words[2].substr(slash + 1);
  out.target.libc = words[3];
  out.target.libc_version = words[4];
  out.target.triple = words[5];
  out.port = {
      .goos = out.target.goos, .goarch = out.target.goarch, .triple = words[5], .word_bits = std::atoi(words[6].c_str())};
  for (std::size_t i = 7; i < words.size(); ++i) {
    if (!SetPath(out.source, words[i])) return false;
  }
  return out.command == "check" || out.command == "refresh" || out.command == "print";
}

int Complain(const Errors& errors) {
  std::fputs(Format(errors).c_str(), stderr);
  for (const libcify::Error& error : errors) {
    if (error.cls != libcify::ErrorClass::kFinding) return 2;
  }
  return 1;
}

int Refresh(const Options& options, const Facts& fresh) {
  for (const libcify::TreeEntry& file : WriteFacts(fresh)) {
    Result<void> written = libcify::WriteFileAtomically(options.source.data / file.path, file.text);
    if (!written) return Complain(written.error());
  }
  return 0;
}

int Check(const Options& options, const Facts& fresh) {
  std::filesystem::path file = options.source.data / WriteFacts(fresh).front().path;
  Result<Facts> committed = libcify::LoadFacts(file);
  if (!committed) return Complain(committed.error());
  Errors differences = CompareFacts(*committed, fresh);
  return differences.empty() ? 0 : Complain(differences);
}

void PrintCounts(const Facts& facts) {
  std::size_t with_contract = 0;
  for (const libcify::Call& call : facts.calls) with_contract += call.contract ? 1 : 0;
  std::printf(
      "%s %s %s: %zu calls, %zu with a contract; %zu functions; %zu kernel records, %zu libc records, %zu undeclared\n",
      facts.target.Name().c_str(), facts.target.libc.c_str(), facts.target.libc_version.c_str(), facts.calls.size(),
      with_contract, facts.functions.size(), facts.kernel_records.size(), facts.libc_records.size(),
      facts.undeclared.size());
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!ParseOptions({argv + 1, argv + argc}, options)) {
    std::fputs(
        "usage: headers_tool check|refresh|print FACTS_DIR GOOS/GOARCH LIBC LIBC_VERSION TRIPLE WORD_BITS [KEY=PATH …]\n",
        stderr);
    return 2;
  }
  Result<Facts> fresh = ReadHeaders(options.target, options.port, options.source);
  if (!fresh) return Complain(fresh.error());
  PrintCounts(*fresh);
  if (options.command == "print") {
    for (const libcify::TreeEntry& file : WriteFacts(*fresh)) std::fputs(file.text.c_str(), stdout);
    return 0;
  }
  return options.command == "refresh" ? Refresh(options, *fresh) : Check(options, *fresh);
}
