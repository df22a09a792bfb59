import type { BilingualText } from './text.ts';

/**
 * A relation is declared once, from one end, and read from both: `a runs-on b` is `b runs a`. `impact` says which end
 * suffers when the other fails, and that is what alert inhibition and impact analysis follow.
 */
export interface RelationType {
  readonly forward: string;
  readonly reverse: string;
  readonly title: BilingualText;
  /**
   * `to-from`: when the far end fails, the declaring end fails (a service and its host). `partial`: the declaring end is
   * degraded. `none`: no consequence (documentation, ownership).
   */
  readonly impact: 'to-from' | 'partial' | 'none';
}

/** Every relation that items can have. */
export const relationTypes: readonly RelationType[] = [
  { forward: 'runs-on', reverse: 'runs', impact: 'to-from', title: { en: 'runs on', zh: '运行于' } },
  { forward: 'depends-on', reverse: 'is-needed-by', impact: 'to-from', title: { en: 'depends on', zh: '依赖' } },
  {
    forward: 'connects-through',
    reverse: 'carries',
    impact: 'to-from',
    title: { en: 'connects through', zh: '经由连接' },
  },
  { forward: 'powered-by', reverse: 'powers', impact: 'to-from', title: { en: 'is powered by', zh: '由其供电' } },
  { forward: 'member-of', reverse: 'has-member', impact: 'partial', title: { en: 'is a member of', zh: '属于集群' } },
  { forward: 'replicates', reverse: 'is-replicated-by', impact: 'partial', title: { en: 'replicates', zh: '复制自' } },
  { forward: 'located-in', reverse: 'houses', impact: 'none', title: { en: 'is located in', zh: '位于' } },
];

/** The relation of that name, and from which end the name reads it; null when there is none. */
export function findRelationType(
  name: string,
): { readonly type: RelationType; readonly direction: 'forward' | 'reverse' } | null {
  for (const type of relationTypes) {
    if (type.forward === name) return { type, direction: 'forward' };
    if (type.reverse === name) return { type, direction: 'reverse' };
  }
  return null;
}
