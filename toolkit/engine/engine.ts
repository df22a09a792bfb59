import type { Diagnostic } from '../diagnostics/index.ts';
import type { Address, Change, HealthReport, Provider, TargetBinding } from '../model/index.ts';
import type { Plan, PlannedChange } from '../plan/plan.ts';

export type EngineName = 'embedded' | 'pulumi';

/** Changes the world as a plan says. Two of them behind one interface: `embedded` and `pulumi`. */
export interface Engine {
  readonly name: EngineName;
  apply(plan: Plan, options: ApplyOptions): Promise<ApplyResult>;
}

export interface ApplyOptions {
  readonly bindings: readonly TargetBinding[];
  readonly providers: readonly Provider[];
  /** Changes of independent objects in flight at once. */
  readonly parallel: number;
  /** How long health may take after the last commit; 0 does not wait. */
  readonly healthTimeoutMs: number;
  /** How long to wait for a lock that somebody holds; 0 refuses at once. */
  readonly lockTimeoutMs: number;
  /** Who approved the plan, for the history; null where nobody was named. */
  readonly approvedBy: string | null;
  readonly onEvent: (event: ApplyEvent) => void;
  readonly signal: AbortSignal;
  resolveSecret(reference: string): Promise<string>;
}

/** What happens during an apply, for progress lines and the `--json` stream. */
export type ApplyEvent =
  /** Somebody else works on the stack; `detail` says who. Told once per stack. */
  | { readonly kind: 'waiting-for-lock'; readonly stack: string; readonly detail: string }
  | { readonly kind: 'started'; readonly changes: number; readonly targets: number }
  | { readonly kind: 'change-started'; readonly address: Address; readonly action: Change['action'] }
  | { readonly kind: 'change-done'; readonly outcome: ChangeOutcome }
  | { readonly kind: 'commit-started'; readonly stack: string; readonly target: string; readonly changes: number }
  | {
      readonly kind: 'commit-done';
      readonly stack: string;
      readonly target: string;
      readonly accepted: boolean;
      readonly note: string;
    }
  | { readonly kind: 'waiting-for-health'; readonly stack: string; readonly target: string; readonly message: string }
  | { readonly kind: 'health'; readonly report: HealthReport };

export type ChangeOutcome =
  | { readonly status: 'done'; readonly address: Address; readonly action: Change['action'] }
  | {
      readonly status: 'failed';
      readonly address: Address;
      readonly action: Change['action'];
      readonly diagnostic: Diagnostic;
    }
  | {
      readonly status: 'skipped';
      readonly address: Address;
      readonly action: Change['action'];
      readonly because: SkipReason;
    };

export type SkipReason =
  | { readonly kind: 'dependency-failed'; readonly address: Address }
  | { readonly kind: 'interrupted' }
  /** Its target refused the configuration that it was part of, because of another change. */
  | { readonly kind: 'target-refused'; readonly target: string }
  /** The run could not go on (journal not writable, lock lost); the diagnostics of the result say why. */
  | { readonly kind: 'run-stopped' };

/** A target of the run, by what its server does. */
export interface ServerNote {
  readonly stack: string;
  readonly target: string;
}

export interface ApplyResult {
  readonly outcomes: readonly ChangeOutcome[];
  readonly health: readonly HealthReport[];
  /** Targets that hold objects as planned, and whose server did not load them: it does not run, or does not answer. */
  readonly waiting: readonly ServerNote[];
  /** Targets whose files are gone, and whose server still runs the configuration that it had. */
  readonly leftRunning: readonly ServerNote[];
  /** Objects that an earlier run had not seen to work, and that were seen to work by this one. */
  readonly recovered?: readonly Address[];
  readonly diagnostics: readonly Diagnostic[];
  readonly interrupted: boolean;
}

export type { PlannedChange };
