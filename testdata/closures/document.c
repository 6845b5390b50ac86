// Calls the document's closure (document.ll): exits 0 where the context arrives, otherwise 1 or by a signal.
long outer_1(long y) __asm__("outer$1");
long call_closure(long (*function)(long), void* context, long argument);

int main(void) {
  long captured = 40;
  long* volatile context = &captured;
  return call_closure(&outer_1, context, 2) != 42;
}
