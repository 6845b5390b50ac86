; The register approach in the words of LLGo's closure-context document (issue 1497, scenario 1): one statement writes the context
; register, a call follows, and the callee's first statement reads the register. Nothing tells LLVM that they belong together.
; document.c calls it; scripts/test/closures looks at what comes out.
define i64 @"outer$1"(i64 %y) {
  %ctx = call ptr asm "", "={r12}"()
  %x = load i64, ptr %ctx
  %result = add i64 %x, %y
  ret i64 %result
}

define i64 @call_closure(ptr %fn, ptr %ctx, i64 %arg) {
  call void asm "", "{r12}"(ptr %ctx)
  %result = call i64 %fn(i64 %arg)
  ret i64 %result
}
