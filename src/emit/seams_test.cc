// Seams of a machine with a link register: what is edited around a call, and what is refused.
#include "emit/seams.h"

#include <gtest/gtest.h>

namespace libcify {
namespace {

const std::string kText =
    "TEXT ·f(SB),NOSPLIT|NOFRAME,$0-8\n"
    "\tSUM\t8(SP), R1\n"
    "\tTRAP $1\n"
    "\tTRAP $2\n"
    "\tRET\n";

Range Of(const std::string& part) {
  const std::size_t begin = kText.find(part);
  return {begin, begin + part.size()};
}

struct World {
  Target target{.goos = "linux", .goarch = "x", .libc = "glibc", .libc_version = "2.31", .triple = "x-linux-gnu"};
  Port port;
  Inventory inventory;
  std::vector<Binding> bindings;
  DialectRules dialect;
  std::vector<std::string> paths = {"p/a.s"};

  World() {
    port.syscall.link_register = true;
    port.syscall.c_saves_never = {"F0", "flags"};
    for (const char* part : {"TRAP $1", "TRAP $2"}) {
      Seam seam;
      seam.site = {.package = "p", .func = "f", .span = {"p/a.s", part[6] - '0' + 2, 2}, .range = Of(part), .rule = "seam"};
      seam.flags = {"NOSPLIT", "NOFRAME"};
      seam.flags_range = Of("NOSPLIT|NOFRAME");
      inventory.seams.push_back(seam);
    }
    dialect.name = "gc";
    dialect.seam_edits = {{Scope{}, SeamEdit{.enter = "CALL\tin(SB)",
                                             .enter_full = "",
                                             .vfork = "KEEP\n\tCALL\tvf(SB)",
                                             .unreachable = "STOP",
                                             .unneeded = ""}}};
  }

  // The edited text, or the errors.
  std::string Run() const {
    const EmitInput input{.target = target,
                          .port = port,
                          .inventory = inventory,
                          .bindings = bindings,
                          .dialect = dialect,
                          .files = paths,
                          .identity = "test",
                          .read_tree = [](const std::string&) -> Result<std::string> { return kText; },
                          .read_overlay = [](const std::string&) -> Result<std::string> { return std::string(); }};
    TreeEdits edits(input.read_tree);
    const Errors errors = EditSeams(input, edits);
    if (!errors.empty()) return Format(errors);
    const Result<std::vector<Artifact>> out = edits.Finish("");
    return out ? out->at(0).text : Format(out.error());
  }
};

TEST(Seams, NoframeGoesOnceForTwoCalls) {
  EXPECT_EQ(World().Run(), "TEXT ·f(SB),NOSPLIT,$0-8\n\tSUM\t8(SP), R1\n\tCALL\tin(SB)\n\tCALL\tin(SB)\n\tRET\n");
}

TEST(Seams, NoframeStaysForVforkAndIsAddedThere) {
  World world;
  world.inventory.seams.pop_back();
  world.inventory.seams[0].role = SeamRole::kVfork;
  const std::string edited =
      "TEXT ·f(SB),NOSPLIT|NOFRAME,$0-8\n\tSUM\t8(SP), R1\n\tKEEP\n\tCALL\tvf(SB)\n#line 4 \"a.s\"\n\tTRAP $2\n\tRET\n";
  EXPECT_EQ(world.Run(), edited);
  world.inventory.seams[0].flags = {"NOSPLIT"};
  EXPECT_EQ(world.Run(), edited);
}

TEST(Seams, NothingChangesAroundATrap) {
  World world;
  for (Seam& seam : world.inventory.seams) seam.role = SeamRole::kUnreachable;
  EXPECT_EQ(world.Run(), "TEXT ·f(SB),NOSPLIT|NOFRAME,$0-8\n\tSUM\t8(SP), R1\n\tSTOP\n\tSTOP\n\tRET\n");
}

TEST(Seams, ObstaclesAreRefusedOrReworded) {
  World world;
  world.inventory.seams.pop_back();
  world.inventory.seams[0].obstacles = {{"\"SUM 8(SP), R1\" uses SP", "SUM 8(SP), R1", Of("SUM\t8(SP), R1"), 2, false}};
  EXPECT_EQ(world.Run(), "p/a.s:2: error: f: cannot keep its way back over a call: \"SUM 8(SP), R1\" uses SP [seam]\n");
  StatementEdit edit;
  edit.id = "reword";
  edit.file = "gc.json";
  edit.path = "^p/a\\.s$";
  edit.text = "^f$";
  edit.statement = "^SUM 8\\(SP\\), R1$";
  edit.replacement = "SUM\tx+0(FP), R1";
  world.dialect.statement_edits = {edit};
  EXPECT_EQ(world.Run(), "TEXT ·f(SB),NOSPLIT,$0-8\n\tSUM\tx+0(FP), R1\n\tCALL\tin(SB)\n\tTRAP $2\n\tRET\n");
  world.inventory.seams[0].obstacles.clear();
  EXPECT_EQ(world.Run(), "gc.json: error: this edit of a statement is not needed in the tree [reword]\n");
  world.dialect.statement_edits[0].optional = true;
  EXPECT_EQ(world.Run().substr(0, 4), "TEXT");
}

TEST(Seams, ArgumentsOnTheStackAreSaidOnce) {
  World world;
  world.inventory.seams.pop_back();
  world.dialect.seam_edits[0].second.stack_words = "COPY\tSP, R9";
  EXPECT_EQ(
      world.Run(),
      "TEXT ·f(SB),NOSPLIT,$0-8\n\tSUM\t8(SP), R1\n\tCOPY\tSP, R9\n\tCALL\tin(SB)\n#line 4 \"a.s\"\n\tTRAP $2\n\tRET\n");
  world.inventory.seams[0].obstacles = {{"\"SUM 8(SP), R1\" uses SP", "SUM 8(SP), R1", Of("SUM\t8(SP), R1"), 2, false}};
  StatementEdit edit;
  edit.id = "reword";
  edit.path = edit.text = ".";
  edit.statement = "^SUM 8";
  edit.replacement = "SUM\t12(SP), R9";
  world.dialect.statement_edits = {edit};
  EXPECT_EQ(world.Run(), "TEXT ·f(SB),NOSPLIT,$0-8\n\tSUM\t12(SP), R9\n\tCALL\tin(SB)\n\tTRAP $2\n\tRET\n");
}

TEST(Seams, AMovedStackPointerMattersWhereArgumentsLieThere) {
  World world;
  world.inventory.seams.pop_back();
  world.inventory.seams[0].obstacles = {{"\"SUM 8(SP), R1\" moves SP", "SUM 8(SP), R1", Of("SUM\t8(SP), R1"), 2, true}};
  EXPECT_EQ(world.Run(), "TEXT ·f(SB),NOSPLIT,$0-8\n\tSUM\t8(SP), R1\n\tCALL\tin(SB)\n\tTRAP $2\n\tRET\n");
  world.dialect.seam_edits[0].second.stack_words = "COPY\tSP, R9";
  EXPECT_EQ(world.Run(), "p/a.s:2: error: f: cannot keep its way back over a call: \"SUM 8(SP), R1\" moves SP [seam]\n");
}

TEST(Seams, AJumpThatCountsIsReworded) {
  World world;
  world.inventory.seams.pop_back();
  world.inventory.seams[0].counting = {"\"SUM 8(SP), R1\" counts", "SUM 8(SP), R1", Of("SUM\t8(SP), R1"), 2, false};
  world.dialect.seam_edits[0].second.stack_words = "COPY\tSP, R9";
  StatementEdit edit;
  edit.id = "reword";
  edit.path = edit.text = ".";
  edit.statement = "^SUM 8";
  edit.replacement = "SUM\t12(SP), R1";
  world.dialect.statement_edits = {edit};
  EXPECT_EQ(
      world.Run(),
      "TEXT ·f(SB),NOSPLIT,$0-8\n\tSUM\t12(SP), R1\n\tCOPY\tSP, R9\n\tCALL\tin(SB)\n#line 4 \"a.s\"\n\tTRAP $2\n\tRET\n");
}

TEST(Seams, AnObstacleWithoutAStatementIsRefused) {
  World world;
  world.inventory.seams.pop_back();
  world.inventory.seams[0].obstacles = {{.what = "it makes other calls", .statement = "", .range = {}, .line = 1}};
  EXPECT_EQ(world.Run(), "p/a.s:1: error: f: cannot keep its way back over a call: it makes other calls [seam]\n");
}

TEST(Seams, CountedJumpsAllowOneForOneOnly) {
  World world;
  world.inventory.seams.pop_back();
  world.inventory.seams[0].counting.line = 2;
  EXPECT_EQ(world.Run().substr(0, 4), "TEXT");
  world.inventory.seams[0].role = SeamRole::kVfork;
  EXPECT_EQ(world.Run(),
            "p/a.s:2: error: f: a jump counts instructions over a site of which the edit changes their number [seam]\n");
}

TEST(Seams, OperandsThatNameTheNumber) {
  World world;
  world.inventory.seams.pop_back();
  world.inventory.seams[0].operand = "$1";
  EXPECT_EQ(world.Run(), "p/a.s:3:2: error: f: the port's words for this site do not fit its operand [seam]\n");
  world.dialect.seam_edits[0].second.enter = "LOAD\t{operand}, R0\n\tCALL\tin(SB)";
  EXPECT_EQ(
      world.Run(),
      "TEXT ·f(SB),NOSPLIT,$0-8\n\tSUM\t8(SP), R1\n\tLOAD\t$1, R0\n\tCALL\tin(SB)\n#line 4 \"a.s\"\n\tTRAP $2\n\tRET\n");
  world.inventory.seams[0].operand.clear();
  EXPECT_EQ(world.Run(), "p/a.s:3:2: error: f: the port's words for this site do not fit its operand [seam]\n");
}

TEST(Seams, NumbersInARegisterHaveWordsOfTheirOwn) {
  World world;
  world.dialect.seam_edits[0].second.enter = "LOAD\t{operand}, R0\n\tCALL\tin(SB)";
  world.dialect.seam_edits[0].second.enter_dynamic = "COPY\tR17, R0\n\tCALL\tin(SB)";
  world.inventory.seams[0].operand = "$1";
  world.inventory.seams[0].number = 1;
  world.inventory.seams[1].operand = "$0";
  EXPECT_EQ(world.Run(),
            "TEXT ·f(SB),NOSPLIT,$0-8\n\tSUM\t8(SP), R1\n\tLOAD\t$1, R0\n\tCALL\tin(SB)\n#line 4 \"a.s\"\n"
            "\tCOPY\tR17, R0\n\tCALL\tin(SB)\n#line 5 \"a.s\"\n\tRET\n");
}

TEST(Seams, ANegativeFrameIsNone) {
  World world;
  for (Seam& seam : world.inventory.seams) {
    seam.frame = "-8-8";
    seam.frame_range = Of("0-8");
  }
  EXPECT_EQ(world.Run(), "TEXT ·f(SB),NOSPLIT,$0-8\n\tSUM\t8(SP), R1\n\tCALL\tin(SB)\n\tCALL\tin(SB)\n\tRET\n");
  for (Seam& seam : world.inventory.seams) seam.frame = "-4";
  EXPECT_EQ(world.Run(), "TEXT ·f(SB),NOSPLIT,$0\n\tSUM\t8(SP), R1\n\tCALL\tin(SB)\n\tCALL\tin(SB)\n\tRET\n");
}

TEST(Seams, TheEndOfASignalHandler) {
  World world;
  world.inventory.seams.pop_back();
  world.inventory.seams[0].role = SeamRole::kSigreturn;
  EXPECT_EQ(world.Run(), "p/a.s:3:2: error: f: the port has no words for a site that is sigreturn [seam]\n");
  world.dialect.seam_edits[0].second.sigreturn = "CALL\tback(SB)";
  EXPECT_EQ(world.Run(), "TEXT ·f(SB),NOSPLIT,$0-8\n\tSUM\t8(SP), R1\n\tCALL\tback(SB)\n\tTRAP $2\n\tRET\n");
}

TEST(Seams, WithoutWordsForARole) {
  World world;
  world.inventory.seams.pop_back();
  world.inventory.seams[0].role = SeamRole::kUnneeded;
  EXPECT_EQ(world.Run(), "p/a.s:3:2: error: f: the port has no words for a site that is unneeded [seam]\n");
}

TEST(Seams, WhatIsLost) {
  World world;
  world.inventory.seams.pop_back();
  world.inventory.seams[0].live = {"F0", "flags"};
  EXPECT_EQ(
      world.Run(),
      "p/a.s:3:2: error: f: register F0 is read after the system call, and no trampoline keeps it [seam]\n"
      "p/a.s:3:2: error: f: the processor's flags are read after the system call, and no trampoline keeps them [seam]\n");
}

}  // namespace
}  // namespace libcify
