import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { currentDialect } from '../languages/promql/index.ts';
import type { Check } from './check.ts';
import { type LintRequest, lint } from './lint.ts';
import { readForeign } from './read/read-foreign.ts';
import { readExample } from './read-example.ts';
import { checks } from './registry.ts';

const request: LintRequest = {
  dialect: currentDialect,
  today: '2026-11-21',
  scrapeIntervalMs: null,
  retentionMs: null,
  isWanted: () => true,
  severities: new Map(),
};

function codesOf(example: string): ReadonlySet<string> {
  const { input, diagnostics } = readForeign(readExample(example), '0.34');
  const findings = lint(input, request).map(({ diagnostic }) => diagnostic.code);
  return new Set([...diagnostics.map(({ code }) => code), ...findings]);
}

describe('the list of checks', () => {
  it('is the folder checks/', () => {
    const files = globSync('*.ts', { cwd: join(import.meta.dirname, 'checks') });
    expect(checks.map(({ code }) => code).toSorted()).toEqual(files.map((file) => basename(file, '.ts')).toSorted());
  });

  it('has texts that end as sentences, and summaries that do not', () => {
    const wrong = ({ summary, why, hint }: Check) => summary.endsWith('.') || !why.endsWith('.') || !/[.)]$/.test(hint);
    expect(checks.filter(wrong).map(({ code }) => code)).toEqual([]);
  });
});

describe.each(checks.map((check) => [check.code, check] as const))('%s', (code, { bad, good }) => {
  it('finds its failing example, in which the passing one has nothing else to find', () => {
    const [found, others] = [codesOf(bad), codesOf(good)];
    expect([...found].filter((other) => !others.has(other) || other === `lint/${code}`)).toEqual([`lint/${code}`]);
  });

  it('finds nothing in its passing example', () => {
    expect(codesOf(good)).not.toContain(`lint/${code}`);
  });
});
