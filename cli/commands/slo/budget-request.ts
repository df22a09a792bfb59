import {
  type BudgetRequest,
  createSecretResolver,
  type Repository,
  type UpheldObjective,
} from '../../../toolkit/operate/index.ts';
import type { Session } from '../../session.ts';

export function budgetRequest(
  { io }: Session,
  repository: Repository,
  objectives: readonly UpheldObjective[],
): BudgetRequest {
  return { repository, objectives, secrets: createSecretResolver(repository.root, io.env), signal: io.signal };
}
