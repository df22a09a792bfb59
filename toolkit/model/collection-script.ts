import type { SourceSpan } from '../diagnostics/index.ts';
import { callSite } from './call-site.ts';
import { scriptShape } from './collection-script-shape.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import type { BilingualText } from './text.ts';

/**
 * A script that measures what no exporter does. It prints metrics in the text format of Prometheus on its standard output;
 * a timer runs it, and node_exporter shows what it printed last (`--collector.textfile`). What it may print is declared,
 * and its tests hold it to that.
 */
export interface CollectionScript extends CollectionScriptDeclaration {
  readonly kind: 'collection-script';
  readonly source: SourceSpan;
}

/** What is said of one script in `defineCollectionScript`. */
export interface CollectionScriptDeclaration {
  /** Lower-case words with dashes; the name of its files. */
  readonly id: string;
  readonly title: BilingualText;
  readonly interpreter: 'sh' | 'bash' | 'python3' | 'perl';
  /**
   * The program itself. It reads files below `$OPSCTL_ROOT`, which is empty where it runs and the folder of the fixtures
   * in a test: `"$OPSCTL_ROOT/proc/mdstat"`.
   */
  readonly script: string;
  /** How often it runs, such as `5m`. */
  readonly interval: string;
  /** After how long it is stopped; less than the interval. */
  readonly timeout: string;
  /**
   * Whom it runs as; who must be able to write where node_exporter reads its text files. `prometheus` when not given, to
   * whom Debian gives that folder.
   */
  readonly user?: string;
  readonly outputs: readonly ScriptOutput[];
  /** At least one. */
  readonly tests: readonly ScriptTest[];
}

/** One metric that a script may print. */
export interface ScriptOutput {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  /** The base unit that its name ends with, or null where it counts or says yes or no. */
  readonly unit: 'seconds' | 'bytes' | 'celsius' | 'ratio' | 'volts' | 'amperes' | 'watts' | null;
  readonly help: string;
  /** Exactly the labels that each of its samples has. */
  readonly labels: readonly string[];
}

/** What a script is given in a test, and what it must print. */
export interface ScriptTest {
  readonly name: string;
  /** Files below `$OPSCTL_ROOT`, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Programs that are found first: what they print, and how they end. */
  readonly programs?: Readonly<Record<string, { readonly prints: string; readonly exits?: number }>>;
  /** Samples, all of them: `{ 'raid_degraded{device="md0"}': 1 }`; or that it must fail, and so change nothing. */
  readonly expect: Readonly<Record<string, number>> | 'failure';
}

/** Declares a script with what it prints and its tests. */
export function defineCollectionScript(declaration: CollectionScriptDeclaration): CollectionScript {
  const source = callSite(defineCollectionScript);
  holdToShape(scriptShape, declaration, 'defineCollectionScript({...})', source);
  return deepFreeze({ kind: 'collection-script', ...declaration, source });
}
