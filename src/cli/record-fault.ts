import type { Resource } from '../domain/event.ts';
import type { RecordFault } from '../domain/store.ts';

/** What is wrong with the record of events, in a sentence. */
export function recordFaultInWords({ kind, sequence, until, resource, revision }: RecordFault): string {
  switch (kind) {
    case 'changed':
      return `Entry ${sequence} is not what was written.`;
    case 'missing':
      return until === undefined ? `Entry ${sequence} is missing.` : `Entries ${sequence} to ${until} are missing.`;
    case 'unexpected':
      return `Entry ${sequence} is not the one that was noted.`;
    case 'unrecorded': {
      const what = `${revision === undefined ? '' : `Revision ${revision} of `}${nameOf(resource)}`;
      const last = sequence === 0 ? 'of which there is no entry' : `the last entry of which is ${sequence}`;
      return `${what} was changed past the record, ${last}.`;
    }
  }
}

function nameOf({ kind, agencyId, year, part: id }: Partial<Resource> = {}): string {
  return [kind, agencyId, year, id].filter((part) => part !== undefined).join(' ');
}
