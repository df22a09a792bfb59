import { defineClassDashboard } from 'opsctl';
import { camera, doorAccess, pdu, videoRecorder } from 'opsctl/cmdb';

/** Dashboard of rack PDUs. */
export const pduDashboard = defineClassDashboard(pdu, {
  title: { en: 'Rack PDUs', zh: '机柜配电单元' },
  rows: [
    {
      title: { en: 'State', zh: '状态' },
      signals: ['up', 'phaseLoad', 'bankLoad', 'breakersClosed', 'suppliesWell'],
    },
    { title: { en: 'Load', zh: '负载' }, signals: ['power', 'current', 'voltage'] },
  ],
});

/** Dashboard of door access controllers. */
export const doorAccessDashboard = defineClassDashboard(doorAccess, {
  title: { en: 'Door access', zh: '门禁' },
  rows: [
    { title: { en: 'Controllers', zh: '控制器' }, signals: ['up', 'probed', 'contactsRead', 'onMains'] },
    {
      title: { en: 'Doors and security', zh: '门与安防' },
      signals: ['doorClosed', 'notForced', 'notTampered', 'nobodyThere'],
    },
  ],
});

/** Dashboard of cameras. */
export const cameraDashboard = defineClassDashboard(camera, {
  title: { en: 'Cameras', zh: '摄像机' },
  rows: [{ title: { en: 'State', zh: '状态' }, signals: ['up', 'probed', 'duration'] }],
});

/** Dashboard of video recorders. */
export const videoRecorderDashboard = defineClassDashboard(videoRecorder, {
  title: { en: 'Video recorders', zh: '录像机' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'probed', 'statusRead', 'duration'] },
    { title: { en: 'Channels', zh: '通道' }, signals: ['channelsOnline', 'channelsRecorded', 'recordingGap'] },
    { title: { en: 'Disks', zh: '硬盘' }, signals: ['disksWell', 'diskFree'] },
  ],
});
