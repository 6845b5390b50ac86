#include "base/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>

namespace libcify {
namespace {

namespace fs = std::filesystem;

class FileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "libcify-file-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  // Everything below `at`: path -> text.
  [[nodiscard]] static std::map<std::string, std::string> Read(const fs::path& at) {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(at)) {
      if (entry.is_regular_file()) found[fs::relative(entry.path(), at).string()] = ReadFile(entry.path()).value();
    }
    return found;
  }
  [[nodiscard]] std::string ErrorsOf(const Result<void>& result) const {
    std::string text = result ? "" : Format(result.error());
    for (std::size_t at = 0; (at = text.find(folder_.string(), at)) != std::string::npos;) {
      text.replace(at, folder_.string().size(), "DIR");
    }
    return text;
  }
  using Files = std::map<std::string, std::string>;

  fs::path folder_;
};

TEST_F(FileTest, WritesAndReads) {
  const std::string text("a\0b\n", 4);
  ASSERT_EQ(ErrorsOf(WriteFileAtomically(folder_ / "x", "old")), "");
  ASSERT_EQ(ErrorsOf(WriteFileAtomically(folder_ / "x", text)), "");
  EXPECT_EQ(Read(folder_), (Files{{"x", text}}));
  EXPECT_NE(ReadFile("/proc/self/status").value(), "");  // its size is 0
  EXPECT_EQ(Format(ReadFile("/nowhere/x").error()), "/nowhere/x: error: cannot read: No such file or directory\n");
  EXPECT_EQ(Format(ReadFile("/").error()), "/: error: cannot read: not a regular file\n");
  EXPECT_EQ(ReadFile("/").error()[0].cls, ErrorClass::kEnvironment);
}

TEST_F(FileTest, WriteFailsCleanly) {
  EXPECT_EQ(ErrorsOf(WriteFileAtomically(folder_ / "no/x", "")),
            "DIR/no/x: error: cannot write the file: No such file or directory\n");
  fs::create_directory(folder_ / "dir");
  EXPECT_EQ(ErrorsOf(WriteFileAtomically(folder_ / "dir", "x")), "DIR/dir: error: cannot write the file: Is a directory\n");
  EXPECT_EQ(Read(folder_), Files{});
}

TEST_F(FileTest, FingerprintIsFnv1a) {
  EXPECT_EQ(Fingerprint(""), "cbf29ce484222325");        // RFC 9923, appendix
  EXPECT_EQ(Fingerprint("foobar"), "85944171f73967e8");  // the same
}

TEST_F(FileTest, ReplacesTreesInOneStep) {
  const fs::path out = folder_ / "a/out";
  ASSERT_EQ(ErrorsOf(ReplaceTree(out, {{"m", "1"}, {"src/x/y", "same"}, {"gone", ""}}, "m")), "");
  EXPECT_EQ(Read(folder_), (Files{{"a/out/m", "1"}, {"a/out/src/x/y", "same"}, {"a/out/gone", ""}}));
  const timespec old_times[2] = {{1000, 0}, {1000, 0}};
  ASSERT_EQ(utimensat(AT_FDCWD, (out / "src/x/y").c_str(), old_times, 0), 0);
  ASSERT_EQ(ErrorsOf(ReplaceTree(out.string() + "/", {{"m", "2"}, {"src/x/y", "same"}, {"src/z", "new"}}, "m")), "");
  EXPECT_EQ(Read(folder_), (Files{{"a/out/m", "2"}, {"a/out/src/x/y", "same"}, {"a/out/src/z", "new"}}));
  struct stat status = {};
  ASSERT_EQ(stat((out / "src/x/y").c_str(), &status), 0);
  EXPECT_EQ(status.st_mtime, 1000);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "a"), {}), 1);  // no sibling remains
}

TEST_F(FileTest, ReplacesThroughLinksAndInPlaceOfEmptyFolders) {
  fs::create_directory(folder_ / "real");
  fs::create_directory_symlink("real", folder_ / "link");
  ASSERT_EQ(ErrorsOf(ReplaceTree(folder_ / "link", {{"m", "1"}}, "m")), "");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(Read(folder_ / "real"), (Files{{"m", "1"}}));
}

TEST_F(FileTest, RefusesWhatIsNotItsOwn) {
  ASSERT_EQ(ErrorsOf(WriteFileAtomically(folder_ / "thesis", "x")), "");
  EXPECT_EQ(ErrorsOf(ReplaceTree(folder_, {{"m", ""}}, "m")),
            "DIR: error: holds files that are not an earlier output (it has no m); name another folder, or remove it "
            "yourself\n");
  EXPECT_EQ(ErrorsOf(ReplaceTree(folder_ / "thesis", {{"m", ""}}, "m")),
            "DIR/thesis: error: is not a folder; name another folder, or remove it yourself\n");
  EXPECT_EQ(ErrorsOf(ReplaceTree("/", {{"m", ""}}, "m")), "/: error: cannot be an output folder\n");
  EXPECT_EQ(Read(folder_), (Files{{"thesis", "x"}}));
}

TEST_F(FileTest, RefusesPathsThatLeave) {
  std::string errors;
  for (const char* path : {"../x", "/x", "a/../../x", "a//b", "./a", "a/", ""}) {
    EXPECT_EQ(ErrorsOf(ReplaceTree(folder_ / "o", {{"m", ""}, {path, ""}}, "m")),
              "DIR/o: error: output path \"" + std::string(path) + "\" leaves the folder\n");
  }
  EXPECT_EQ(ErrorsOf(ReplaceTree(folder_ / "o", {{"a", ""}, {"a", ""}}, "m")),
            "DIR/o: error: output path \"a\" is given twice\nDIR/o: error: the output lacks its marker m\n");
  EXPECT_FALSE(fs::exists(folder_ / "o"));
}

// In a child, because a limit on file sizes is for a whole process: it stands for a full disk (EFBIG for ENOSPC).
TEST_F(FileTest, FullDiskLeavesTheOldOutput) {
  const fs::path out = folder_ / "out";
  ASSERT_EQ(ErrorsOf(ReplaceTree(out, {{"m", "old"}}, "m")), "");
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {4096, 4096};
    setrlimit(RLIMIT_FSIZE, &limit);
    const std::string text = ErrorsOf(ReplaceTree(out, {{"m", "new"}, {"b", std::string(10000, 'x')}}, "m"));
    _exit(text == "DIR/out/b: error: cannot write the file: File too large\n" ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(Read(folder_), (Files{{"out/m", "old"}}));
}

// In a child that is nobody, because root may write everywhere.
TEST_F(FileTest, UnwritableFolder) {
  ASSERT_EQ(chmod(folder_.c_str(), 0555), 0);
  const pid_t child = fork();
  if (child == 0) {
    if (geteuid() == 0 && setuid(65534) != 0) _exit(2);
    const std::string text = ErrorsOf(ReplaceTree(folder_ / "out", {{"m", ""}}, "m"));
    _exit(text == "DIR/out: error: cannot create a folder beside it: Permission denied\n" ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  ASSERT_EQ(chmod(folder_.c_str(), 0755), 0);
}

// Children that write without end are killed at odd moments: what is there is always whole, and the next run clears up.
TEST_F(FileTest, KilledRunLeavesOldOrNew) {
  const fs::path out = folder_ / "out";
  const auto files = [](char letter) {
    std::vector<TreeEntry> entries = {{"m", std::string(1, letter)}};
    for (int i = 0; i < 40; ++i) entries.push_back({"d" + std::to_string(i % 4) + "/f" + std::to_string(i), {letter}});
    return entries;
  };
  ASSERT_EQ(ErrorsOf(ReplaceTree(out, files('a'), "m")), "");
  for (int round = 0; round < 20; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      for (char letter = 'a';; letter = letter == 'z' ? 'a' : static_cast<char>(letter + 1)) {
        if (!ReplaceTree(out, files(letter), "m")) _exit(1);
      }
    }
    usleep(static_cast<useconds_t>(3000 + round * 517));
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    const Files found = Read(out);
    ASSERT_EQ(found.size(), 41U);
    for (const auto& [path, text] : found) EXPECT_EQ(text, found.at("m")) << path;
  }
  ASSERT_EQ(ErrorsOf(ReplaceTree(out, files('z'), "m")), "");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

}  // namespace
}  // namespace libcify
