import { defineDiagnostics } from '../../diagnostics/index.ts';

interface Taken {
  readonly stack: string;
  /** `the address prometheus-rules/node` */
  readonly what: string;
}

/** What keeps content that is written by hand from being loaded beside what is derived. */
export const inclusionDiagnostics = defineDiagnostics('inclusion', {
  'name-taken': {
    severity: 'error',
    summary: 'Included content has a name that is taken',
    detail: ({ stack, what }: Taken) => `${stack} has ${what} already, derived or included.`,
    hint: 'Give the included one another id or name, or remove the other.',
  },
  'target-missing': {
    severity: 'error',
    summary: 'Included content has no system to run in',
    detail: ({ stack, target }: { stack: string; target: string }) =>
      `${stack} includes it, and has no target ${target}.`,
    hint: 'Add the target to the stack, or include it in another stack.',
  },
  'second-routing': {
    severity: 'error',
    summary: 'Second routing in one stack',
    detail: ({ stack, first }: { stack: string; first: string }) =>
      `${stack} includes the routing ${first} already, and one tree takes what no derived route does.`,
    hint: 'Put the routes of both into one defineRouting({...}).',
  },
  'routing-refused': {
    severity: 'error',
    summary: 'Routing that Alertmanager refuses',
    detail: ({ id, text }: { id: string; text: string }) => `In the routing ${id}: ${text}`,
    hint: 'Correct it where it is declared; the fields are those of alertmanager.yml.',
  },
});
