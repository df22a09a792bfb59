import { defineClassDashboard } from 'opsctl';
import { haproxy, kafka, keepalived, nginx, rabbitmq, redis, zookeeper } from 'opsctl/cmdb';

/** Dashboard of Redis servers. */
export const redisDashboard = defineClassDashboard(redis, {
  title: { en: 'Redis servers', zh: 'Redis 缓存' },
  overview: ['memoryUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'snapshotSaved', 'logWritten'] },
    {
      title: { en: 'Load', zh: '负载' },
      signals: ['memoryUsed', 'clientsUsed', 'connectionsRejected', 'keysEvicted', 'hits'],
    },
    {
      title: { en: 'Replication and cluster', zh: '复制与集群' },
      signals: ['masterLinked', 'replicasLost', 'clusterWhole'],
    },
  ],
});

/** Dashboard of nginx. */
export const nginxDashboard = defineClassDashboard(nginx, {
  title: { en: 'nginx', zh: 'Nginx' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'connectionsDropped'] },
    { title: { en: 'Load', zh: '负载' }, signals: ['requests', 'connectionsActive', 'connectionsWriting'] },
  ],
});

/** Dashboard of RabbitMQ nodes. */
export const rabbitmqDashboard = defineClassDashboard(rabbitmq, {
  title: { en: 'RabbitMQ nodes', zh: 'RabbitMQ 节点' },
  overview: ['descriptorsUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'memoryBlocked', 'diskBlocked', 'connections'] },
    {
      title: { en: 'Messages', zh: '消息' },
      signals: ['messagesReady', 'messagesUnacknowledged', 'messagesWithoutConsumer', 'messagesUnroutable'],
    },
    { title: { en: 'Resources', zh: '资源' }, signals: ['memoryUsed', 'diskAboveLimit', 'descriptorsUsed'] },
  ],
});

/** Dashboard of HAProxy. */
export const haproxyDashboard = defineClassDashboard(haproxy, {
  title: { en: 'HAProxy', zh: 'HAProxy 负载均衡' },
  overview: ['sessionsUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'backendUp', 'serverFailed', 'errors'] },
    { title: { en: 'Load', zh: '负载' }, signals: ['requests', 'queued', 'sessionsUsed', 'connectionsUsed'] },
  ],
});

/** Dashboard of ZooKeeper servers. */
export const zookeeperDashboard = defineClassDashboard(zookeeper, {
  title: { en: 'ZooKeeper', zh: 'ZooKeeper 集群' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'serving', 'followersMissing', 'elections'] },
    {
      title: { en: 'Load', zh: '负载' },
      signals: ['outstanding', 'fsync', 'connections', 'descriptorsUsed', 'nodes'],
    },
  ],
});

/** Dashboard of Kafka clusters. */
export const kafkaDashboard = defineClassDashboard(kafka, {
  title: { en: 'Kafka clusters', zh: 'Kafka 集群' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'brokersLost', 'partitionsOffline'] },
    {
      title: { en: 'Replicas and consumers', zh: '副本与消费' },
      signals: ['partitionsUnderReplicated', 'messages', 'lag', 'lagStuck'],
    },
  ],
});

/** Dashboard of keepalived. */
export const keepalivedDashboard = defineClassDashboard(keepalived, {
  title: { en: 'keepalived (VRRP)', zh: 'keepalived(VRRP)' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'master', 'healthy', 'scriptsPass'] },
    { title: { en: 'Changes', zh: '切换' }, signals: ['takeovers', 'refused'] },
  ],
});
