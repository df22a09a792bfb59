import { createInterface } from 'node:readline';
import { type Diagnostic, isAtLeast, sortDiagnostics } from '../toolkit/diagnostics/index.ts';
import { describeDiagnostic, type ReportFormat, reporters } from '../toolkit/diagnostics/reporters/index.ts';
import type { EngineName } from '../toolkit/engine/engine.ts';
import type { GlobalValues } from './arguments/global-options.ts';
import type { Io } from './io.ts';
import { createPaint } from './output/paint.ts';
import { createProgress, type Progress } from './output/progress.ts';
import { createSecretMask, type SecretMask } from './output/secret-mask.ts';
import { type ProgramEvent, printEvent, type Terminal, type View } from './output/view.ts';

/** What one run of a command has to work with. Commands never print: they show results and tell diagnostics. */
export interface Session {
  readonly io: Io;
  /** `state mv` */
  readonly command: string;
  readonly globals: GlobalValues;
  readonly version: string;
  /** Which carries out plans; the embedded one where nothing was said. */
  readonly engine?: EngineName;
  readonly progress: Progress;
  readonly secrets: SecretMask;
  /** The result, on stdout: as text, or as events with `--json`. */
  show<Result>(view: View<Result>, result: Result): void;
  /** An event in the middle of the work; people see progress instead. */
  emit(event: ProgramEvent): void;
  /** A result that is a text in a format of its own, such as a report or a completion script. */
  print(text: string): void;
  /** What is to be said beside the result: on stderr, or as events with `--json`. */
  tell(diagnostics: readonly Diagnostic[]): void;
  /** Findings that are the result themselves, on stdout. */
  showFindings(diagnostics: readonly Diagnostic[], format: ReportFormat): void;
  /** A line for people on stderr; nothing with `--json`. */
  remark(text: string): void;
  /** The user's answer; null when nobody is there to give one. */
  ask(question: string): Promise<string | null>;
}

export function openSession(io: Io, command: string, globals: GlobalValues, version: string): Session {
  const secrets = createSecretMask();
  const stdout = secrets.over(io.stdout);
  const stderr = secrets.over(io.stderr);
  const terminal = terminalOf(io, globals, io.isTerminal.stdout);
  const aside = terminalOf(io, globals, io.isTerminal.stderr);
  const progress = createProgress(progressKind(io, globals), { stderr, now: io.now });
  const shown = (diagnostics: readonly Diagnostic[]) =>
    sortDiagnostics(diagnostics.filter(({ severity }) => isAtLeast(severity, globals.minSeverity)));
  const emit = (event: ProgramEvent) => stdout.write(printEvent(event));
  return {
    io,
    command,
    globals,
    version,
    progress,
    secrets,
    show(view, result) {
      progress.clear();
      if (!globals.json) stdout.write(view.human(result, terminal));
      else for (const event of view.events(result)) emit(event);
    },
    emit(event) {
      if (globals.json) emit(event);
    },
    print(text) {
      progress.clear();
      stdout.write(text);
    },
    tell(diagnostics) {
      progress.clear();
      for (const diagnostic of shown(diagnostics)) {
        if (globals.json) emit({ event: 'diagnostic', diagnostic });
        else stderr.write(`${describeDiagnostic(diagnostic, aside.paint)}\n`);
      }
    },
    showFindings(diagnostics, format) {
      progress.clear();
      const reporter = reporters.find(({ name }) => name === format);
      const options = { programVersion: version, failOn: globals.failOn, paint: terminal.paint };
      if (!globals.json) stdout.write(reporter?.report(shown(diagnostics), options) ?? '');
      else for (const diagnostic of shown(diagnostics)) emit({ event: 'diagnostic', diagnostic });
    },
    remark(text) {
      progress.clear();
      if (!globals.json) stderr.write(`${text}\n`);
    },
    ask: (question) => ask(io, `${aside.paint('bold', question)} `),
  };
}

function terminalOf(io: Io, globals: GlobalValues, isTerminal: boolean): Terminal {
  const paint = createPaint({ isTerminal, env: io.env, isAllowed: globals.colour });
  return { paint, width: io.columns ?? 100, isVerbose: globals.verbose };
}

function progressKind(io: Io, { json, progress }: GlobalValues): 'moving' | 'lines' | 'none' {
  if (json || progress === 'none') return 'none';
  return io.isTerminal.stderr && !io.env['CI'] && io.env['TERM'] !== 'dumb' ? 'moving' : 'lines';
}

async function ask(io: Io, question: string): Promise<string | null> {
  if (!io.isTerminal.stdin) return null;
  io.stderr.write(question);
  const lines = createInterface({ input: io.stdin, terminal: false, signal: io.signal });
  return await new Promise((resolve) => {
    lines.once('line', (line) => {
      resolve(line.trim());
      lines.close();
    });
    lines.once('close', () => resolve(null)); // End of the input, or an interrupt.
  });
}
