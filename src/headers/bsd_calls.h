// The system calls of FreeBSD, NetBSD and OpenBSD: numbers, names and contracts, from the kernel's own installed headers.
//
// In: sys/syscall.h (made from the kernel's syscalls.master; NetBSD's and OpenBSD's has a comment with the prototype before
// each number), FreeBSD's _libsys.h (made from it too: the prototypes of the current calls, as the kernel sees them) and
// sys/sysproto.h (the arguments of older versions as well), and the comments of Go's zsysnum file, which come from
// syscalls.master: they give what those leave open, results of FreeBSD's older versions and NetBSD's arguments behind "...".
// Out: one Call for each number. A libc header is the source of types and layouts only, never of a prototype.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "headers/headers.h"
#include "headers/kernel.h"

namespace libcify {

// The parts of a prototype as C source writes them, each "" where the text does not tell.
struct CallText {
  std::string name;        // as the system's own header says it: "__stat50"
  std::string result;      // "ssize_t"
  std::string parameters;  // "int fd, void * buf"; "void" for none
  std::string source;      // "sys/syscall.h:24"

  friend bool operator==(const CallText&, const CallText&) = default;
};

// Each: number (for FreeBSD's two: name of the call) -> what the text says. `file` is for messages and sources.
[[nodiscard]] Result<std::map<int, CallText>> ParseCallHeader(const std::string& file, std::string_view text);
[[nodiscard]] std::map<std::string, CallText> ParseLibsys(const std::string& file, std::string_view text);
[[nodiscard]] std::map<std::string, CallText> ParseSysproto(const std::string& file, std::string_view text);
[[nodiscard]] std::map<int, CallText> ParseGoNumbers(const std::string& file, std::string_view text);

// Where nothing but Go's list can be had (DragonFly): names and numbers. Its comments are no contract without the headers
// that declare their types, and stop in mid-line.
[[nodiscard]] Result<KernelFacts> ReadGoCalls(const Target& target, const std::filesystem::path& go_numbers);

[[nodiscard]] Result<KernelFacts> ReadBsdCalls(const Target& target, const Port& port, const HeaderSource& source);

}  // namespace libcify
