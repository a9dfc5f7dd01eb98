import type { TableSection } from '../../domain/edition.ts';
import * as common from '../common/requests.ts';

export const requests: TableSection = {
  kind: 'table',
  key: 'requests',
  number: '三',
  label: common.title,
  description: common.description,
  blocks: [
    {
      key: 'requests',
      columnGroups: common.applicantGroups,
      columns: common.applicantColumns,
      rowGroups: common.outcomeGroups,
      rows: [...common.rowsBeforeClosed, { key: 'closedOther', group: 'closed' }, ...common.rowsAfterClosed],
    },
  ],
};
