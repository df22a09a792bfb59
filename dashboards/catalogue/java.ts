import { defineClassDashboard } from 'opsctl';
import { bes, jvm, tomcat, weblogic } from 'opsctl/cmdb';

/** Dashboard of Java applications. */
export const jvmDashboard = defineClassDashboard(jvm, {
  title: { en: 'Java applications', zh: 'Java 应用' },
  overview: ['heapKept'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'errors', 'threadsDeadlocked', 'errorsLogged'] },
    { title: { en: 'Requests', zh: '请求' }, signals: ['requests', 'requestTime', 'poolUsed', 'poolWaiting'] },
    {
      title: { en: 'Memory and threads', zh: '内存与线程' },
      signals: ['heapKept', 'collecting', 'threads', 'descriptorsUsed'],
    },
  ],
});

/** Dashboard of Tomcat and TongWeb. */
export const tomcatDashboard = defineClassDashboard(tomcat, {
  title: { en: 'Tomcat and TongWeb', zh: 'Tomcat / TongWeb' },
  overview: ['heapKept'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'errors', 'threadsDeadlocked', 'sessions'] },
    {
      title: { en: 'Requests', zh: '请求' },
      signals: ['requests', 'requestTime', 'threadsUsed', 'connectionsUsed', 'poolUsed'],
    },
    { title: { en: 'Java', zh: 'Java 虚拟机' }, signals: ['heapKept', 'collecting', 'descriptorsUsed'] },
  ],
});

/** Dashboard of WebLogic servers. */
export const weblogicDashboard = defineClassDashboard(weblogic, {
  title: { en: 'WebLogic servers', zh: 'WebLogic 应用服务器' },
  overview: ['heapKept'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'stuck', 'threadsDeadlocked', 'poolServes'] },
    {
      title: { en: 'Requests', zh: '请求' },
      signals: ['requests', 'waiting', 'hogging', 'poolUsed', 'sessions', 'sockets'],
    },
    { title: { en: 'Java', zh: 'Java 虚拟机' }, signals: ['heapKept', 'collecting', 'descriptorsUsed'] },
  ],
});

/** Dashboard of BES application servers. */
export const besDashboard = defineClassDashboard(bes, {
  title: { en: 'BES application servers', zh: '宝兰德 BES 应用服务器' },
  overview: ['heapKept'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'threadsDeadlocked', 'threads'] },
    { title: { en: 'Java', zh: 'Java 虚拟机' }, signals: ['heapKept', 'collecting', 'descriptorsUsed'] },
  ],
});
