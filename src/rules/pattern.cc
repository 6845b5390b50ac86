// Pattern: the one place that uses RE2. In: a regular expression and the place where it stands. Out: a compiled one, or an
// error that names the offset of the mistake. RE2 matches in linear time, so that a rule cannot hang a run.
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>

#include "rules/rules.h"

namespace libcify {

struct Pattern::Impl {
  explicit Impl(const std::string& text) : regex(text, RE2::Quiet) {
    for (const auto& [number, name] : regex.CapturingGroupNames()) groups.emplace_back(number, name);
    for (const auto& group : groups) highest = std::max(highest, group.first);
  }
  RE2 regex;
  std::vector<std::pair<int, std::string>> groups;  // named ones, by number
  int highest = 0;                                  // of the named groups
};

Pattern::Pattern(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::Compile(const Span& where, const std::string& text) {
  auto impl = std::make_unique<Impl>(text);
  if (impl->regex.ok()) return Pattern(std::move(impl));
  // RE2 says which part is wrong, not where it stands; the first such part is the one it stumbled over.
  const std::string& part = impl->regex.error_arg();
  const std::size_t offset = text.find(part);
  return Fail({.where = where,
               .what = "bad regular expression at offset " + std::to_string(offset == std::string::npos ? 0 : offset) +
                       ": " + impl->regex.error()});
}

Result<void> Pattern::Check(const Span& where, const std::string& text) {
  RE2::Set parsed(RE2::Quiet, RE2::UNANCHORED);  // compiles nothing before it is told to
  std::string error;
  if (parsed.Add(text, &error) >= 0) return {};
  Result<Pattern> compiled = Compile(where, text);
  return compiled ? Result<void>() : Fail(std::move(compiled.error()));
}

bool Pattern::Search(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), impl_->regex);
}

bool Pattern::FullMatch(std::string_view text) const {
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), impl_->regex);
}

std::string Pattern::Rewrite(std::string_view text, const std::string& to) const {
  std::string out(text);
  RE2::Replace(&out, impl_->regex, to);
  return out;
}

std::vector<std::string> Pattern::GroupNames() const {
  std::vector<std::string> out;
  for (const auto& group : impl_->groups) out.push_back(group.second);
  return out;
}

std::optional<std::string> Pattern::CheckRewrite(const std::string& to) const {
  std::string error;
  if (impl_->regex.CheckRewriteString(to, &error)) return std::nullopt;
  return error;
}

std::vector<Pattern::Match> Pattern::FindAll(std::string_view text) const {
  std::vector<Match> out;
  const re2::StringPiece whole(text.data(), text.size());
  std::vector<re2::StringPiece> parts(static_cast<std::size_t>(impl_->highest) + 1);
  std::size_t from = 0;
  while (from <= text.size() &&
         impl_->regex.Match(whole, from, text.size(), RE2::UNANCHORED, parts.data(), static_cast<int>(parts.size()))) {
    const auto range = [&](const re2::StringPiece& part) {
      const auto begin = static_cast<std::size_t>(part.data() - text.data());
      return Range{begin, begin + part.size()};
    };
    Match match{range(parts[0]), {}};
    for (const auto& [number, name] : impl_->groups) {
      const re2::StringPiece& part = parts[static_cast<std::size_t>(number)];
      if (part.data() != nullptr) match.groups.emplace_back(name, range(part));
    }
    from = match.all.size() == 0 ? match.all.end + 1 : match.all.end;  // an empty match must not stand still
    out.push_back(std::move(match));
  }
  return out;
}

}  // namespace libcify
