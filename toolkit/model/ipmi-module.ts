import type { SecretReference } from './secret.ts';

/** How the IPMI exporter asks management controllers: as whom, and for what. */
export interface IpmiModule {
  /** Unique among the modules of the organisation; equal names must mean equal settings. */
  readonly name: string;
  readonly user: string;
  readonly password: SecretReference;
  /** The least that the collectors need; `user` reads sensors and chassis. */
  readonly privilege: 'user' | 'operator' | 'admin';
  readonly collectors: readonly ('bmc' | 'ipmi' | 'chassis' | 'dcmi' | 'sel' | 'sm-lan-mode')[];
  /** How long a controller is waited for, in milliseconds. */
  readonly timeoutMs: number;
}
