import { defineDiagnostics } from '../../diagnostics/index.ts';

interface Call {
  readonly method: string;
  readonly url: string;
}

const checkServer = 'Check that the server runs and that the url in the binding is right.';

export const httpDiagnostics = defineDiagnostics('http', {
  unreachable: {
    severity: 'error',
    summary: 'Server cannot be reached',
    detail: ({ method, url, reason }: Call & { reason: string }) => `${method} ${url}: ${reason}.`,
    hint: checkServer,
  },
  'cut-off': {
    severity: 'error',
    summary: 'Server cut the connection off',
    detail: ({ method, url, reason }: Call & { reason: string }) => `${method} ${url}: ${reason}.`,
    hint: 'See whether the server has restarted or a proxy stands before it, then run the command again.',
  },
  'not-trusted': {
    severity: 'error',
    summary: 'Certificate of the server is not trusted',
    detail: ({ method, url, reason }: Call & { reason: string }) => `${method} ${url}: ${reason}.`,
    hint: 'Name the certificate of its issuer in the variable NODE_EXTRA_CA_CERTS, or correct the certificate or the host in the url of the binding.',
  },
  'not-http': {
    severity: 'error',
    summary: 'What answers is not what the url says',
    detail: ({ method, url, reason }: Call & { reason: string }) => `${method} ${url}: ${reason}.`,
    hint: 'Compare http and https, host and port of the url in the binding with how the server was started.',
  },
  timeout: {
    severity: 'error',
    summary: 'Server does not answer in time',
    detail: ({ method, url, timeoutMs }: Call & { timeoutMs: number }) =>
      `${method} ${url}: no full answer within ${timeoutMs / 1000} s.`,
    hint: 'See what keeps the server busy, or raise timeoutMs in the binding.',
  },
  interrupted: {
    severity: 'error',
    summary: 'Interrupted while waiting for a server',
    detail: ({ method, url }: Call) => `${method} ${url} was given up.`,
    hint: 'Run the command again.',
  },
  'bad-status': {
    severity: 'error',
    summary: 'Server answers with an error',
    detail: ({ method, url, status, said }: Call & { status: number; said: string }) =>
      `${method} ${url}: status ${status}${said === '' ? '' : `: ${said}`}.`,
    hint: "See the server's log; with status 401 or 403, the credential in the binding.",
  },
  'not-ready': {
    severity: 'error',
    summary: 'Server is not ready',
    detail: ({ method, url, status, said, timeoutMs }: Call & { status: number; said: string; timeoutMs: number }) =>
      `${method} ${url}: status ${status}${said === '' ? '' : ` (${said})`} for ${timeoutMs / 1000} s.`,
    hint: 'Wait until the server has started, or raise timeoutMs in the binding; a proxy may stand before nothing.',
  },
  'too-large': {
    severity: 'error',
    summary: 'Answer of the server is too large',
    detail: ({ method, url, maxBytes }: Call & { maxBytes: number }) =>
      `${method} ${url}: the answer is over ${maxBytes} bytes and was not read to its end.`,
    hint: checkServer,
  },
  'not-json': {
    severity: 'error',
    summary: 'Answer of the server is not JSON',
    detail: ({ method, url, said }: Call & { said: string }) => `${method} ${url}: the answer begins with ${said}.`,
    hint: 'Check the url in the binding: something else may answer there, such as a login page of a proxy.',
  },
});
