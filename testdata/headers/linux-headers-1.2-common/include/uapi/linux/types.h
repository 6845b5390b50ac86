typedef signed long long __s64;
