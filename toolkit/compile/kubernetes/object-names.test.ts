import { describe, expect, it } from 'vitest';
import { clusterName, dataKey } from './object-names.ts';

describe('a name of an object', () => {
  it.each([
    { name: 'stays what it is where Kubernetes takes it', words: ['plant', 'host'], found: /^plant-host$/ },
    { name: 'has no capitals', words: ['plant', 'Host'], found: /^plant-host-[0-9a-f]{8}$/ },
    { name: 'has no Chinese', words: ['plant', '锅炉'], found: /^plant-[0-9a-f]{8}$/ },
    { name: 'is never empty', words: ['锅炉'], found: /^[0-9a-f]{8}$/ },
    { name: 'is not too long', words: ['plant', 'a'.repeat(300)], found: /^plant-a{238}-[0-9a-f]{8}$/ },
  ])('$name', ({ words, found }) => {
    expect(clusterName(...words)).toMatch(found);
    expect(clusterName(...words).length).toBeLessThanOrEqual(253);
  });

  it('is another one for another name', () => {
    expect(clusterName('plant', 'Host')).not.toBe(clusterName('plant', 'host_'));
    expect(clusterName('plant', '锅炉')).not.toBe(clusterName('plant', '水泵'));
  });

  it('a key may have capitals and underscores', () => {
    expect(dataKey('opsctl-plant_1.Host')).toBe('opsctl-plant_1.Host');
    expect(dataKey('锅炉')).toMatch(/^--?[0-9a-f]{8}$/);
  });
});
