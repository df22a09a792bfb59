import { tcpService } from 'opsctl/cmdb';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../toolkit/diagnostics/index.ts';
import { recordRegistrations } from '../../toolkit/engine/pulumi/record-registrations.ts';
import { MonitoredService, type MonitoredServiceArgs } from './monitored-service.ts';

const args: MonitoredServiceArgs = {
  class: tcpService,
  title: { en: 'Orders database', zh: '订单数据库' },
  attributes: { address: 'db-1.example', port: 5432 },
  targets: { prometheus: { directory: '/etc/prometheus' }, grafana: { directory: '/etc/grafana' } },
};

describe('a monitored service in a program', () => {
  it('registers its targets, rules and dashboard below itself, each with the place it goes to', async () => {
    const { registered, settled, resolved } = await recordRegistrations('shop', 'production');
    const service = new MonitoredService('orders-db', args);
    await settled();
    const addresses = await resolved(service.addresses);
    expect(addresses).toEqual([
      'orders-db/grafana-dashboard/tcp-service',
      'orders-db/prometheus-rules/tcp-service',
      'orders-db/prometheus-targets/tcp-service-probe',
    ]);
    expect(await resolved(service.alerts)).toContain('TcpServiceDown');
    const rules = registered.find(({ name }) => name === 'orders-db/prometheus-rules/tcp-service');
    expect(rules?.inputs).toMatchObject({
      environment: 'production',
      target: 'prometheus',
      binding: { provider: 'prometheus', settings: { directory: '/etc/prometheus' } },
    });
    expect(registered[0]).toMatchObject({ type: 'opsctl:index:MonitoredService', name: 'orders-db' });
  });

  it('without a Grafana there is no dashboard', async () => {
    const { settled, resolved } = await recordRegistrations('shop', 'production');
    const service = new MonitoredService('orders-db', { ...args, targets: { prometheus: args.targets.prometheus } });
    await settled();
    expect(await resolved(service.dashboards)).toEqual([]);
  });

  it('what the class does not know is refused as it is in an inventory', async () => {
    await recordRegistrations('shop', 'production');
    expect(() => new MonitoredService('orders-db', { ...args, attributes: { address: 'db-1.example' } })).toThrow(
      Failure,
    );
  });
});
