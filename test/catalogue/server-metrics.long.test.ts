import type { ObjectClass } from 'opsctl';
import { elasticsearch, etcd, haproxy, mosquitto, mysql, nginx, postgresql, rabbitmq, redis } from 'opsctl/cmdb';
import { describe, expect, it } from 'vitest';
import { metricNames, metricsRead } from '../support/metric-names.ts';
import { elasticsearchPrograms, measureElasticsearch } from './servers/elasticsearch.ts';
import { etcdPrograms, measureEtcd } from './servers/etcd.ts';
import type { Measured } from './servers/measured.ts';
import { measureMosquitto, mosquittoPrograms } from './servers/mosquitto.ts';
import { measureMysql, mysqlPrograms } from './servers/mysql.ts';
import { measurePostgresql, postgresqlPrograms } from './servers/postgresql.ts';
import { measureRabbitmq, rabbitmqPrograms } from './servers/rabbitmq.ts';
import { measureRedis, redisPrograms } from './servers/redis.ts';
import { haproxyPrograms, measureHaproxy, measureNginx, nginxPrograms } from './servers/web.ts';

interface Case {
  readonly objectClass: ObjectClass;
  readonly programs: { readonly available: boolean; readonly title: (title: string) => string };
  readonly measure: () => Promise<Measured>;
  /** What the class reads and this server has not: names of other versions. */
  readonly absent?: readonly string[];
  /** What the exporter says once the server is stopped. */
  readonly down?: string;
}

const cases: readonly Case[] = [
  {
    objectClass: postgresql,
    programs: postgresqlPrograms,
    measure: measurePostgresql,
    absent: ['pg_replication_lag', 'pg_replication_lag_seconds'],
    down: 'pg_up 0',
  },
  {
    objectClass: mysql,
    programs: mysqlPrograms,
    measure: measureMysql,
    absent: [
      'mysql_slave_status_replica_io_running',
      'mysql_slave_status_replica_sql_running',
      'mysql_slave_status_seconds_behind_source',
    ],
    down: 'mysql_up 0',
  },
  { objectClass: redis, programs: redisPrograms, measure: measureRedis, down: 'redis_up 0' },
  { objectClass: nginx, programs: nginxPrograms, measure: measureNginx, down: 'nginx_up 0' },
  { objectClass: haproxy, programs: haproxyPrograms, measure: measureHaproxy },
  { objectClass: rabbitmq, programs: rabbitmqPrograms, measure: measureRabbitmq },
  { objectClass: etcd, programs: etcdPrograms, measure: measureEtcd },
  {
    objectClass: mosquitto,
    programs: mosquittoPrograms,
    measure: measureMosquitto,
    down: 'mqtt2prometheus_connected 0',
  },
  {
    objectClass: elasticsearch,
    programs: elasticsearchPrograms,
    measure: measureElasticsearch,
    down: 'elasticsearch_node_stats_up 0',
  },
];

/** A catalogue whose metric names exist only on paper alerts on nothing: these are read off real servers. */
describe.each(cases)('class $objectClass.id', ({ objectClass, programs, measure, absent = [], down }) => {
  it.skipIf(!programs.available)(
    programs.title('reads only what a real server has'),
    async () => {
      const { page, afterStop } = await measure();
      const there = metricNames(page);
      expect(metricsRead(objectClass).filter((metric) => !there.has(metric))).toEqual(absent);
      if (down !== undefined) expect(await afterStop?.([down])).toContain(`\n${down}\n`);
    },
    180_000,
  );
});
