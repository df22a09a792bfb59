import { runTool } from './run-tool.ts';

process.exitCode = await runTool(['node_modules/@biomejs/biome/bin/biome', 'check', '--write', '.']);
