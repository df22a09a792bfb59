export { containerLogs } from './container-logs.ts';
export { javaErrors } from './java-errors.ts';
export type { LogPlace } from './log-place.ts';
export { networkSyslog } from './network-syslog.ts';
export { nginxAccess } from './nginx-access.ts';
export { sshLogins } from './ssh-logins.ts';
