/** The command line itself is wrong: exit code 64, with one sentence that says how it would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
