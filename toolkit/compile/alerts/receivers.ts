import type {
  AlertSeverity,
  JsonObject,
  JsonValue,
  NotificationChannel,
  SecretReference,
  Team,
} from '../../model/index.ts';
import type { Surroundings } from '../operated-stack.ts';

/** Receiver of a team for one severity: `plant-east-1-ops-critical`. */
export function receiverName(team: string, severity: AlertSeverity): string {
  return `${team}-${severity}`;
}

/** An Alertmanager receiver with every channel by which the team wants to hear of the severity. */
export function compileReceiver(team: Team, severity: AlertSeverity, surroundings: Surroundings): JsonObject {
  const channels = team.channels.filter(({ severities }) => severities === undefined || severities.includes(severity));
  const configs: Record<string, JsonValue[]> = {};
  for (const channel of channels) {
    const [kind, config] = compileChannel(channel, surroundings);
    configs[kind] = [...(configs[kind] ?? []), config];
  }
  return { name: receiverName(team.id, severity), ...configs };
}

function compileChannel(channel: NotificationChannel, surroundings: Surroundings): readonly [string, JsonObject] {
  switch (channel.kind) {
    case 'webhook':
      return ['webhook_configs', { url: webhookUrl(channel.url, surroundings), send_resolved: true }];
    case 'email':
      return [
        'email_configs',
        {
          to: channel.to,
          from: channel.from,
          smarthost: surroundings.endpoint(channel.smarthost),
          send_resolved: true,
          headers: { Subject: '{{ template "opsctl.subject" . }}' },
          text: '{{ template "opsctl.text" . }}',
          // Otherwise Alertmanager adds its own page, and mail programs show that instead.
          html: '',
          ...(channel.requireTls === undefined ? {} : { require_tls: channel.requireTls }),
          ...(channel.username === undefined ? {} : { auth_username: channel.username }),
          ...(channel.password === undefined ? {} : { auth_password: channel.password }),
        },
      ];
    case 'wecom':
      return [
        'wechat_configs',
        {
          corp_id: channel.corporationId,
          agent_id: channel.agentId,
          api_secret: channel.apiSecret,
          ...(channel.apiUrl === undefined ? {} : { api_url: surroundings.endpoint(channel.apiUrl) }),
          ...(channel.toParty === undefined ? {} : { to_party: channel.toParty }),
          ...(channel.toUser === undefined ? {} : { to_user: channel.toUser }),
          message: '{{ template "opsctl.chat" . }}',
          send_resolved: true,
        },
      ];
    default:
      return channel satisfies never;
  }
}

/** An address outside that only counts whether it is called. */
export function deadManReceiver(name: string, url: string | SecretReference, surroundings: Surroundings): JsonObject {
  return { name, webhook_configs: [{ url: webhookUrl(url, surroundings), send_resolved: false }] };
}

function webhookUrl(url: string | SecretReference, surroundings: Surroundings): string | SecretReference {
  return typeof url === 'string' ? surroundings.endpoint(url) : url;
}

/**
 * Text of e-mails and chat messages: what, where, since when, what to do; both languages. A chat message of WeCom is cut
 * off after 2,048 bytes (its developer documentation, "Sending application messages"), so it has four alerts at most.
 */
export const messageTemplate = `{{ define "opsctl.subject" }}[{{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ .Alerts.Firing | len }}{{ end }}] {{ .CommonLabels.site }} {{ .CommonLabels.alertname }} {{ .CommonLabels.item }}{{ end }}
{{ define "opsctl.alert" }}
[{{ .Status | toUpper }}] {{ .Labels.severity }} {{ .Labels.alertname }}
{{ .Annotations.summary_zh }}
{{ .Annotations.summary_en }}
{{ .Labels.tier }} / {{ .Labels.site }} / {{ .Labels.tenant }} / {{ .Labels.team }}
{{ .StartsAt.Format "2006-01-02 15:04:05 MST" }}
{{ .Annotations.runbook_url }}
{{ end }}
{{ define "opsctl.text" }}{{ range .Alerts }}{{ template "opsctl.alert" . }}{{ end }}{{ end }}
{{ define "opsctl.chat" }}{{ if gt (len .Alerts) 4 }}共 {{ len .Alerts }} 条告警，以下为前 4 条 / {{ len .Alerts }} alerts, the first 4:
{{ end }}{{ range $index, $alert := .Alerts }}{{ if lt $index 4 }}{{ template "opsctl.alert" $alert }}{{ end }}{{ end }}{{ end }}
`;
