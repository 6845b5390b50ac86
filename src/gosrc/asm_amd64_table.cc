// Mnemonics of amd64 by the way in which they use their operands.
//
// Sources: Intel SDM volume 2 (registers and flags), cmd/asm and cmd/internal/obj/x86 (spelling). What is not here is
// unknown, and liveness then takes everything as read: so a missing line costs speed, a wrong line costs correctness.
#include "gosrc/asm_amd64_table.h"

#include <algorithm>
#include <functional>
#include <map>

namespace libcify {
namespace {

using Use = Amd64Use;

// Instructions with registers of their own: names separated by blanks, "flags" where all are written.
struct FixedEffect {
  std::string_view mnemonic, reads, writes;
};
// clang-format off
constexpr FixedEffect kFixedEffects[] = {
    {"CPUID", "AX CX", "AX BX CX DX"}, {"RDTSC", "", "AX DX"}, {"RDTSCP", "", "AX CX DX"}, {"XGETBV", "CX", "AX DX"},
    {"CQO", "AX", "DX"}, {"CDQ", "AX", "DX"}, {"CWD", "AX DX", "DX"}, {"CDQE", "AX", "AX"}, {"CWDE", "AX", "AX"},
    {"CBW", "AX", "AX"}, {"PUSHFQ", "SP flags", "SP"}, {"POPFQ", "SP", "SP flags"}, {"ADJSP", "SP", "SP"},
    // A prefix counts CX down; the instruction behind it is a statement of its own.
    {"REP", "CX", "CX"}, {"REPN", "CX flags", "CX"},
    {"MOVSB", "SI DI flags", "SI DI"}, {"MOVSW", "SI DI flags", "SI DI"}, {"MOVSL", "SI DI flags", "SI DI"},
    {"MOVSQ", "SI DI flags", "SI DI"}, {"STOSB", "AX DI flags", "DI"}, {"STOSW", "AX DI flags", "DI"},
    {"STOSL", "AX DI flags", "DI"}, {"STOSQ", "AX DI flags", "DI"}, {"LODSB", "AX SI flags", "AX SI"},
    {"LODSW", "AX SI flags", "AX SI"}, {"LODSL", "AX SI flags", "AX SI"}, {"LODSQ", "AX SI flags", "AX SI"},
    {"SCASB", "AX DI flags", "DI"}, {"SCASW", "AX DI flags", "DI"}, {"SCASL", "AX DI flags", "DI"},
    {"SCASQ", "AX DI flags", "DI"}, {"CMPSB", "SI DI flags", "SI DI"}, {"CMPSW", "SI DI flags", "SI DI"},
    {"CMPSL", "SI DI flags", "SI DI"}, {"CMPSQ", "SI DI flags", "SI DI"}};
// clang-format on

struct Group {
  Use use;
  std::string_view mnemonics;  // separated by blanks; "ADD/BWLQ" stands for ADDB ADDW ADDL ADDQ
};

constexpr Group kGroups[] = {
    {Use::kNone,
     "NOP NOPW NOPL LOCK PAUSE MFENCE LFENCE SFENCE CLD STD PREFETCHT0 PREFETCHT1 PREFETCHT2 PREFETCHNTA VZEROUPPER"},
    {Use::kMove,
     "MOV/BWLQ LEA/WLQ MOVBLZX MOVBQZX MOVWLZX MOVWQZX MOVBLSX MOVBQSX MOVWLSX MOVWQSX MOVLQSX MOVLQZX MOVBWZX/W "
     "MOVBWSX/W MOVNTI/LQ MOVBE/WLQ MOVQL MOVABSQ PMOVMSKB MOVMSKPS MOVMSKPD CVTTSD2SQ CVTTSD2SL CVTSD2SQ CVTSD2SL "
     "CVTTSS2SQ CVTTSS2SL CVTSS2SQ CVTSS2SL MOVOU MOVOA MOVO MOVUPS MOVUPD MOVAPS MOVAPD MOVNTO MOVNTDQ PSHUFD PSHUFHW "
     "PSHUFLW"},
    {Use::kMerge,
     "MOVSS MOVSD MOVHPS MOVHPD MOVLPS MOVLPD CVTSQ2SD CVTSL2SD CVTSQ2SS CVTSL2SS CVTSS2SD CVTSD2SS SQRTSD SQRTSS "
     "PINSRB PINSRW PINSRD PINSRQ PXOR PAND PANDN POR XORPS XORPD ANDPS ANDPD ORPS ORPD PADDB PADDW PADDL PADDQ PSUBB "
     "PSUBW PSUBL PSUBQ PCMPEQB PCMPEQW PCMPEQL PSHUFB PUNPCKLBW PUNPCKLQDQ PUNPCKHQDQ PSLLO PSRLO PSLLL PSLLQ PSRLL "
     "PSRLQ PALIGNR SHUFPS SHUFPD ADDSD ADDSS SUBSD SUBSS MULSD MULSS DIVSD DIVSS MINSD MAXSD AESENC AESENCLAST AESDEC "
     "AESDECLAST NOT/BWLQ BSWAP/LQ PEXTRB PEXTRW PEXTRD PEXTRQ"},
    {Use::kUpdate,
     "ADD/BWLQ SUB/BWLQ AND/BWLQ OR/BWLQ XOR/BWLQ NEG/BWLQ POPCNT/WLQ LZCNT/WLQ TZCNT/WLQ BSF/WLQ BSR/WLQ IMUL3/WLQ"},
    {Use::kPartUpdate, "INC/BWLQ DEC/BWLQ SHL/BWLQ SHR/BWLQ SAR/BWLQ SAL/BWLQ ROL/BWLQ ROR/BWLQ BTS/WLQ BTR/WLQ BTC/WLQ"},
    {Use::kCarryUpdate, "ADC/BWLQ SBB/BWLQ RCL/BWLQ RCR/BWLQ"},
    {Use::kCompare, "CMP/BWLQ TEST/BWLQ UCOMISD UCOMISS COMISD COMISS PTEST"},
    {Use::kMultiply, "MUL/BWLQ IMUL/BWLQ"},
    {Use::kDivide, "DIV/BWLQ IDIV/BWLQ"},
    {Use::kExchange, "XCHG/BWLQ XADD/BWLQ"},
    {Use::kCompareExchange, "CMPXCHG/BWLQ"},
    {Use::kPush, "PUSH/WLQ"},
    {Use::kPop, "POP/WLQ"},
    {Use::kJump, "JMP"},
    {Use::kLoop, "LOOP LOOPEQ LOOPNE JCXZ/WLQ"},
    {Use::kCall, "CALL"},
    {Use::kReturn, "RET"},
    {Use::kSyscall, "SYSCALL"},
    {Use::kInterrupt, "INT"},
    {Use::kTrap, "UD2 UD1 UNDEF HLT"},
};

// Conditions as cmd/asm spells them, with their aliases (cmd/asm/internal/arch, "archX86").
constexpr std::string_view kConditions =
    "HI CC NC HS CS LO B C LS NA NAE BE A AE NB NBE EQ E Z NE NZ GT G GE LT L LE OS O OC NO MI S PL NS PS P PE PC NP PO NG "
    "NGE "
    "NL NLE LZ";

template <class F>
void ForEachWord(std::string_view words, F f) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (end > 0) f(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

char WidthOf(char suffix) { return suffix == 'B' || suffix == 'W' ? suffix : 'Q'; }

using Table = std::map<std::string, Amd64Entry, std::less<>>;

std::vector<std::string> Words(std::string_view words) {
  std::vector<std::string> out;
  ForEachWord(words, [&](std::string_view word) { out.emplace_back(word); });
  return out;
}

void AddWord(Table& table, std::string_view word, Use use) {
  const std::size_t slash = word.find('/');
  if (slash == std::string_view::npos) {
    table[std::string(word)] = {use, 'Q', {}, {}};
    return;
  }
  for (const char suffix : word.substr(slash + 1)) {
    const bool has_it = word[slash - 1] == 'X' && suffix == 'W';  // MOVBWZX/W: the width only
    table[std::string(word.substr(0, slash)) + (has_it ? "" : std::string(1, suffix))] = {use, WidthOf(suffix), {}, {}};
  }
}

Table BuildTable() {
  Table table;
  for (const Group& group : kGroups) {
    ForEachWord(group.mnemonics, [&](std::string_view word) { AddWord(table, word, group.use); });
  }
  for (const FixedEffect& effect : kFixedEffects) {
    table[std::string(effect.mnemonic)] = {Use::kFixed, 'Q', Words(effect.reads), Words(effect.writes)};
  }
  for (const std::string& condition : Words(kConditions)) {
    table["J" + condition] = {Use::kBranch, 'Q', {}, {}};
    table["SET" + condition] = {Use::kSet, 'B', {}, {}};
    for (const char suffix : {'W', 'L', 'Q'})
      table[std::string("CMOV") + suffix + condition] = {Use::kConditional, suffix, {}, {}};
  }
  return table;
}

}  // namespace

const Amd64Entry* FindAmd64Mnemonic(std::string_view mnemonic) {
  static const Table table = BuildTable();
  const auto found = table.find(mnemonic);
  return found == table.end() ? nullptr : &found->second;
}

}  // namespace libcify
