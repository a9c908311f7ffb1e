"""Run a command and write, as the last of its standard error, the most memory it held, in KiB."""

import os
import resource
import sys

number = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status = os.waitpid(number, 0)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
sys.stderr.write(f"peak {peak}")
sys.exit(os.waitstatus_to_exitcode(status))
