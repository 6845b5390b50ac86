// One construct per declaration; src/headers/clang_unit_test.cc holds what libcify must see.
#ifdef __cplusplus
extern "C" {
#endif

typedef unsigned long size_word;
enum colour { kRed, kGreen = 7 };
typedef struct {
  int x;
} nameless_t;

struct inner {
  short a;
  union {
    int number;
    void* pointer;
  };
};
struct outer {
  char text[14];
  struct inner pair[2];
  struct {
    long long wide;
  } named;
  void (*handler)(int);
  unsigned low : 3;
  unsigned : 4;
  signed high : 5;
  double grid[2][3];
  char rest[];
};
union both {
  int i;
  unsigned char bytes[8];
};
struct incomplete;
// clang-format off: the columns are the point
int widths(signed char c, unsigned char uc, short s, unsigned short us, int i, unsigned u, long l, unsigned long ul,
           long long ll, unsigned long long ull);
void nothing(void);
int open_like(const char* __restrict __path, int __flags, ...);
int labelled(int fd) __asm__("__labelled50");
int relabelled(int fd);
int relabelled(int fd) __asm__("__relabelled64");
int (*chooser(int which))(const char*);
void takes_function(void (*handler)(int, void*), const char* const* argv);
int takes_array(int pair[2], nameless_t* nameless);
int takes_records(struct outer* record, const union both* other, struct incomplete* opaque);
double takes_float(float f, enum colour paint);
struct inner by_value(struct inner value);
size_word unnamed_parameter(size_word, int);
// clang-format on
static inline int only_here(void) { return 1; }

#ifdef __cplusplus
}
int overloaded(int);
long overloaded(long);
#endif
