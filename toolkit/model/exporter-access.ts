import type { SecretReference } from './secret.ts';

/**
 * How a program is asked that does not answer everybody. What is secret is a reference; the target that asks reads it
 * from a file of its own, so that a new token needs no reload.
 */
export interface ExporterAccess {
  /** As whom it is asked; as nobody when not given. */
  readonly as?: TokenBearer | NamedUser;
  /** What an encrypted connection needs besides; what the machine trusts when not given. */
  readonly tls?: ExporterTls;
}

/** Asked with a token. */
export interface TokenBearer {
  /** Sent as `Authorization: Bearer`. */
  readonly token: SecretReference;
}

/** Asked as a user with a password (HTTP basic). */
export interface NamedUser {
  readonly user: string;
  readonly password: SecretReference;
}

/** Certificates of an encrypted connection to an exporter. */
export interface ExporterTls {
  /** Certificate of who vouches for the exporter, where the machine does not know it: `secretAt('file:certificates/plant-ca.pem')`. */
  readonly authority?: SecretReference;
  /** Certificate and key by which the one who asks proves who it is. */
  readonly own?: { readonly certificate: SecretReference; readonly key: SecretReference };
  /** Name that the exporter's certificate has, where it is not the address. */
  readonly serverName?: string;
  /** Accept a certificate that nobody vouches for. */
  readonly insecure?: boolean;
}
