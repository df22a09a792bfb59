import { standardAlerts } from 'opsctl/alerts';
import { standardClasses } from 'opsctl/cmdb';
import { standardDashboards } from 'opsctl/dashboards';
import { describe, expect, it } from 'vitest';

describe.each(standardClasses)('class $id', ({ id, signals }) => {
  const alerts = standardAlerts.filter((pack) => pack.class.id === id).flatMap((pack) => Object.values(pack.alerts));
  const dashboards = standardDashboards.filter((dashboard) => dashboard.class.id === id);

  it('tells when the item does not answer', () => {
    expect(alerts.filter(({ signal }) => signal === 'up')).toHaveLength(1);
  });

  it('tells when a program of its own that measures the item is silent', () => {
    const silent: readonly string[] = Object.keys(signals).filter((key) => key === 'exporterUp' || key === 'probed');
    expect(alerts.filter(({ signal }) => silent.includes(signal)).map(({ signal }) => signal)).toEqual(silent);
  });

  it('has one dashboard, which shows every signal once', () => {
    const shown = dashboards.map(({ rows }) => rows.flatMap((row) => row.signals).sort());
    expect(shown).toEqual([Object.keys(signals).sort()]);
  });
});
