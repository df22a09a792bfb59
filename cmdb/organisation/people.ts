import type { Person } from 'opsctl';

/** By role; the names are invented. Roles decide who may approve what. */
export const people: readonly Person[] = [
  {
    id: 'ops-director',
    name: '周正',
    team: 'hq-ops',
    roles: ['change-manager', 'service-owner'],
    email: 'zhou.zheng@huayuan.example',
  },
  {
    id: 'ops-lead',
    name: '李敏',
    team: 'hq-ops',
    roles: ['cab-member', 'incident-commander'],
    email: 'li.min@huayuan.example',
  },
  {
    id: 'monitoring-engineer',
    name: '陈立',
    team: 'hq-ops',
    roles: ['platform-engineer'],
    email: 'chen.li@huayuan.example',
  },
  { id: 'east-lead', name: '孙燕', team: 'region-east-ops', roles: ['cab-member'], email: 'sun.yan@huayuan.example' },
  { id: 'west-lead', name: '罗刚', team: 'region-west-ops', roles: ['cab-member'], email: 'luo.gang@huayuan.example' },
  {
    id: 'nanjing-shift-lead',
    name: '吴涛',
    team: 'plant-east-1-ops',
    roles: ['shift-lead'],
    email: 'wu.tao@huayuan.example',
  },
  {
    id: 'ningbo-shift-lead',
    name: '何静',
    team: 'plant-east-2-ops',
    roles: ['shift-lead'],
    email: 'he.jing@huayuan.example',
  },
  {
    id: 'luzhou-shift-lead',
    name: '唐勇',
    team: 'plant-west-1-ops',
    roles: ['shift-lead'],
    email: 'tang.yong@huayuan.example',
  },
  { id: 'mes-owner', name: '郑洁', team: 'mes-team', roles: ['service-owner'], email: 'zheng.jie@huayuan.example' },
  {
    id: 'energy-owner',
    name: '冯磊',
    team: 'energy-team',
    roles: ['service-owner'],
    email: 'feng.lei@huayuan.example',
  },
];
