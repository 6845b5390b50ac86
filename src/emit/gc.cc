// The dialect of the ordinary Go compiler: edited system-call sites, the bridge, and the table of libc functions.
//
// In: an EmitInput. Out: artifacts that stand in the place of files of the tree (or join its packages), so that
// `go build -overlay` needs nothing else. Every seam of the inventory is edited exactly once, or the whole fails. Where the
// dialect has request edits, the tree calls functions of libraries: what the bindings say is imported is edited there, and
// the assembly is left as it is.
#include <algorithm>
#include <utility>

#include "emit/added_files.h"
#include "emit/emit.h"
#include "emit/go_edits.h"
#include "emit/imports.h"
#include "emit/seams.h"
#include "emit/table.h"
#include "emit/tree_edits.h"

namespace libcify {

Result<std::vector<Artifact>> EmitGc(const EmitInput& input) {
  TreeEdits edits(input.read_tree);
  Errors errors;
  Insertions insertions;
  std::vector<AddedFile> added;
  const Result<RequestEdits> requests = RequestEdits::Compile(input.dialect, input.target);
  if (!requests) return Fail(requests.error());
  if (requests->empty()) {
    errors = EditSeams(input, edits);
    insertions = {{"includes", TableIncludes(input.bindings) + TableLinkNames(input.bindings)},
                  {"rows", TableRows(input.bindings, !input.port.syscall.word_arguments)}};
  } else {
    for (const PackageImports& imports : EditRequests(input, *requests, edits, errors)) {
      for (AddedFile& file : AddedToPackage(input, imports.package, {{"imports", imports.declarations}}, errors)) {
        added.push_back(std::move(file));
      }
    }
  }
  Append(errors, EditGoFiles(input, edits));
  for (AddedFile& file : AddedFiles(input, insertions, errors)) added.push_back(std::move(file));
  std::vector<Artifact> out;
  for (AddedFile& file : added) {
    if (std::find(input.files.begin(), input.files.end(), file.path) != input.files.end()) {
      errors.push_back({.where = {file.path, 0, 0},
                        .what = "the tree already has this file",
                        .rule = file.rule,
                        .hint = "generate from a tree that libcify has not rewritten"});
      continue;
    }
    out.push_back(TreeArtifact(file.path, std::move(file.text)));
  }
  const char* const what = requests->empty() ? "system calls go through libc" : "functions of libraries are imported";
  Result<std::vector<Artifact>> edited =
      edits.Finish("\n// Rewritten by libcify (" + std::string(what) + "); DO NOT EDIT.\n");
  if (!edited) Append(errors, std::move(edited.error()));
  if (!errors.empty()) return Fail(std::move(errors));
  out.insert(out.end(), std::make_move_iterator(edited->begin()), std::make_move_iterator(edited->end()));
  std::sort(out.begin(), out.end(), [](const Artifact& a, const Artifact& b) { return a.path < b.path; });
  return out;
}

}  // namespace libcify
