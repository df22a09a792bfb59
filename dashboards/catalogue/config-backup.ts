import { defineClassDashboard } from 'opsctl';
import { configBackup } from 'opsctl/cmdb';

/** Dashboard of configurations of network devices. */
export const configBackupDashboard = defineClassDashboard(configBackup, {
  title: { en: 'Network configurations', zh: '网络配置备份' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'deviceReached', 'saved'] },
    { title: { en: 'Configurations', zh: '配置' }, signals: ['age', 'changed', 'lines'] },
  ],
});
