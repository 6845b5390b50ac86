/* What generated parsers of tree-sitter 0.22 and newer expect of tree_sitter/parser.h and the header of 0.20 (Debian 12's,
 * the same language ABI, 14) does not have: character sets as sorted ranges, and a lexer step as pairs of character and
 * state. Forced in front of the Go grammar's parser.c by CMakeLists.txt, because the grammar's source package carries no
 * header. */
#ifndef LIBCIFY_GOSRC_TREE_SITTER_COMPAT_H_
#define LIBCIFY_GOSRC_TREE_SITTER_COMPAT_H_

#include "tree_sitter/parser.h"

#ifndef ADVANCE_MAP

typedef struct {
  int32_t start;
  int32_t end; /* included */
} TSCharacterRange;

static inline bool set_contains(TSCharacterRange *ranges, uint32_t length, int32_t character) {
  uint32_t low = 0;
  uint32_t high = length;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (character > ranges[middle].end) {
      low = middle + 1;
    } else if (character < ranges[middle].start) {
      high = middle;
    } else {
      return true;
    }
  }
  return false;
}

/* Used inside of the lexing functions between START_LEXER and END_STATE: `lookahead`, `state` and `next_state` are theirs.
 */
#define ADVANCE_MAP(...)                                             \
  do {                                                               \
    static const uint16_t pairs[] = {__VA_ARGS__};                   \
    for (uint32_t i = 0; i < sizeof pairs / sizeof *pairs; i += 2) { \
      if (pairs[i] == lookahead) {                                   \
        state = pairs[i + 1];                                        \
        goto next_state;                                             \
      }                                                              \
    }                                                                \
  } while (0)

/* The older macro names the fields (REDUCE(symbol, 2, .production_id = 3)), newer parsers give them in this order. */
#undef REDUCE
#define REDUCE(symbol_name, children, precedence, production) \
  {                                                           \
    {                                                         \
      .reduce = {.type = TSParseActionTypeReduce,             \
                 .child_count = children,                     \
                 .symbol = symbol_name,                       \
                 .dynamic_precedence = precedence,            \
                 .production_id = production},                \
    }                                                         \
  }

#endif /* ADVANCE_MAP */

#endif /* LIBCIFY_GOSRC_TREE_SITTER_COMPAT_H_ */
