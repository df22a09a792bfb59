import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';

/** Names every skipped test at the end, with its reason: a skip nobody sees looks like a pass. */
export default class SkipReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = modules.flatMap((module) => skipsIn(module).map((skip) => `  ${module.relativeModuleId}: ${skip}`));
    if (lines.length > 0) console.log(`\nSkipped:\n${lines.join('\n')}`);
  }
}

/** One line per test, or per suite when all of it is skipped. */
function skipsIn(parent: TestModule | TestSuite): string[] {
  return [...parent.children].flatMap((child) => {
    if (child.type === 'test') return isSkipped(child) ? [`${child.fullName}${noteOf(child)}`] : [];
    const tests = [...child.children.allTests()];
    const isWhole = tests.length > 0 && tests.every((test) => isSkipped(test) && noteOf(test) === '');
    return isWhole ? [`${child.fullName} (${tests.length} tests)`] : skipsIn(child);
  });
}

function isSkipped(test: TestCase): boolean {
  return test.result().state === 'skipped';
}

function noteOf(test: TestCase): string {
  const result = test.result();
  return result.state === 'skipped' && result.note !== undefined ? ` (${result.note})` : '';
}
