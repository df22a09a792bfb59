import { defineClassDashboard } from 'opsctl';
import { jvm, tomcat } from 'opsctl/cmdb';

/** Dashboard of Java applications. */
export const jvmDashboard = defineClassDashboard(jvm, {
  title: { en: 'Java applications', zh: 'Java 应用' },
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
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'errors', 'threadsDeadlocked', 'sessions'] },
    {
      title: { en: 'Requests', zh: '请求' },
      signals: ['requests', 'requestTime', 'threadsUsed', 'connectionsUsed', 'poolUsed'],
    },
    { title: { en: 'Java', zh: 'Java 虚拟机' }, signals: ['heapKept', 'collecting', 'descriptorsUsed'] },
  ],
});
