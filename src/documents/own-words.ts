/** The columns of a report as data, a row for each cell: the names in CSV and JSON, and in the workbook's sheet of data. */
export const dataColumns = {
  agencyId: undefined,
  agency: undefined,
  year: undefined,
  edition: undefined,
  cell: '单元格',
  section: '部分',
  row: '行',
  column: '列',
  value: '数值',
  unit: '单位',
  note: '注释',
} as const;

export type DataColumn = keyof typeof dataColumns;

/** The labels of the workbook's cover under which it says whose report it is, and who wrote it. */
export const coverLabels = {
  agencyName: '机关名称',
  year: '年度',
  preparedBy: '填报人',
  reviewedBy: '审核人',
  phone: '电话',
  preparedOn: '填报日期',
} as const;

/** What a page of the service's own says made it. */
export const generator = 'nianbao';
