import { counted } from '../../toolkit/diagnostics/index.ts';
import { type AgentRow, type AgentState, agentStates } from '../../toolkit/operate/agents/agent.ts';
import type { Terminal, View } from '../output/view.ts';
import { harmless } from './harmless.ts';
import { visibleLength, wrapText } from './wrap-text.ts';

/** By control point, as a table: state, item, program, version, kind, and what is wrong. */
export const agentsView: View<readonly AgentRow[]> = {
  human: (rows, terminal) => {
    if (rows.length === 0) return 'No agent is as chosen.\n';
    const safe = harmless(rows);
    const widths = columns.map((column) => Math.max(...safe.map((row) => visibleLength(column(row)))));
    const byStack = Map.groupBy(safe, ({ stack }) => stack);
    const parts = [...byStack].map(([stack, own]) => `${heading(stack, own)}\n${own.map(line).join('')}`);
    return `${parts.join('\n')}\n${counted(rows.length, 'agent')}: ${states(rows)}.\n`;

    function line(row: AgentRow): string {
      const [style, mark] = marks[row.state];
      const cells = columns.map((column, index) => padEnd(column(row), widths[index] ?? 0)).join('  ');
      const text = `  ${terminal.paint(style, mark.padEnd(2))} ${cells}`;
      return `${withRemark(text, remark(row), terminal)}\n`;
    }
  },
  events: (rows) => rows.map(({ versioned: _, ...row }) => ({ event: 'agent', ...row })),
};

const marks = {
  up: ['green', 'ok'],
  outdated: ['yellow', '^'],
  down: ['red', '!!'],
  'never-seen': ['red', '?'],
  unexpected: ['yellow', '+'],
  'not-asked': ['dim', '-'],
} as const satisfies Record<AgentState, readonly [string, string]>;

const columns: readonly ((row: AgentRow) => string)[] = [
  ({ item, endpoint }) => item ?? endpoint,
  ({ program }) => program || '-',
  ({ version }) => version ?? '-',
  ({ kind }) => kind,
];

function heading(stack: string, rows: readonly AgentRow[]): string {
  const places = [...new Set(rows.map(({ tier, site }) => `${tier}, ${site}`))];
  return `${stack} (${places.join('; ')}): ${counted(rows.length, 'agent')}, ${states(rows)}`;
}

function states(rows: readonly AgentRow[]): string {
  const counts = agentStates.map((state) => [state, rows.filter((row) => row.state === state).length] as const);
  return counts
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state.replace('-', ' ')}`)
    .join(', ');
}

function remark({ state, expected, missingMetrics, lastError }: AgentRow): string {
  const missing = missingMetrics.length === 0 ? '' : `; has no ${missingMetrics.join(', ')}`;
  switch (state) {
    case 'up':
      return missing.slice(2);
    case 'outdated':
      return `outdated: the class was written for ${expected}${missing}`;
    case 'down':
      return `down: ${lastError || 'does not answer'}`;
    case 'never-seen':
      return 'never seen: declared, and not a target that was scraped';
    case 'unexpected':
      return `unexpected: nobody declares it${lastError === '' ? '' : `; ${lastError}`}`;
    case 'not-asked':
      return '';
    default:
      return state satisfies never;
  }
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - visibleLength(text)));
}

/** What an exporter says may be long: then it has lines of its own. */
function withRemark(text: string, said: string, { width }: Terminal): string {
  const line = `${text}  ${said}`.trimEnd();
  if (visibleLength(line) <= width) return line;
  return [text.trimEnd(), ...wrapText(said, width, ' '.repeat(7))].join('\n');
}
