import { defineClassDashboard } from 'opsctl';
import { activemq, emqx, memcached, mosquitto, nacos, rocketmq } from 'opsctl/cmdb';

/** Dashboard of RocketMQ clusters. */
export const rocketmqDashboard = defineClassDashboard(rocketmq, {
  title: { en: 'RocketMQ clusters', zh: 'RocketMQ 集群' },
  overview: ['diskUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'brokersLost', 'deadLetters'] },
    { title: { en: 'Brokers and consumers', zh: 'Broker 与消费' }, signals: ['messages', 'sendWait', 'diskUsed'] },
    { title: { en: 'Consumers', zh: '消费' }, signals: ['lag', 'delay'] },
  ],
});

/** Dashboard of ActiveMQ brokers. */
export const activemqDashboard = defineClassDashboard(activemq, {
  title: { en: 'ActiveMQ brokers', zh: 'ActiveMQ 消息中间件' },
  overview: ['storeUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'memoryUsed', 'storeUsed', 'temporaryUsed'] },
    { title: { en: 'Messages', zh: '消息' }, signals: ['messages', 'lag', 'lagWithoutConsumer', 'connections'] },
    { title: { en: 'Java', zh: 'Java 虚拟机' }, signals: ['heapKept', 'descriptorsUsed'] },
  ],
});

/** Dashboard of EMQX nodes. */
export const emqxDashboard = defineClassDashboard(emqx, {
  title: { en: 'EMQX nodes', zh: 'EMQX 物联网消息' },
  overview: ['memoryUsed'],
  rows: [
    {
      title: { en: 'State', zh: '状态' },
      signals: ['up', 'nodesRunning', 'nodesStopped', 'certificateDaysLeft'],
    },
    {
      title: { en: 'Devices', zh: '设备' },
      signals: ['devices', 'devicesGone', 'sessions', 'loginsFailed'],
    },
    {
      title: { en: 'Messages', zh: '消息' },
      signals: ['received', 'sent', 'dropped', 'overflowed', 'unheard'],
    },
    { title: { en: 'Resources', zh: '资源' }, signals: ['memoryUsed', 'runQueue'] },
  ],
});

/** Dashboard of Nacos servers. */
export const nacosDashboard = defineClassDashboard(nacos, {
  title: { en: 'Nacos servers', zh: 'Nacos 注册与配置中心' },
  overview: ['heapKept'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'databaseErrors', 'peerErrors', 'pushesFailed'] },
    {
      title: { en: 'Load', zh: '负载' },
      signals: ['connections', 'services', 'configurations', 'notifying', 'dumping', 'heapKept'],
    },
  ],
});

/** Dashboard of Memcached servers. */
export const memcachedDashboard = defineClassDashboard(memcached, {
  title: { en: 'Memcached servers', zh: 'Memcached 缓存' },
  overview: ['connectionsUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'connectionsHeld'] },
    {
      title: { en: 'Load', zh: '负载' },
      signals: ['commands', 'hits', 'memoryUsed', 'evicted', 'connectionsUsed'],
    },
  ],
});

/** Dashboard of Mosquitto brokers. */
export const mosquittoDashboard = defineClassDashboard(mosquitto, {
  title: { en: 'Mosquitto brokers', zh: 'Mosquitto 消息代理' },
  overview: ['stored'],
  rows: [
    {
      title: { en: 'State', zh: '状态' },
      signals: ['up', 'exporterUp', 'silent', 'clients', 'clientsGone', 'sessionsKept'],
    },
    { title: { en: 'Messages', zh: '消息' }, signals: ['received', 'sent', 'dropped', 'stored'] },
    { title: { en: 'Resources', zh: '资源' }, signals: ['heap', 'traffic'] },
  ],
});
