import type { Program } from './program.ts';

const erlang = [
  'erlang-base',
  'erlang-asn1',
  'erlang-crypto',
  'erlang-eldap',
  'erlang-inets',
  'erlang-mnesia',
  'erlang-os-mon',
  'erlang-parsetools',
  'erlang-public-key',
  'erlang-runtime-tools',
  'erlang-ssl',
  'erlang-syntax-tools',
  'erlang-tools',
  'erlang-xmerl',
];

/** Servers that the catalogue has classes for, and their exporters. Only the long tests run them. */
export const serverPrograms = {
  vmalert: {
    commands: ['vmalert'],
    package: 'victoria-metrics',
    file: 'usr/bin/vmalert',
    product: 'VictoriaMetrics',
  },
  postgres: {
    commands: ['postgres'],
    package: 'postgresql-15',
    file: 'usr/lib/postgresql/15/bin/postgres',
    product: 'PostgreSQL',
  },
  'prometheus-postgres-exporter': {
    commands: ['postgres_exporter', 'prometheus-postgres-exporter'],
    package: 'prometheus-postgres-exporter',
    file: 'usr/bin/prometheus-postgres-exporter',
    product: 'postgres_exporter',
  },
  'redis-server': {
    commands: ['redis-server'],
    package: 'redis-tools',
    // One program, which looks at the name that it is called by.
    file: 'usr/bin/redis-check-rdb',
    product: 'Redis',
    needs: ['libjemalloc2', 'liblzf1'],
  },
  'prometheus-redis-exporter': {
    commands: ['redis_exporter', 'prometheus-redis-exporter'],
    package: 'prometheus-redis-exporter',
    file: 'usr/bin/prometheus-redis-exporter',
    product: 'redis_exporter',
  },
  mosquitto: {
    commands: ['mosquitto'],
    package: 'mosquitto',
    file: 'usr/sbin/mosquitto',
    product: 'Mosquitto',
    needs: ['libcjson1', 'libdlt2', 'libwrap0', 'libsystemd0'],
  },
  'prometheus-mqtt-exporter': {
    commands: ['mqtt2prometheus', 'prometheus-mqtt-exporter'],
    package: 'prometheus-mqtt-exporter',
    file: 'usr/bin/prometheus-mqtt-exporter',
    product: 'mqtt2prometheus',
  },
  mariadbd: {
    commands: ['mariadbd'],
    package: 'mariadb-server-core',
    file: 'usr/sbin/mariadbd',
    product: 'MariaDB',
    needs: ['libaio1', 'liburing2', 'libnuma1'],
  },
  'prometheus-mysqld-exporter': {
    commands: ['mysqld_exporter', 'prometheus-mysqld-exporter'],
    package: 'prometheus-mysqld-exporter',
    file: 'usr/bin/prometheus-mysqld-exporter',
    product: 'mysqld_exporter',
  },
  nginx: {
    commands: ['nginx'],
    package: 'nginx',
    file: 'usr/sbin/nginx',
    product: 'nginx',
  },
  'prometheus-nginx-exporter': {
    commands: ['nginx-prometheus-exporter', 'prometheus-nginx-exporter'],
    package: 'prometheus-nginx-exporter',
    file: 'usr/bin/prometheus-nginx-exporter',
    product: 'nginx-prometheus-exporter',
  },
  haproxy: {
    commands: ['haproxy'],
    package: 'haproxy',
    file: 'usr/sbin/haproxy',
    product: 'HAProxy',
    needs: ['liblua5.3-0', 'libopentracing-c-wrapper0', 'libopentracing1'],
  },
  etcd: {
    commands: ['etcd'],
    package: 'etcd-server',
    file: 'usr/bin/etcd',
    product: 'etcd',
  },
  'prometheus-elasticsearch-exporter': {
    commands: ['elasticsearch_exporter', 'prometheus-elasticsearch-exporter'],
    package: 'prometheus-elasticsearch-exporter',
    file: 'usr/bin/prometheus-elasticsearch-exporter',
    product: 'elasticsearch_exporter',
  },
  'prometheus-libvirt-exporter': {
    commands: ['libvirt_exporter', 'prometheus-libvirt-exporter'],
    package: 'prometheus-libvirt-exporter',
    file: 'usr/bin/prometheus-libvirt-exporter',
    product: 'libvirt_exporter',
    needs: ['libvirt0', 'libnl-3-200', 'libyajl2', 'libssh-4'],
  },
  'ceph-mgr-prometheus': {
    commands: [],
    package: 'ceph-mgr-modules-core',
    file: 'usr/share/ceph/mgr/prometheus/module.py',
    product: 'the prometheus module of the Ceph manager',
    needs: ['ceph-mgr'],
  },
  'rabbitmq-server': {
    commands: [],
    package: 'rabbitmq-server',
    file: 'usr/sbin/rabbitmq-server',
    product: 'RabbitMQ',
    needs: erlang,
  },
} as const satisfies Readonly<Record<string, Program>>;
