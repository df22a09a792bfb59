import type { Supplier, Tenant } from 'opsctl';

/** Business systems that share the platform and must not disturb each other. */
export const tenants: readonly Tenant[] = [
  { id: 'mes', title: { en: 'Manufacturing execution', zh: '制造执行' }, owner: 'mes-team' },
  { id: 'energy', title: { en: 'Energy management', zh: '能源管理' }, owner: 'energy-team' },
];

export const suppliers: readonly Supplier[] = [
  {
    id: 'hengtong',
    title: { en: 'Hengtong Servers', zh: '恒通服务器' },
    contact: 'service@hengtong.example',
    contractUntil: '2028-06-30',
  },
  {
    id: 'zhongkong',
    title: { en: 'Zhongkong Process Software', zh: '中控流程软件' },
    contact: 'support@zhongkong.example',
    contractUntil: '2027-12-31',
  },
];
