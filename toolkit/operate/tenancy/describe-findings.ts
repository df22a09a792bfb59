import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Space } from './declared-spaces.ts';
import { tenancyVerifyDiagnostics } from './diagnostics.ts';
import { type Aspect, aspects, type Evidence } from './tenancy-report.ts';

const codes = { read: 'reads', write: 'writes', exhaust: 'exhausts', network: 'reaches' } as const satisfies Record<
  Aspect,
  string
>;

/** One finding for each way in which one tenant is not kept from another, and one for all that nobody could tell. */
export function describeFindings(
  stack: string,
  evidence: readonly Evidence[],
  spaces: readonly Space[],
): readonly Diagnostic[] {
  const broken = evidence.filter(({ verdict }) => verdict === 'broken');
  const byWay = Map.groupBy(broken, ({ aspect, tenant, other }) =>
    JSON.stringify([aspects.indexOf(aspect), tenant, other]),
  );
  return [
    ...[...byWay]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .flatMap(([, own]) => describeWay(stack, own, spaces)),
    ...describeUntried(
      stack,
      evidence.filter(({ verdict }) => verdict === 'untried'),
    ),
  ];
}

function describeWay(stack: string, evidence: readonly Evidence[], spaces: readonly Space[]): readonly Diagnostic[] {
  const [first] = evidence;
  if (first === undefined) return [];
  const { aspect, tenant, other } = first;
  const facts = {
    stack,
    tenant: tenant ?? 'somebody else',
    other: other ?? 'others',
    seen: inWords(evidence),
  };
  const about = other ?? tenant;
  const position = spaces.find((space) => space.tenant === about)?.source;
  const occurrence = {
    subject: `${tenant ?? '*'} -> ${other ?? '*'}`,
    ...(position === undefined ? {} : { position }),
  };
  return [tenancyVerifyDiagnostics.create(codes[aspect], facts, occurrence)];
}

function describeUntried(stack: string, evidence: readonly Evidence[]): readonly Diagnostic[] {
  if (evidence.length === 0) return [];
  const facts = { stack, what: inWords(evidence), count: evidence.length };
  return [tenancyVerifyDiagnostics.create('untried', facts, { subject: stack })];
}

const shown = 3;

function inWords(evidence: readonly Evidence[]): string {
  const said = [...new Set(evidence.map(({ asked, answered }) => `${asked}: ${answered.replace(/\.$/, '')}`))];
  const more = said.length > shown ? `; and ${said.length - shown} more` : '';
  return `${said.slice(0, shown).join('; ')}${more}`;
}
