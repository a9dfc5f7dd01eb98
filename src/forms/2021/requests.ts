import type { TableSection } from '../../domain/edition.ts';
import { block, rowsAfterClosed, rowsBeforeClosed, section } from '../common/requests.ts';

export const requests: TableSection = {
  ...section,
  blocks: [
    {
      ...block,
      rows: [
        ...rowsBeforeClosed,
        {
          key: 'closedNotCorrected',
          group: 'closed',
          number: '1.',
          label: {
            'zh-CN': '申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请',
            en: 'Closed: not corrected in time without good reason',
          },
        },
        {
          key: 'closedFeeUnpaid',
          group: 'closed',
          number: '2.',
          label: {
            'zh-CN': '申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请',
            en: 'Closed: processing fee not paid in time',
          },
        },
        { key: 'closedOther', group: 'closed', number: '3.', label: { 'zh-CN': '其他', en: 'Closed: other' } },
        ...rowsAfterClosed,
      ],
    },
  ],
};
