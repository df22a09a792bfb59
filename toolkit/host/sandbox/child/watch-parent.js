// A parent that was killed cannot end its child. A child that waits for a request sees the channel close; one that is
// busy looks around now and then, and one that never yields runs into the kernel's limit on processor time.
import { exitNow } from './exit-now.js';

const everyMs = 997;

export function endWithParent() {
  const { ppid } = process;
  const real = process;
  setInterval(() => real.ppid === ppid || exitNow(1), everyMs).unref();
}
