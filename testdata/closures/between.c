// A C function that knows nothing of closures: it calls what it is given, through registers and memory that it needs itself.
long c_between(long (*function)(long), long rounds) {
  long sum = 0;
  for (long i = 1; i <= rounds; i++) sum += function(i) ^ (sum & 1);
  return sum;
}
