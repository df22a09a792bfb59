import * as pulumi from '@pulumi/pulumi';
import { Failure } from '../../diagnostics/index.ts';

/** What ends a program of Pulumi: of a Failure the words of its diagnostic, which Pulumi shows without a stack. */
export function programFailure(error: unknown): unknown {
  if (!(error instanceof Failure)) return error;
  const { code, summary, detail, hint, position } = error.diagnostic;
  const place = position === undefined ? [] : [`  at ${position.file}:${position.line}:${position.column}`];
  return new pulumi.RunError([`${summary} [${code}]`, ...place, `  ${detail}`, `  Fix: ${hint}`].join('\n'));
}
