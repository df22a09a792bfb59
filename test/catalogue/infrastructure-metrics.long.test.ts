import { metricTable } from 'opsctl';
import { ceph, kvmHost } from 'opsctl/cmdb';
import { describe, expect, it } from 'vitest';
import { metricNames, metricsRead } from '../support/metric-names.ts';
import { cephPrograms, measureCeph } from './servers/ceph.ts';
import { libvirtPrograms, measureLibvirt } from './servers/libvirt.ts';

describe('class kvm-host', () => {
  it.skipIf(!libvirtPrograms.available)(
    libvirtPrograms.title('reads only what the exporter of Debian has'),
    async () => {
      const { page, afterStop } = await measureLibvirt();
      const ofSource = metricTable(kvmHost).filter(({ source, name }) => source === 'kumina' && name !== 'up');
      const there = metricNames(page);
      expect(ofSource.length).toBeGreaterThan(10);
      expect(ofSource.map(({ name }) => name).filter((name) => !there.has(name))).toEqual([]);
      expect(await afterStop?.(['libvirt_up 0'])).toContain('\nlibvirt_up 0\n');
    },
    180_000,
  );
});

describe('class ceph', () => {
  it.skipIf(!cephPrograms.available)(
    cephPrograms.title('reads only what the module of the manager has'),
    async () => {
      const { page } = await measureCeph();
      const there = metricNames(page);
      expect(metricsRead(ceph).filter((metric) => !there.has(metric))).toEqual([]);
    },
    60_000,
  );
});
