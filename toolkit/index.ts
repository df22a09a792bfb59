/** `opsctl/toolkit`: for programs that embed opsctl. Content imports `opsctl` instead. */
export * from './diagnostics/index.ts';
export type * from './engine/engine.ts';
export * from './languages/alert-routing/index.ts';
export * from './model/index.ts';
export * from './operate/index.ts';
export * from './plan/index.ts';
export type * from './policy/policy.ts';
