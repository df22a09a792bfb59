export { type DenialKind, denialKinds, type SandboxDenial } from './denial.ts';
export type { Installation } from './installation.ts';
export { openSandbox } from './open-sandbox.ts';
export type { Sandbox, SandboxAnswer, SandboxLimits, SandboxOptions, SandboxOutcome } from './sandbox.ts';
export type { SandboxWorld } from './world.ts';
