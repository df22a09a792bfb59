export type { SandboxDenial } from './denial.ts';
export { openSandbox } from './open-sandbox.ts';
export type { Sandbox } from './sandbox.ts';
export type { SandboxWorld } from './world.ts';
