// Inside of GoQuery and GoFile: owners of tree-sitter's objects. Only go_query.cc and go_file.cc include this.
#pragma once

#include <tree_sitter/api.h>

#include <memory>
#include <string>
#include <vector>

#include "gosrc/go_file.h"

extern "C" const TSLanguage* tree_sitter_go();

namespace libcify {

template <auto kFree>
struct TsDelete {
  template <class T>
  void operator()(T* object) const {
    kFree(object);
  }
};

using TsParser = std::unique_ptr<TSParser, TsDelete<ts_parser_delete>>;
using TsTree = std::unique_ptr<TSTree, TsDelete<ts_tree_delete>>;
using TsQuery = std::unique_ptr<TSQuery, TsDelete<ts_query_delete>>;
using TsQueryCursor = std::unique_ptr<TSQueryCursor, TsDelete<ts_query_cursor_delete>>;

struct GoQueries::Impl {
  TsQuery query;
  std::vector<std::string> capture_names;  // by capture id
  std::size_t texts = 0;
  std::vector<std::size_t> text_of;  // by pattern, which of the texts it comes from
};

}  // namespace libcify
