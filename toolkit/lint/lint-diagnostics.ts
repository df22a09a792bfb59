import {
  type Diagnostic,
  type DiagnosticDefinition,
  defineDiagnostics,
  type Occurrence,
} from '../diagnostics/index.ts';
import { checks } from './registry.ts';
import type { WaiverFault } from './waivers.ts';

/** The checks as diagnostics: `lint/<code>`. */
const checkDiagnostics = defineDiagnostics('lint', definitionsOfChecks());

function definitionsOfChecks(): Readonly<Record<string, DiagnosticDefinition<string>>> {
  return Object.fromEntries(
    checks.map(({ code, severity, summary, hint }) => [
      code,
      { severity, summary, detail: (text: string) => text, hint },
    ]),
  );
}

export const lintDiagnostics = {
  ...checkDiagnostics,
  create: (code: string, text: string, occurrence: Occurrence): Diagnostic =>
    checkDiagnostics.create(code, text, occurrence),
};

interface WaiverFacts {
  readonly codes: string;
}

/** What is wrong with the comments that let findings pass. */
export const waiverDiagnostics = defineDiagnostics('lint-waiver', {
  'no-codes': {
    severity: 'error',
    summary: 'Lint waiver that names no check',
    detail: () => 'The comment has no `disable=<code>`, so it lets nothing pass.',
    hint: 'Name the checks: `# opsctl-lint: disable=for-missing until=2027-03-31 reason=...`.',
  },
  'unknown-code': {
    severity: 'error',
    summary: 'Lint waiver for an unknown check',
    detail: ({ codes }: WaiverFacts) => `No check is called ${codes}, so the comment lets nothing pass.`,
    hint: 'Take the code from the finding; docs/reference/lint.md lists all of them.',
  },
  'no-reason': {
    severity: 'error',
    summary: 'Lint waiver without a reason',
    detail: ({ codes }: WaiverFacts) => `The comment about ${codes} does not say why, so it lets nothing pass.`,
    hint: 'End it with `reason=` and a sentence.',
  },
  'no-end': {
    severity: 'error',
    summary: 'Lint waiver without an end',
    detail: ({ codes }: WaiverFacts) => `The comment about ${codes} names no last day, so it lets nothing pass.`,
    hint: 'Add `until=` and a day such as 2027-03-31.',
  },
  expired: {
    severity: 'error',
    summary: 'Lint waiver that has ended',
    detail: ({ codes, until }: WaiverFacts & { until: string }) =>
      `The comment let ${codes} pass until ${until}, and no longer.`,
    hint: 'Mend what it let pass, or have it renewed with a new last day.',
  },
  unused: {
    severity: 'notice',
    summary: 'Lint waiver that lets nothing pass',
    detail: ({ codes }: WaiverFacts) => `Nothing here is found by ${codes}.`,
    hint: 'Delete the comment.',
  },
  'pint-comment': {
    severity: 'notice',
    summary: 'Comments for pint are not obeyed',
    detail: ({ count }: { count: string }) => `The file has ${count} for pint, the first one here.`,
    hint: 'Where a finding is to pass here too, say so with `# opsctl-lint: disable=... until=... reason=...`.',
  },
});

waiverDiagnostics.definitions satisfies Readonly<Record<WaiverFault, unknown>>;
