import type { TableSection } from '../../domain/edition.ts';
import { block, rowsAfterClosed, rowsBeforeClosed, section } from '../common/requests.ts';

export const requests: TableSection = {
  ...section,
  blocks: [{ ...block, rows: [...rowsBeforeClosed, { key: 'closedOther', group: 'closed' }, ...rowsAfterClosed] }],
};
