import { defineClassDashboard } from 'opsctl';
import { backup } from 'opsctl/cmdb';

/** Dashboard of backups. */
export const backupDashboard = defineClassDashboard(backup, {
  title: { en: 'Backups', zh: '备份' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'known', 'age', 'lastRunFailed'] },
    { title: { en: 'Trust', zh: '可信度' }, signals: ['intact', 'repositoryWell', 'logsArchived', 'restoreTested'] },
    { title: { en: 'Size and time', zh: '大小与耗时' }, signals: ['size', 'shrunk', 'duration'] },
  ],
});
