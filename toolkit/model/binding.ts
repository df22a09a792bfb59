import type { JsonObject } from './json.ts';

/** Where one target of one stack lives in one environment. Read by the parent; content never sees it. */
export interface TargetBinding {
  readonly stack: string;
  /** Name of the target in the stack, such as `prometheus`. */
  readonly target: string;
  /** Provider that serves it, such as `prometheus`, `files`. */
  readonly provider: string;
  /** The provider's own settings, already checked against its binding schema: url, directory, credential reference. */
  readonly settings: JsonObject;
}

/** All of `stacks/bindings/<environment>.yaml`. */
export interface EnvironmentBindings {
  readonly environment: string;
  readonly targets: readonly TargetBinding[];
  /**
   * Where the content's endpoints answer in this environment, for laboratories and tests:
   * `mes-app-1.plant-east-1.example:9100` -> `127.0.0.1:34567`. What is not named keeps its own address.
   */
  readonly addresses: Readonly<Record<string, string>>;
  /**
   * How many times faster waiting runs here than declared: a laboratory at 30 turns an interval of 30 s into one of 1 s,
   * so that an alert can be watched firing. 1 anywhere else.
   */
  readonly speed: number;
}
