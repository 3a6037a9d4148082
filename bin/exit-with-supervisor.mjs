// Preloaded into every process that `npm start` supervises. Its stdin is a pipe that nothing is ever written to: it ends when the
// supervisor is gone, killed -9 included, and then this process must not stay behind with the port.
import { isMainThread } from "node:worker_threads";

// Worker threads and forked children inherit `--import`; only the process the supervisor itself started has its pipe.
if (isMainThread && process.env.CASEBENCH_SUPERVISOR === String(process.ppid)) {
  process.stdin.on("error", leave).on("end", leave).resume();
  // @ts-expect-error stdin is a socket here, a pipe made by the supervisor
  process.stdin.unref();
}

function leave() {
  setTimeout(() => process.exit(1), 5000).unref();
  process.kill(process.pid, "SIGTERM");
}
