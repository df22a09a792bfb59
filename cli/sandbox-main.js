// The sandboxed child's first file, loaded before any code of a repository. The order is the point: the import hook and
// the bare globals are there before our own session is loaded, and nothing of the language can be replaced any more
// before the session loads content. The walls around the process are the parent's: toolkit/host/sandbox/open-sandbox.ts.
import { openChannel } from '../toolkit/host/sandbox/child/channel.js';
import { shiftClock } from '../toolkit/host/sandbox/child/clock.js';
import { createDenialRecord } from '../toolkit/host/sandbox/child/denial-record.js';
import { removeAuthority } from '../toolkit/host/sandbox/child/globals.js';
import { installImportHook } from '../toolkit/host/sandbox/child/import-hook.js';
import { lockIntrinsics } from '../toolkit/host/sandbox/child/intrinsics.js';
import { createPlaces } from '../toolkit/host/sandbox/child/places.js';
import { createProgress } from '../toolkit/host/sandbox/child/progress.js';
import { serveRequests, watchForFaults } from '../toolkit/host/sandbox/child/serve.js';
import { readStrippedSources } from '../toolkit/host/sandbox/child/stripped-sources.js';
import { endWithParent } from '../toolkit/host/sandbox/child/watch-parent.js';

const channel = openChannel();
const places = createPlaces(channel.opening);
const progress = createProgress(channel);
const stripped = readStrippedSources(channel.opening);
const context = { channel, places, progress, stripped, record: createDenialRecord(places) };

shiftClock(channel.opening.clockOffsetMs);
endWithParent();
watchForFaults(context);
installImportHook(context);
removeAuthority(context);
const session = import(channel.opening.session);
// What the session is refused is told to whoever sends the first request.
await session.catch(() => undefined);
lockIntrinsics();
await serveRequests(context, session);
