import { describe, expect, it } from 'vitest';
import { sampleGroup } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';

describe('inhibition', () => {
  it.each(['plant', 'region', 'hq'])('holds back at %s what a failed host of the plant takes down with it', (stack) => {
    expect(rulesOf(stack)).toContainEqual({
      source_matchers: ['alertname="HostDown"', 'item="host-1"'],
      target_matchers: ['item="web-1"'],
    });
  });

  it('holds nothing back at the plant for items of headquarters', () => {
    expect(JSON.stringify(rulesOf('plant'))).not.toContain('hq-1');
  });
});

function rulesOf(stack: string): readonly unknown[] {
  const { resources } = compileGroup(sampleGroup());
  const main = resources.find(({ address }) => address === `${stack}/alertmanager-config/main`);
  const config = main?.spec.config as { readonly inhibit_rules: readonly unknown[] } | undefined;
  return config?.inhibit_rules ?? [];
}
