// All adapters. Each has the name of the system call that it stands for.
#pragma once

#include "libcify/adapters_file.h"
#include "libcify/adapters_ipc.h"
#include "libcify/adapters_multiplexed.h"
#include "libcify/adapters_poll.h"
#include "libcify/adapters_process.h"
#include "libcify/adapters_signal.h"
#include "libcify/adapters_stat.h"
#include "libcify/adapters_time.h"
#include "libcify/adapters_wide.h"
