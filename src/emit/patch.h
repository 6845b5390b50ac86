// Patches: the llgo dialect as files that join the compiler's own tree, for a Go tree that stays as it is.
//
// A patch file replaces the declarations of its package that it has itself. So each declaration with a rewritten call goes
// into one, beside what the dialect's "patch" adds. A declaration's text is that of one release of Go, and its calls are
// those of one target: build constraints say which, and the names of the files too, so that patches of several lie side by
// side.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "emit/emit.h"
#include "emit/go_calls.h"
#include "emit/tree_edits.h"
#include "gosrc/go_layout.h"

namespace libcify {

// What a patch is made for.
struct PatchScope {
  std::string constraint;  // "linux && amd64 && go1.26 && !go1.27"
  std::string tag;         // of the files' names: "go126_linux_amd64"
};

// Fails for a version that names no release ("go1.26.8" and "devel go1.27-0a1b2c" do).
[[nodiscard]] Result<PatchScope> PatchScopeOf(const std::string& go_version, const Target& target);

// A declaration that an edit touches, with its edits done: the directives above it, and its text.
struct PatchedDeclaration {
  std::string name;  // as Go writes it: "(*T).Read"; "" where it is no function
  Span span;
  std::string text;
  bool is_group = false;  // "const (…)" and its kin
};

// Of one file of the tree. `edits` need not lie in declarations; those that do not are left out, for they serve a file that
// stays in its place.
[[nodiscard]] std::vector<PatchedDeclaration> PatchedDeclarations(const std::string& path, const std::string& text,
                                                                  const std::vector<TextEdit>& edits);

// The import declarations that some code of Go needs, of those of its file.
[[nodiscard]] std::string ImportsFor(const std::vector<GoImport>& imports, const std::string& code);

}  // namespace libcify
