import { defineClass, httpUrl, networkName, optional, port, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

/** RTSP is what cameras and recorders of all makers speak. One that wants a password is there as well. */
const rtsp = {
  name: 'rtsp_options',
  settings: {
    prober: 'tcp',
    timeout: '10s',
    tcp: {
      preferred_ip_protocol: 'ip4',
      query_response: [
        { send: 'OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: blackbox\r\n\r\n' },
        { expect: '^RTSP/1[.]0 (200|401|404|454)' },
      ],
    },
  },
} as const;

const probeReadings = {
  up: {
    from: 'probe',
    expression: (series: (metric: string) => string) => series('probe_success'),
    metrics: ['probe_success'],
  },
  duration: {
    from: 'probe',
    expression: (series: (metric: string) => string) => `avg_over_time(${series('probe_duration_seconds')}[10m])`,
    metrics: ['probe_duration_seconds'],
  },
} as const;

/** A network camera, watched from outside: whether it offers its stream. */
export const camera = defineClass({
  id: 'camera',
  title: { en: 'Camera', zh: '摄像机' },
  attributes: {
    address: networkName('Address of the camera.'),
    rtspPort: optional(port('Port of RTSP.'), 554),
    model: optional(text('Such as `DS-2CD3T47`.')),
  },
  sources: {
    probe: {
      kind: 'probe',
      interval: '60s',
      timeout: '15s',
      endpoint: ({ address, rtspPort = 554 }) => `${address}:${rtspPort}`,
      module: () => rtsp,
    },
  },
  signals: {
    up: { ...stateOf('Offers its stream', '视频流可用'), ...probeReadings.up },
    probed: { ...exporterAnswers('probe'), title: { en: 'Prober answers', zh: '探测器应答' } },
    duration: { ...highIsBad('seconds', 'Time to answer', '应答时间'), ...probeReadings.duration },
  },
});

/** Names are ours, and so is the form of the page: see the class. */
const status = readingsBy({
  video_channel_online: gauge(['channel']),
  video_channel_recording: gauge(['channel']),
  video_channel_last_recorded_seconds: gauge(['channel']),
  video_disk_healthy: gauge(['disk']),
  video_disk_free_bytes: gauge(['disk']),
  video_disk_size_bytes: gauge(['disk']),
});

/** A reading of each channel or disk, from the page of the recorder. */
function ofPart(part: 'channel' | 'disk', expression: Parameters<typeof status>[0]) {
  return { from: 'status', ...status(expression), partLabels: [part] } as const;
}

const statusModule = {
  name: 'video_status',
  settings: {
    metrics: [
      {
        name: 'video_channel',
        type: 'object',
        help: 'A channel: whether its camera is seen and recorded, and when it was last.',
        path: '{.channels[*]}',
        labels: { channel: '{.name}' },
        values: { online: '{.online}', recording: '{.recording}', last_recorded_seconds: '{.lastRecorded}' },
      },
      {
        name: 'video_disk',
        type: 'object',
        help: 'A disk of the recorder.',
        path: '{.disks[*]}',
        labels: { disk: '{.name}' },
        values: { healthy: '{.healthy}', free_bytes: '{.free}', size_bytes: '{.size}' },
      },
    ],
  },
} as const;

/**
 * A video recorder or platform. It is watched from outside by RTSP; of its channels and disks it is asked where something
 * answers JSON of this form, which is a page of most platforms after a few lines of a proxy (recorders themselves answer XML,
 * each maker another). Times are seconds since 1970.
 *
 * ```json
 * { "channels": [{ "name": "gate", "online": true, "recording": true, "lastRecorded": 1760000000 }],
 *   "disks": [{ "name": "1", "healthy": true, "free": 1e12, "size": 8e12 }] }
 * ```
 */
export const videoRecorder = defineClass({
  id: 'video-recorder',
  title: { en: 'Video recorder', zh: '录像机与视频平台' },
  attributes: {
    address: networkName('Address of the recorder.'),
    rtspPort: optional(port('Port of RTSP.'), 554),
    statusUrl: optional(httpUrl('What answers the state of its channels and disks; absent: these are not read.')),
    model: optional(text('Such as `DS-96128N`.')),
  },
  sources: {
    probe: {
      kind: 'probe',
      interval: '60s',
      timeout: '15s',
      endpoint: ({ address, rtspPort = 554 }) => `${address}:${rtspPort}`,
      module: () => rtsp,
    },
    status: {
      kind: 'json',
      exporter: 'json_exporter >=0.5',
      interval: '60s',
      timeout: '30s',
      when: ({ statusUrl }) => statusUrl !== undefined,
      endpoint: ({ statusUrl = '' }) => statusUrl,
      module: () => statusModule,
    },
  },
  signals: {
    up: { ...stateOf('Offers its streams', '视频流可用'), ...probeReadings.up },
    probed: { ...exporterAnswers('probe'), title: { en: 'Prober answers', zh: '探测器应答' } },
    statusRead: {
      ...exporterAnswers('status'),
      title: { en: 'Channels and disks are read', zh: '通道与硬盘状态可读' },
    },
    duration: { ...highIsBad('seconds', 'Time to answer', '应答时间'), ...probeReadings.duration },
    channelsOnline: {
      ...stateOf('Camera seen by the recorder', '通道在线'),
      ...ofPart('channel', (series) => series('video_channel_online')),
    },
    channelsRecorded: {
      ...stateOf('Channel is recorded', '通道正在录像'),
      ...ofPart('channel', (series) => series('video_channel_recording')),
    },
    recordingGap: {
      ...highIsBad('seconds', 'Since the last recording', '距最近一次录像'),
      ...ofPart('channel', (series) => `time() - ${series('video_channel_last_recorded_seconds')}`),
    },
    disksWell: {
      ...stateOf('Disk well', '硬盘正常'),
      ...ofPart('disk', (series) => series('video_disk_healthy')),
    },
    diskFree: {
      ...lowIsBad('ratio', 'Space free on a disk', '硬盘剩余空间比例'),
      ...ofPart('disk', (series) => `${series('video_disk_free_bytes')} / (${series('video_disk_size_bytes')} > 0)`),
    },
  },
});
