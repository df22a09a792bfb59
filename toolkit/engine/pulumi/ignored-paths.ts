import { pointerSteps } from '../../plan/json-pointer.ts';

/**
 * A JSON pointer into a spec as a property path of Pulumi, for `ignoreChanges`: `/global/scrape_interval` is
 * `spec["global"]["scrape_interval"]`. A pointer that is none ignores nothing.
 */
export function ignoredPaths(pointers: readonly string[]): string[] {
  return pointers.flatMap((pointer) => {
    const steps = pointerSteps(pointer);
    return steps === null || steps.length === 0 ? [] : [`spec${steps.map(stepPath).join('')}`];
  });
}

function stepPath(step: string): string {
  return /^(0|[1-9][0-9]*)$/.test(step) ? `[${step}]` : `["${step.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"]`;
}
