import type { ExporterAccess, ExporterTls, NamedUser, TokenBearer } from './exporter-access.ts';
import { anything, either, fieldsOf, maybe, type Shape, secret, someText, yesOrNo } from './shape.ts';

const access = fieldsOf<ExporterAccess>({
  as: maybe(
    either(
      'token',
      fieldsOf<TokenBearer>({ token: secret }),
      fieldsOf<NamedUser>({ user: someText, password: secret }),
    ),
  ),
  tls: maybe(
    fieldsOf<ExporterTls>({
      authority: maybe(secret),
      own: maybe(fieldsOf<NonNullable<ExporterTls['own']>>({ certificate: secret, key: secret })),
      serverName: maybe(someText),
      insecure: maybe(yesOrNo),
    }),
  ),
});

/** What the function `access` of an exporter's source gives: nothing for an item that answers everybody. */
export const exporterAccess: Shape = {
  kind: 'branch',
  choose: (given) => (given === undefined ? anything : access),
};
