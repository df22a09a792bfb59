import { createHmac } from 'node:crypto';

/**
 * What state and plan hold of a secret value: enough to see that it changed, and no way back. The salt is the state's,
 * so equal secrets of two states do not look equal.
 */
export function digestSecret(salt: string, value: string): string {
  return `hmac-sha256:${createHmac('sha256', salt).update(value).digest('hex')}`;
}
