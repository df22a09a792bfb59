import { counted } from '../../diagnostics/index.ts';
import type { ProviderSession } from '../../model/index.ts';
import { silenceType } from './silence.ts';
import type { SilenceSession } from './silence-session.ts';

type Files = Omit<ProviderSession, 'alerting' | 'health'>;

/** Silences are put before the files are made live, because they can be taken back and a reload cannot. */
export function withSilences(files: Files, silences: SilenceSession): Files {
  let filesStaged = 0;
  return {
    ...files,
    async readMany(references) {
      const [ofFiles, ofSilences] = await Promise.all([
        files.readMany(references.filter(isFile)),
        silences.readMany(references.filter(isSilence)),
      ]);
      return new Map([...ofFiles, ...ofSilences]);
    },
    async stage(change) {
      if (isSilence(change)) return silences.stage(change);
      filesStaged += 1;
      await files.stage(change);
    },
    async commit() {
      const hasFiles = filesStaged > 0;
      filesStaged = 0;
      if (silences.staged === 0) return await files.commit();
      const put = await silences.put();
      if (!put.accepted) {
        await files.close();
        return put;
      }
      if (!hasFiles) return { accepted: true, note: `${counted(put.count, 'silence')} put` };
      const outcome = await files.commit();
      if (!outcome.accepted) await put.takeBack();
      return outcome.accepted ? { ...outcome, note: `${counted(put.count, 'silence')} put; ${outcome.note}` } : outcome;
    },
    async discover(managed) {
      const found = await Promise.all([
        files.discover(managed.filter(isFile)),
        silences.discover(managed.filter(isSilence)),
      ]);
      return found.flat();
    },
  };
}

export function isSilence({ type }: { readonly type: string }): boolean {
  return type === silenceType;
}

export function isFile({ type }: { readonly type: string }): boolean {
  return type !== silenceType;
}
