// Mnemonics of the processors that have no full dialect, by what they do with their operands.
//
// Sources: the architecture manuals (what sets and reads flags), cmd/internal/obj/ARCH/anames.go (spelling), cmd/asm and
// src/cmd/compile/abi-internal.md (result registers). Only what stands in functions with system calls is needed; what is
// missing is unknown, and then everything counts as read: so a missing word costs a refusal, a wrong one correctness.
#include "gosrc/asm_plain.h"

namespace libcify {
namespace {

PlainTable Arm64() {
  return {.goarchs = {"arm64"},
          .registers = "R0..R30 g=R28 LR=R30 RSP ZR",
          .mentioned = "F0..F31 V0..V31",
          .stack_pointer = "RSP",
          .link = "R30",
          .moves = "MOVD MOVW MOVWU MOVH MOVHU MOVB MOVBU STLRW STLR STP STPW ADR",
          .plain = "ADD SUB MUL UDIV SDIV NEG AND ORR EOR BIC LSL LSR ASR NOP DMB ISB WORD PCALIGN",
          .compare = "CMP CMPW CMN CMNW TST TSTW",
          .flag_readers = "CSEL CSET CSINC CSINV CSNEG ADC SBC",
          .calls = "BL CALL",
          .jumps = "B JMP",
          .returns = "RET",
          .traps = "BRK UNDEF",
          .branches = "CBZ CBZW CBNZ CBNZW TBZ TBNZ",
          .flag_branches = "BEQ BNE BCC BCS BHS BLO BHI BLS BGE BGT BLE BLT BMI BPL BVC BVS",
          .suffixes = "W P",
          .syscall = "SVC",
          .syscall_reads = "R8 R0 R1 R2 R3 R4 R5",
          .syscall_writes = "R0",
          .results = "R0 R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15",
          .float_results = "F0 F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F14 F15"};
}

PlainTable Arm() {
  return {.goarchs = {"arm"},
          .registers = "R0..R15 g=R10 LR=R14",
          .mentioned = "F0..F15",
          .stack_pointer = "R13",
          .link = "R14",
          .moves = "MOVW MOVH MOVHU MOVB MOVBU MOVM",
          .plain = "ADD SUB RSB MUL MULLU AND ORR EOR BIC NOP WORD",
          .compare = "CMP CMN TST TEQ",
          .flag_readers = "ADC SBC RSC",
          .calls = "BL CALL",
          .jumps = "B JMP",
          .returns = "RET",
          .traps = "UNDEF BKPT",
          .flag_branches = "BEQ BNE BCS BHS BCC BLO BMI BPL BVS BVC BHI BLS BGE BLT BGT BLE",
          .conditions = "EQ NE CS HS CC LO MI PL VS VC HI LS GE LT GT LE",
          .suffixes = "S W P U IA IB DA DB WP IAW",
          .syscall = "SWI",
          .syscall_reads = "R7 R0 R1 R2 R3 R4 R5",
          .syscall_writes = "R0"};
}

PlainTable Riscv64() {
  return {.goarchs = {"riscv64"},
          .registers =
              "X0..X31 ZERO=X0 RA=X1 GP=X3 TP=X4 T0=X5 T1=X6 T2=X7 S0=X8 S1=X9 A0 A1 A2 A3 A4 A5 A6 A7 X10=A0 X11=A1 "
              "X12=A2 X13=A3 X14=A4 X15=A5 X16=A6 X17=A7 S2=X18 S3=X19 S4=X20 S5=X21 S6=X22 S7=X23 S8=X24 S9=X25 "
              "S10=X26 S11=X27 T3=X28 T4=X29 T5=X30 T6=X31 g=X27 CTXT=X26 TMP=X31",
          .mentioned =
              "F0..F31 V0..V31 FT0=F0 FT1=F1 FT2=F2 FT3=F3 FT4=F4 FT5=F5 FT6=F6 FT7=F7 FS0=F8 FS1=F9 FA0=F10 FA1=F11 "
              "FA2=F12 FA3=F13 FA4=F14 FA5=F15 FA6=F16 FA7=F17 FS2=F18 FS3=F19 FS4=F20 FS5=F21 FS6=F22 FS7=F23 "
              "FS8=F24 FS9=F25 FS10=F26 FS11=F27 FT8=F28 FT9=F29 FT10=F30 FT11=F31",
          .stack_pointer = "X2",
          .link = "X1",
          .moves = "MOV MOVW MOVWU MOVH MOVHU MOVB MOVBU",
          .plain = "ADD ADDI SUB MUL DIV DIVU REM REMU AND ANDI OR XOR SLL SRL SRA NEG NOP FENCE WORD",
          .calls = "CALL JALR JAL",
          .jumps = "JMP",
          .returns = "RET",
          .traps = "EBREAK UNDEF",
          .branches = "BEQ BNE BLT BGE BLTU BGEU BEQZ BNEZ BLEZ BGEZ BLTZ BGTZ BGT BGTU BLE BLEU",
          .syscall = "ECALL",
          .syscall_reads = "A7 A0 A1 A2 A3 A4 A5",
          .syscall_writes = "A0",
          .results = "A0 A1 A2 A3 A4 A5 A6 A7 X8 X9 X18 X19 X20 X21 X22 X23",
          .float_results = "F10 F11 F12 F13 F14 F15 F16 F17 F8 F9 F18 F19 F20 F21 F22 F23"};
}

PlainTable Loong64() {
  return {.goarchs = {"loong64"},
          .registers = "R0..R31 g=R22",
          .mentioned = "F0..F31 V0..V31 X0..X31 FCC0..FCC7",
          .stack_pointer = "R3",
          .link = "R1",
          .moves = "MOVV MOVW MOVWU MOVH MOVHU MOVB MOVBU",
          .plain =
              "ADDV ADDVU ADD ADDU SUBV SUBVU SUB SUBU MULV MULVU DIVV DIVVU REMV REMVU AND OR XOR NOR SLLV SRLV SRAV NOOP "
              "DBAR WORD",
          .calls = "JAL CALL BL",
          .jumps = "JMP",
          .returns = "RET",
          .traps = "BREAK UNDEF",
          .branches = "BEQ BNE BLT BGE BLTU BGEU BLTZ BGEZ BGTZ BLEZ",
          .syscall = "SYSCALL",
          .syscall_reads = "R11 R4 R5 R6 R7 R8 R9",
          .syscall_writes = "R4 R12 R13 R14 R15 R16 R17 R18 R19 R20",
          .results = "R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15 R16 R17 R18 R19",
          .float_results = "F0 F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F14 F15"};
}

PlainTable S390x() {
  return {.goarchs = {"s390x"},
          .registers = "R0..R15 g=R13 LR=R14",
          .mentioned = "F0..F15 V0..V31",
          .stack_pointer = "R15",
          .link = "R14",
          .moves = "MOVD MOVW MOVWZ MOVH MOVHZ MOVB MOVBZ LA LAY",
          .plain = "ADD SUB MULLD MULLW DIVD DIVW NEG AND OR XOR SLD SRD SRAD SYNC NOP WORD",
          .loads = "LMG",
          .compare = "CMP CMPU CMPW CMPWU",
          .flag_readers = "MOVDEQ MOVDNE MOVDLT MOVDGT MOVDLE MOVDGE ADDE SUBE",
          .calls = "BL CALL",
          .jumps = "BR JMP",
          .returns = "RET",
          .traps = "UNDEF BRRK",
          .branches = "CMPBEQ CMPBNE CMPBLT CMPBGT CMPBLE CMPBGE CMPUBEQ CMPUBNE CMPUBLT CMPUBGT CMPUBLE CMPUBGE",
          .flag_branches = "BEQ BNE BLT BGT BLE BGE BVS BVC BLTU BLEU",
          .syscall = "SYSCALL",
          .syscall_reads = "R1 R2 R3 R4 R5 R6 R7",
          .syscall_writes = "R2",
          .results = "R2 R3 R4 R5 R6 R7 R8 R9",
          .float_results = "F0 F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F14 F15"};
}

PlainTable Ppc64() {
  return {
      .goarchs = {"ppc64", "ppc64le"},
      .registers = "R0..R31 g=R30 LR CTR XER CR0SO CR=flags CR0..CR7 CR0LT=flags CR0GT=flags CR0EQ=flags",
      .mentioned = "F0..F31 V0..V31 VS0..VS63",
      .stack_pointer = "R1",
      .link = "LR",
      .moves = "MOVD MOVW MOVWZ MOVH MOVHZ MOVB MOVBZ MOVDU ADDIS",
      .plain =
          "ADD SUB MULLD MULLW MULHDU DIVD DIVDU NEG AND OR ORIS XOR SRD SLD SRAD RLDICR RLDICL ISEL SYNC LWSYNC ISYNC NOP "
          "WORD",
      .compare = "CMP CMPU CMPW CMPWU",
      .calls = "BL CALL",
      .jumps = "BR JMP",
      .returns = "RET",
      .traps = "UNDEF",
      .branches = "BVC BVS",
      .flag_branches = "BEQ BNE BLT BGT BLE BGE BC",
      .also_reads = "BVC=CR0SO BVS=CR0SO",
      .syscall = "SYSCALL",
      .syscall_reads = "R3 R4 R5 R6 R7 R8",
      .syscall_writes = "R0 R3 CR0SO",
      .results = "R3 R4 R5 R6 R7 R8 R9 R10 R14 R15 R16 R17",
      .float_results = "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12"};
}

PlainTable Mips(bool wide) {
  PlainTable table = {
      .registers = "R0..R31 g=R30 RSB=R28",
      .mentioned = "F0..F31 W0..W31 FCR0..FCR31 HI LO",  // no call passes anything in HI and LO either
      .stack_pointer = "R29",
      .link = "R31",
      .moves = "MOVW MOVWU MOVV MOVH MOVHU MOVB MOVBU",
      .plain =
          "ADD ADDU ADDV ADDVU SUB SUBU SUBV SUBVU AND OR XOR NOR SLL SRL SRA SLLV SRLV SRAV SGT SGTU NOP NOOP SYNC WORD "
          "MUL "
          "MULU MULV MULVU DIV DIVU DIVV DIVVU",
      .also_writes =
          "MUL=HI MUL=LO MULU=HI MULU=LO MULV=HI MULV=LO MULVU=HI MULVU=LO DIV=HI DIV=LO DIVU=HI DIVU=LO DIVV=HI "
          "DIVV=LO DIVVU=HI DIVVU=LO",
      .calls = "JAL CALL",
      .jumps = "JMP",
      .returns = "RET",
      .traps = "BREAK UNDEF",
      .branches = "BEQ BNE BGTZ BLEZ BLTZ BGEZ",
      .syscall = "SYSCALL",
  };
  table.goarchs =
      wide ? std::vector<std::string_view>{"mips64", "mips64le"} : std::vector<std::string_view>{"mips", "mipsle"};
  table.syscall_reads = wide ? "R2 R4 R5 R6 R7 R8 R9" : "R2 R4 R5 R6 R7";
  table.syscall_writes = "R2 R3 R7";
  return table;
}

}  // namespace

const std::vector<PlainTable>& PlainTables() {
  static const std::vector<PlainTable> tables = {Arm64(), Arm(),   Riscv64(),   Loong64(),
                                                 S390x(), Ppc64(), Mips(false), Mips(true)};
  return tables;
}

}  // namespace libcify
