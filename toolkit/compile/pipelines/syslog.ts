/**
 * A line as rsyslog and syslog-ng write it to files: the time in the traditional form or in that of RFC 5424, with or
 * without `<priority>`, then host, program, process and text. Devices of networks send no process, and some a colon less.
 */
export const syslogPattern =
  '^(?:<[0-9]{1,3}>)?(?:1 )?(?P<time>[A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9:]{5})) ' +
  '(?P<host>[^ ]+) (?P<program>[^ :\\[]+)(?:\\[(?P<pid>[0-9]+)\\])?:? ?(?P<message>.*)$';
