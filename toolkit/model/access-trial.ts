import type { JsonObject } from './json.ts';

/**
 * Requests as others would make them, to see what they may do. Nothing is ever changed by one: what would change
 * something is only rehearsed by the target.
 */
export interface AccessTrial {
  /** Throws a Failure when the target does not answer; a refusal is an answer. */
  try(request: TrialRequest): Promise<TrialAnswer>;
}

export interface TrialRequest {
  /** Whom to be; null: whoever is logged in. */
  readonly as: TrialUser | null;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path of the API, with its query. */
  readonly path: string;
  readonly body?: JsonObject;
}

export interface TrialUser {
  readonly name: string;
  readonly groups: readonly string[];
}

export interface TrialAnswer {
  readonly status: number;
  readonly body: JsonObject;
}
