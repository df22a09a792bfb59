import type { Diagnostic } from '../../toolkit/diagnostics/index.ts';
import type { Content, Repository } from '../../toolkit/operate/index.ts';

/**
 * Expressions that Prometheus would refuse, and signals that have lost their item: nothing that is derived of them works, so
 * who validates is told, and not only who lints. Parsed by nobody before, because a plan has no time for it.
 */
export async function findRefusedExpressions(
  repository: Repository,
  content: Content,
  today: string,
): Promise<readonly Diagnostic[]> {
  const [{ lintContent }, { currentDialect }] = await Promise.all([
    import('../../toolkit/operate/lint-content.ts'),
    import('../../toolkit/languages/promql/index.ts'),
  ]);
  const { findings } = await lintContent(repository, content, {
    dialect: currentDialect,
    today,
    scrapeIntervalMs: null,
    retentionMs: null,
    withPackage: true,
    // What is too new for a release depends on the Prometheus, which is not asked here.
    isWanted: (code) => code === 'item-lost' || (code.startsWith('promql/') && code !== 'promql/not-in-version'),
    severities: new Map(),
  });
  return findings.map(({ diagnostic }) => diagnostic).filter(({ severity }) => severity === 'error');
}
