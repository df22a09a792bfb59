/** What promtool says of one file of tests. */
export interface FileVerdict {
  readonly file: string;
  readonly passed: boolean;
  /** Messages by the name of the test; what belongs to none is under the empty name. */
  readonly failures: ReadonlyMap<string, string>;
}

/**
 * Reads what `promtool test rules` of 2.42 prints: on stdout each file and whether it went well, on stderr a block of
 * messages for each file that did not, in the same order.
 */
export function readPromtoolResult(stdout: string, stderr: string): readonly FileVerdict[] {
  const files = stdout
    .split(/^Unit Testing: {2}/m)
    .slice(1)
    .map((text) => {
      const [name = '', ...rest] = text.split('\n');
      return { file: name.trim(), passed: rest.some((line) => line.trim() === 'SUCCESS') };
    });
  const blocks = stderr.split(/^ {2}FAILED:\n/m).slice(1);
  let next = 0;
  return files.map(({ file, passed }) => {
    const failures = passed ? new Map<string, string>() : readBlock(blocks[next++] ?? '');
    return { file, passed, failures };
  });
}

function readBlock(block: string): ReadonlyMap<string, string> {
  const failures = new Map<string, string>();
  for (const message of block.split(/^(?= {4}(?:name: |rule: ))/m)) {
    const [, name = '', rest = message] = /^ {4}name: (.*),\n([\s\S]*)$/.exec(message) ?? [];
    const text = rest.trim();
    if (text === '') continue;
    failures.set(name, failures.has(name) ? `${failures.get(name)}\n${text}` : text);
  }
  return failures;
}
