import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';

export const root: string = dirname(import.meta.dirname);

/** A development tool and its arguments: a script for this Node, by its path from the repository's root. */
export type Tool = readonly [script: string, ...args: string[]];

export type ToolResult = { readonly code: number; readonly output: string };

/** Runs a tool with its output on this terminal and returns its exit code. */
export async function runTool(tool: Tool): Promise<number> {
  const { code } = await start(tool, 'inherit');
  return code;
}

/** Runs a tool and keeps what it prints. */
export async function captureTool(tool: Tool): Promise<ToolResult> {
  return await start(tool, 'pipe');
}

function start([script, ...args]: Tool, output: 'inherit' | 'pipe'): Promise<ToolResult> {
  // A tool's own `#!/usr/bin/env node` would run it on the machine's Node, which may be too old for it.
  const child = spawn(process.execPath, ['--conditions=opsctl-source', join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', output, output],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output: printed.join('') }));
  });
}
