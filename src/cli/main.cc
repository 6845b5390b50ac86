#include "cli/cli.h"

int main(int argc, char** argv) { return libcify::Main(argc, argv); }
