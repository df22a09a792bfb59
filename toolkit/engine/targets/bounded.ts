/** Thrown when an operation did not end in time. It may still end later, so its outcome is not known. */
export class TimeoutError extends Error {
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    super(`There was no answer within ${timeoutMs / 1000} s.`);
    this.name = 'TimeoutError';
    this.timeoutMs = timeoutMs;
  }
}

/** The result of an operation, or a TimeoutError when it takes longer; what it says after that is dropped. */
export async function bounded<Result>(operation: () => Promise<Result>, timeoutMs: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(timeoutMs)), timeoutMs);
  });
  try {
    return await Promise.race([operation(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
