export { checkScripts } from './check.ts';
export { compileScripts } from './compile.ts';
export { scriptRunbook } from './rules.ts';
export { scriptFiles } from './script-files.ts';
