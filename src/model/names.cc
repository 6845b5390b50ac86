#include "model/binding.h"
#include "model/source.h"

namespace libcify {

const char* Name(How how) {
  switch (how) {
    case How::kDirect:
      return "direct";
    case How::kVariadic:
      return "variadic";
    case How::kAdapted:
      return "adapted";
    case How::kDemultiplexed:
      return "demultiplexed";
    case How::kFallback:
      return "fallback";
    case How::kKept:
      return "kept";
    case How::kImported:
      return "imported";
  }
  return "?";
}

const char* Name(ErrorRule rule) {
  switch (rule) {
    case ErrorRule::kErrno:
      return "errno";
    case ErrorRule::kErrnoPointer:
      return "errno-pointer";
    case ErrorRule::kNever:
      return "never";
    case ErrorRule::kAdapter:
      return "adapter";
    case ErrorRule::kErrnoNull:
      return "errno-null";
    case ErrorRule::kErrnoValue:
      return "errno-value";
    case ErrorRule::kErrnoNonzero:
      return "errno-nonzero";
    case ErrorRule::kReturned:
      return "returned";
    case ErrorRule::kErrnoTold:
      return "errno-told";
    case ErrorRule::kStatus:
      return "status";
  }
  return "?";
}

const char* Name(SeamRole role) {
  switch (role) {
    case SeamRole::kEnter:
      return "enter";
    case SeamRole::kVfork:
      return "vfork";
    case SeamRole::kSigreturn:
      return "sigreturn";
    case SeamRole::kUnreachable:
      return "unreachable";
    case SeamRole::kUnneeded:
      return "unneeded";
    case SeamRole::kErrno:
      return "errno";
  }
  return "?";
}

}  // namespace libcify
