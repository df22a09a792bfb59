export type { SandboxDenial } from './denial.ts';
export { openSandbox } from './open-sandbox.ts';
export type { Sandbox, SandboxAnswer } from './sandbox.ts';
export type { SandboxWorld } from './world.ts';
