# For gdb (scripts/test/bridge_signals): delivers each signal at each instruction between the entry of the bridge and the
# return to the site, libc's function included. In: the program testdata/programs/bridgesteps with its argument. Out: lines
# "instructions N" and "delivered N SIGNAL"; the program itself checks results and stack.
import gdb

SIGNALS = ("SIGPROF", "SIGURG", "SIGUSR1")

for setting in ("pagination off", "confirm off", "debuginfod enabled off", "print thread-events off"):
    gdb.execute("set " + setting)
for signal in SIGNALS + ("SIGCHLD", "SIGPIPE"):
    gdb.execute(f"handle {signal} nostop noprint pass")


def quiet(command):
    return gdb.execute(command, to_string=True)


def register(name):
    return int(gdb.parse_and_eval("$" + name).cast(gdb.lookup_type("uintptr")))


gdb.execute("break main.target")
gdb.execute("run")
gdb.execute("set scheduler-locking step")
enter = gdb.Breakpoint("runtime.libcify_enter")
enter.enabled = False


def to_enter():
    """From main.target to the first instruction of the bridge, on the same thread."""
    enter.thread = gdb.selected_thread().num
    enter.enabled = True
    quiet("continue")
    enter.enabled = False


to_enter()
word = gdb.lookup_type("uintptr").pointer()
site = int(gdb.Value(register("rsp")).cast(word).dereference())
count = 0
for signal in SIGNALS:  # the profile's timer and the scheduler send them too: their handlers are no part of the call
    gdb.execute(f"handle {signal} nopass", to_string=True)
while register("pc") != site and count < 1000:
    quiet("stepi")
    count += 1
print("instructions", count, flush=True)
for signal in SIGNALS:
    gdb.execute(f"handle {signal} pass", to_string=True)
quiet("continue")
for signal in SIGNALS:
    for at in range(count + 1):
        to_enter()
        if at:
            quiet(f"stepi {at}")
        quiet("queue-signal " + signal)
        quiet("continue")
    print("delivered", count + 1, signal, flush=True)
gdb.execute("delete")
gdb.execute("set var main.last = 1")
gdb.execute("continue")
