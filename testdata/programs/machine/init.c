// The first process of the machine that scripts/test/machine starts: runs the lines of /commands and turns the power off.
//
// In:  /commands, a line each: LABEL, then NAME=VALUE… (the whole environment), then program and arguments, between tabs.
// Out: on the console "machine: begin", then "machine: LABEL CODE" after each, CODE as a shell has it (128 + signal), and at the end "machine:
// end".
#include <fcntl.h>
#include <net/if.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kFields = 32, kSeconds = 600 };

static void mount_at(const char* type, const char* path) {
  mkdir(path, 0755);
  if (mount(type, path, type, 0, NULL) != 0) perror(path);
}

static void loopback_up(void) {
  struct ifreq request;
  memset(&request, 0, sizeof request);
  strcpy(request.ifr_name, "lo");
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &request) != 0) perror("lo");
  request.ifr_flags |= IFF_UP;
  if (ioctl(fd, SIOCSIFFLAGS, &request) != 0) perror("lo");
  close(fd);
}

static void run(char* line) {
  char *fields[kFields + 1], *environment[kFields + 1];
  int count = 0, variables = 0, status = 0;
  for (char* field = strtok(line, "\t"); field && count < kFields; field = strtok(NULL, "\t")) fields[count++] = field;
  fields[count] = NULL;
  while (1 + variables < count && fields[1 + variables][0] != '/') {
    environment[variables] = fields[1 + variables];
    variables++;
  }
  environment[variables] = NULL;
  char** arguments = fields + 1 + variables;
  pid_t pid = fork();
  if (pid == 0) {
    setpgid(0, 0);
    alarm(kSeconds);  // survives execve
    execve(arguments[0], arguments, environment);
    perror(arguments[0]);
    _exit(127);
  }
  while (waitpid(pid, &status, 0) != pid) {
  }
  kill(-pid, SIGKILL);
  while (waitpid(-1, NULL, WNOHANG) > 0) {
  }
  printf("\nmachine: %s %d\n", fields[0], WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
  fflush(stdout);
}

int main(void) {
  static char line[4096];
  mount_at("devtmpfs", "/dev");
  mount_at("proc", "/proc");
  mount_at("sysfs", "/sys");
  mount_at("tmpfs", "/tmp");
  int console = open("/dev/console", O_RDWR);
  for (int fd = 0; console >= 0 && fd < 3; fd++) dup2(console, fd);
  loopback_up();
  sethostname("machine", 7);
  printf("machine: begin\n");
  fflush(stdout);
  FILE* commands = fopen("/commands", "re");
  if (!commands) perror("/commands");
  while (commands && fgets(line, sizeof line, commands)) {
    line[strcspn(line, "\n")] = 0;
    run(line);
  }
  printf("machine: end\n");
  fflush(stdout);
  sync();
  sleep(1);
  reboot(RB_POWER_OFF);
  for (;;) pause();
}
