import type { BenchOptions } from '../options.ts';
import type { Result } from '../result.ts';
import type { Terraform } from '../terraform.ts';

export interface Bench extends BenchOptions {
  /** Null when it is not installed. */
  readonly terraform: Terraform | null;
  /** Tells on stderr what is being measured: some of it takes minutes. */
  readonly say: (line: string) => void;
}

/** A part of the benchmark, which can be asked for alone. */
export interface Section {
  readonly name: string;
  run(bench: Bench): Promise<readonly Result[]>;
}

export function count(objects: number): string {
  return objects.toLocaleString('en');
}
