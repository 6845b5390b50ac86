#include "cli/subprocess.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

extern char** environ;

namespace libcify {
namespace {

Error ProgramError(const std::string& program, int number) {
  return {.what = "cannot run " + program + ": " + std::strerror(number), .cls = ErrorClass::kEnvironment};
}

std::vector<char*> Pointers(const std::vector<std::string>& words) {
  std::vector<char*> out;
  for (const std::string& word : words) out.push_back(const_cast<char*>(word.c_str()));
  out.push_back(nullptr);
  return out;
}

// Reads both pipes to their ends together, so that a child that fills one does not wait for us at the other.
void ReadBoth(int out, int err, Captured& captured) {
  pollfd fds[2] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
  std::string* texts[2] = {&captured.out, &captured.err};
  while (fds[0].fd >= 0 || fds[1].fd >= 0) {
    if (poll(fds, 2, -1) < 0 && errno != EINTR) return;
    for (int i = 0; i < 2; ++i) {
      if (fds[i].fd < 0 || fds[i].revents == 0) continue;
      char buffer[16384];
      const ssize_t got = read(fds[i].fd, buffer, sizeof buffer);
      if (got > 0) texts[i]->append(buffer, static_cast<std::size_t>(got));
      if (got == 0 || (got < 0 && errno != EINTR)) fds[i].fd = -1;
    }
  }
}

}  // namespace

Result<Captured> Capture(const std::vector<std::string>& argv) {
  int out[2], err[2];
  if (pipe2(out, O_CLOEXEC) != 0) return Fail(ProgramError(argv[0], errno));
  if (pipe2(err, O_CLOEXEC) != 0) {
    const int number = errno;
    close(out[0]), close(out[1]);
    return Fail(ProgramError(argv[0], number));
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
  pid_t pid = 0;
  const int number = posix_spawnp(&pid, argv[0].c_str(), &actions, nullptr, Pointers(argv).data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(out[1]), close(err[1]);
  Captured captured;
  if (number == 0) ReadBoth(out[0], err[0], captured);
  close(out[0]), close(err[0]);
  if (number != 0) return Fail(ProgramError(argv[0], number));
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  captured.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return captured;
}

std::optional<std::filesystem::path> FindProgram(const std::string& name) {
  const auto runs = [](const std::filesystem::path& path) {
    std::error_code code;
    return access(path.c_str(), X_OK) == 0 && !std::filesystem::is_directory(path, code);
  };
  if (name.find('/') != std::string::npos) return runs(name) ? std::optional(name) : std::nullopt;
  const char* path = std::getenv("PATH");
  const std::string folders = path == nullptr ? "/usr/bin:/bin" : path;
  for (std::size_t begin = 0; begin <= folders.size();) {
    const std::size_t end = std::min(folders.find(':', begin), folders.size());
    const std::filesystem::path found = std::filesystem::path(folders.substr(begin, end - begin)) / name;
    if (end > begin && runs(found)) return found;
    begin = end + 1;
  }
  return std::nullopt;
}

Result<void> Become(const std::filesystem::path& program, const std::vector<std::string>& argv,
                    const std::vector<std::string>& set) {
  for (const std::string& pair : set) {
    const std::size_t equal = pair.find('=');
    setenv(pair.substr(0, equal).c_str(), pair.substr(equal + 1).c_str(), 1);
  }
  signal(SIGXFSZ, SIG_DFL);  // Main ignores it; the program shall find it as it was
  execv(program.c_str(), Pointers(argv).data());
  return Fail(ProgramError(program.string(), errno));
}

}  // namespace libcify
