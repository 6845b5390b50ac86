// Pairs the places of a call in two trees and says how they differ. Private to the room.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "upgrade/compare.h"

namespace libcify {

using Report = std::function<void(Change, const Place&)>;

// All places have the call's name ("": a number that is not constant). What pairs with nothing is an added or a removed one.
// `goarch` is written $GOARCH in the names of files, so that ports that share a change say the same.
void ComparePlaces(const std::string& call, std::vector<const Place*> before, std::vector<const Place*> after,
                   const std::string& goarch, const Report& report);

}  // namespace libcify
