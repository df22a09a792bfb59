import { captureTool } from '../run-tool.ts';
import { type Step, steps } from './steps.ts';

// Most tools use several threads themselves, so more at once would only make them wait for each other.
const stepsAtOnce = 2;

const waiting = [...steps];
const failed: string[] = [];
const started = performance.now();

await Promise.all(Array.from({ length: stepsAtOnce }, runWaiting));

console.log(
  `${failed.length === 0 ? 'check passed' : `check FAILED: ${failed.join(', ')}`} in ${secondsSince(started)}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

async function runWaiting(): Promise<void> {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) await runStep(step);
}

async function runStep({ name, tool }: Step): Promise<void> {
  const started = performance.now();
  const { code, output } = await captureTool(tool);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(16)} ${secondsSince(started)}`);
  if (code === 0) return;
  failed.push(name);
  console.log(output.trim());
}

function secondsSince(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
