import type { Catalogue } from 'opsctl';
import { alertmanagerDashboard, prometheusDashboard } from './collection.ts';
import {
  damengDashboard,
  elasticsearchDashboard,
  etcdDashboard,
  mysqlDashboard,
  postgresqlDashboard,
} from './databases.ts';
import { httpEndpointDashboard, tcpServiceDashboard } from './endpoints.ts';
import { hostDashboard } from './host.ts';
import { roomSensorDashboard, upsDashboard } from './machine-room.ts';
import {
  haproxyDashboard,
  kafkaDashboard,
  nginxDashboard,
  rabbitmqDashboard,
  redisDashboard,
  zookeeperDashboard,
} from './middleware.ts';
import { networkDeviceDashboard } from './network-device.ts';
import { serverBmcDashboard } from './server-bmc.ts';
import { windowsHostDashboard } from './windows-host.ts';

/** Dashboards of the standard classes. */
export const standardDashboards: Catalogue['dashboards'] = [
  hostDashboard,
  httpEndpointDashboard,
  tcpServiceDashboard,
  networkDeviceDashboard,
  upsDashboard,
  roomSensorDashboard,
  serverBmcDashboard,
  postgresqlDashboard,
  mysqlDashboard,
  redisDashboard,
  nginxDashboard,
  haproxyDashboard,
  rabbitmqDashboard,
  zookeeperDashboard,
  etcdDashboard,
  prometheusDashboard,
  alertmanagerDashboard,
  damengDashboard,
  elasticsearchDashboard,
  kafkaDashboard,
  windowsHostDashboard,
];

export {
  alertmanagerDashboard,
  damengDashboard,
  elasticsearchDashboard,
  etcdDashboard,
  haproxyDashboard,
  hostDashboard,
  httpEndpointDashboard,
  kafkaDashboard,
  mysqlDashboard,
  networkDeviceDashboard,
  nginxDashboard,
  postgresqlDashboard,
  prometheusDashboard,
  rabbitmqDashboard,
  redisDashboard,
  roomSensorDashboard,
  serverBmcDashboard,
  tcpServiceDashboard,
  upsDashboard,
  windowsHostDashboard,
  zookeeperDashboard,
};
