import { expect, it } from 'vitest';
import { cellsOf, type Evidence, type Verdict } from '../../toolkit/operate/tenancy/tenancy-report.ts';
import { createPaint } from '../output/paint.ts';
import { printTenancyReport, tenancyView } from './tenancy-view.ts';

const seen = (
  aspect: Evidence['aspect'],
  verdict: Verdict,
  tenant: string | null = 'mes',
  other: string | null = 'erp',
) => ({
  ...{ tenant, other, aspect, verdict },
  asked: `${tenant ?? 'anybody'} tries to ${aspect}`,
  answered: '403: pods "a_b" is <forbidden>',
});
const evidence = [
  seen('read', 'held'),
  seen('write', 'held'),
  seen('exhaust', 'untried'),
  seen('network', 'declared'),
  ...(['read', 'exhaust', 'network'] as const).map((aspect) => seen(aspect, 'held', 'erp', 'mes')),
  seen('write', 'broken', 'erp', null),
];
const tenants = ['erp', 'mes'];
const report = {
  stacks: [{ stack: 'plant', tenants, cells: cellsOf('plant', tenants, evidence), evidence }],
  diagnostics: [],
};
const paint = createPaint({ isTerminal: false, env: {}, isAllowed: false });
const terminal = { paint, width: 100, isVerbose: false };

it('is one row for each pair, and what is not in order below', () => {
  expect(tenancyView.human(report, terminal)).toMatchInlineSnapshot(`
    "plant: 2 tenants, 8 questions: 5 held, 1 declared, 1 untried, 1 broken
      who can whom  read      write     exhaust   network
      erp -> mes    no        ! YES     no        no
      mes -> erp    no        no        ? untried declared
      ! YES write, erp -> all others: erp tries to write: 403: pods "a_b" is <forbidden>
      ? untried exhaust, mes -> erp: mes tries to exhaust: 403: pods "a_b" is <forbidden>
      declared network, mes -> erp: mes tries to network: 403: pods "a_b" is <forbidden>

    Network says which policies are declared and stand; whether the network of the cluster holds packets up by them cannot be seen from its API.
    "
  `);
});

it('with --verbose all evidence is below', () => {
  const lines = tenancyView.human(report, { ...terminal, isVerbose: true }).split('\n');
  expect(lines.filter((line) => line.includes(' tries to '))).toHaveLength(evidence.length);
});

it('for an auditor it is Markdown in which nothing that a server said is markup', () => {
  expect(printTenancyReport(report)).toMatchInlineSnapshot(`
    "# Isolation of tenants

    ## plant

    2 tenants, 8 questions: 5 held, 1 declared, 1 untried, 1 broken.

    | Who can whom | read | write | exhaust | network |
    | --- | --- | --- | --- | --- |
    | erp -> mes | no | ! YES | no | no |
    | mes -> erp | no | no | ? untried | declared |

    - **held** read, mes -> erp: mes tries to read: 403: pods "a\\_b" is \\<forbidden>
    - **held** write, mes -> erp: mes tries to write: 403: pods "a\\_b" is \\<forbidden>
    - **untried** exhaust, mes -> erp: mes tries to exhaust: 403: pods "a\\_b" is \\<forbidden>
    - **declared** network, mes -> erp: mes tries to network: 403: pods "a\\_b" is \\<forbidden>
    - **held** read, erp -> mes: erp tries to read: 403: pods "a\\_b" is \\<forbidden>
    - **held** exhaust, erp -> mes: erp tries to exhaust: 403: pods "a\\_b" is \\<forbidden>
    - **held** network, erp -> mes: erp tries to network: 403: pods "a\\_b" is \\<forbidden>
    - **broken** write, erp -> all others: erp tries to write: 403: pods "a\\_b" is \\<forbidden>

    Network says which policies are declared and stand; whether the network of the cluster holds packets up by them cannot be seen from its API.
    "
  `);
});

it('as events it is every answer and every field', () => {
  const events = tenancyView.events(report);
  expect(events.filter(({ event }) => event === 'tenancy-evidence')).toHaveLength(evidence.length);
  expect(events.find(({ aspect, event }) => event === 'tenancy-cell' && aspect === 'write')).toEqual({
    event: 'tenancy-cell',
    stack: 'plant',
    tenant: 'erp',
    other: 'mes',
    aspect: 'write',
    verdict: 'broken',
    evidence: 1,
  });
});

it('a tenant without a neighbour is told as such', () => {
  const alone = { ...report, stacks: [{ stack: 'plant', tenants: ['mes'], cells: [], evidence: [] }] };
  expect(tenancyView.human(alone, terminal)).toContain('  mes is alone in this cluster.\n');
});
