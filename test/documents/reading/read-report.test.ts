import t from 'tap';
import { readHtml } from '../../../src/documents/printed/read-html.ts';
import { readText } from '../../../src/documents/printed/read-text.ts';
import type { DocumentReading } from '../../../src/documents/reading.ts';
import { reportReader } from '../../../src/documents/reading/read-report.ts';
import { forms } from '../../support/forms.ts';

const read = reportReader(forms);

function reading(...lines: readonly string[]): DocumentReading {
  return read(readText(lines.join('\n')), 'report.txt');
}

/** The row's figures in the order of its columns, `null` where nothing was read. */
function row({ sections }: DocumentReading, section: string, key: string): (number | null)[] {
  const table = sections[section] as Record<string, Record<string, number | null>>;
  return Object.values(table[key] ?? {});
}

function reasons({ unread }: DocumentReading, cell: string): string[] {
  return unread.filter((one) => one.cell === cell).map(({ reason }) => reason);
}

const requests = '三、收到和处理政府信息公开申请情况';
const caption = [
  '二、主动公开政府信息情况',
  '第二十条第（一）项',
  '信息内容\t本年制发件数\t本年废止件数\t现行有效件数',
];
const end = '五、存在的主要问题及改进情况';

/** Rows with a figure in every cell: what is odd in one row more is an accident, no habit of the document. */
const filled = [
  '1.属于国家秘密',
  '2.其他法律行政法规禁止公开',
  '4.保护第三方合法权益',
  '5.属于三类内部事务信息',
  '6.属于四类过程性信息',
  '7.属于行政执法案卷',
  '8.属于行政查询事项',
  '2.没有现成信息需要另行制作',
  '1.信访举报投诉类申请',
  '2.重复申请',
].map((label) => `${label}\t0\t0\t0\t0\t0\t0\t0`);

await t.test('one value too few: what the sums leave open stays blank', async (t) => {
  const table = reading(
    requests,
    '一、本年新收政府信息公开申请数量\t3\t0\t0\t0\t0\t4',
    '四、结转下年度继续办理\t1\t0\t0\t0\t0\t0\t1',
    end,
  );
  t.same(row(table, 'requests', 'received'), Array(7).fill(null));
  t.same(reasons(table, 'requests.received.natural'), ['ambiguous']);
  t.same(row(table, 'requests', 'carriedOut'), [1, 0, 0, 0, 0, 0, 1]);
});

await t.test('the columns settle what the row leaves open', async (t) => {
  const table = reading(
    requests,
    '一、本年新收政府信息公开申请数量\t2\t0\t0\t0\t0\t0\t2',
    '二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0',
    ...filled,
    '（七）总计\t2\t0\t0\t0\t0\t2',
    '四、结转下年度继续办理\t0\t0\t0\t0\t0\t0\t0',
    end,
  );
  t.same(row(table, 'requests', 'concluded'), [2, 0, 0, 0, 0, 0, 2]);
  t.match(table.provenance['requests.concluded.natural'], { state: 'inferred', confidence: 0.7 });
  t.match(table.provenance['requests.received.natural'], { state: 'printed', confidence: 1 });
});

await t.test('one zero too many is left out where the sums say so', async (t) => {
  const table = reading(requests, ...filled, '（七）总计\t2\t0\t0\t0\t0\t0\t0\t2', end);
  t.same(row(table, 'requests', 'concluded'), [2, 0, 0, 0, 0, 0, 2]);
  t.equal(table.provenance['requests.concluded.total']?.state, 'inferred');
});

await t.test('run-together digits are parted where there is one way, and left where there are two', async (t) => {
  const table = reading(
    requests,
    '一、本年新收政府信息公开申请数量801000081二、上年结转政府信息公开申请数量220000325（一）予以公开00000 00',
    end,
  );
  t.same(row(table, 'requests', 'received'), [80, 1, 0, 0, 0, 0, 81]);
  t.same(row(table, 'requests', 'carriedIn'), [null, null, 0, 0, 0, 3, 25], '22 and 0, or 2 and 20');
  t.same(row(table, 'requests', 'granted'), [0, 0, 0, 0, 0, 0, 0]);
  t.equal(table.provenance['requests.received.natural']?.text, '801000081');
});

await t.test('sums never change what is printed', async (t) => {
  const table = reading(requests, '一、本年新收政府信息公开申请数量\t5\t0\t0\t0\t0\t0\t7', end);
  t.same(row(table, 'requests', 'received'), [5, 0, 0, 0, 0, 0, 7]);
  t.equal(table.provenance['requests.received.total']?.state, 'printed');
});

await t.test('a row without its label is known by its place, if there is no other', async (t) => {
  const between = reading(
    requests,
    '| 3.危及“三安全一稳定” | 0 | 0 | 0 | 0 | 0 | 0 | 0 |',
    '| 4 | 0 | 0 | 0 | 0 | 0 | 4 |',
    '| 5.属于三类内部事务信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |',
    '| 6 | 0 | 0 | 0 | 0 | 0 | 6 |',
    '| 8.属于行政查询事项 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |',
    end,
  );
  t.same(row(between, 'requests', 'refusedThirdParty'), [4, 0, 0, 0, 0, 0, 4]);
  t.match(between.provenance['requests.refusedThirdParty.natural'], { state: 'inferred', confidence: 0.56 });
  t.same(row(between, 'requests', 'refusedDeliberative'), Array(7).fill(null), 'one row for two places');
  t.ok(between.unread.some(({ text, reason }) => text === '6 0 0 0 0 0 6' && reason === 'ambiguous'));
});

await t.test('by its place alone a row that does not add up is not read', async (t) => {
  const table = reading(
    requests,
    '| 3.危及“三安全一稳定” | 0 | 0 | 0 | 0 | 0 | 0 | 0 |',
    '| 4 | 0 | 0 | 0 | 0 | 0 | 9 |',
    '| 5.属于三类内部事务信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |',
    end,
  );
  t.same(row(table, 'requests', 'refusedThirdParty'), Array(7).fill(null));
});

await t.test('two figures run into one: with the total gone the rest would fit, and says nothing', async (t) => {
  const table = reading(requests, ...filled, '一、本年新收政府信息公开申请数量\t50\t0\t0\t0\t0\t5', end);
  t.same(row(table, 'requests', 'received'), Array(7).fill(null));
});

await t.test('a part of a line is not the line', async (t) => {
  const table = reading(
    caption.slice(0, 2).join('\n'),
    '信息内容\t本年处理决定数量',
    '其中：行政许可\t3',
    '行政许可\t182',
    requests,
    end,
  );
  t.same(row(table, 'disclosure', 'licences'), [182]);
});

await t.test('heads in another order than the form’s do not place figures alone', async (t) => {
  const cells = (tag: string, texts: readonly string[]) => texts.map((text) => `<${tag}>${text}</${tag}>`).join('');
  const table = (heads: readonly string[]) =>
    read(
      readHtml(
        `<p>${caption[0]}</p><table><tr>${cells('th', ['信息内容', ...heads])}</tr><tr>${cells('td', ['规章', '1', '2', '3'])}</tr></table>`,
      ),
      'a.html',
    );
  t.same(row(table(['本年制发件数', '本年废止件数', '现行有效件数']), 'disclosure', 'regulations'), [1, 2, 3]);
  t.same(row(table(['现行有效件数', '本年制发件数', '本年废止件数']), 'disclosure', 'regulations'), [null, null, null]);
});

await t.test('what has another name beside it does not stand in for a row that is missing', async (t) => {
  const table = reading(
    requests,
    '| 3.危及“三安全一稳定” | 0 | 0 | 0 | 0 | 0 | 0 | 0 |',
    '| 小计 | 4 | 0 | 0 | 0 | 0 | 0 | 4 |',
    '| 5.属于三类内部事务信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |',
    end,
  );
  t.same(row(table, 'requests', 'refusedThirdParty'), Array(7).fill(null));
});

await t.test('a row of running text below several labels may be any of theirs', async (t) => {
  const zeros = ' 0 0 0 0 0 0 0';
  const read = reading(
    requests,
    `4.保护第三方合法权益${zeros}`,
    '5.属于三类内部事务信息',
    '1.本机关不掌握相关政府信息',
    '1 0 0 0 0 0 1',
    `6.属于四类过程性信息${zeros}`,
    '7.属于行政执法案卷',
    '3 0 0 0 0 0 3',
    end,
  );
  t.same(row(read, 'requests', 'unableNotHeld'), Array(7).fill(null));
  t.same(row(read, 'requests', 'refusedEnforcementFile'), [3, 0, 0, 0, 0, 0, 3]);
});

await t.test('a label broken over lines, with the figures behind its last', async (t) => {
  const table = reading(
    requests,
    '（五）不',
    '予处理',
    '5.要求行政机关确认或重新出',
    '具已获取信息 1 0 0 0 0 0 1',
    end,
  );
  t.same(row(table, 'requests', 'declinedConfirmation'), [1, 0, 0, 0, 0, 0, 1]);
});

await t.test('a cell a line; a blank cell is a blank, a mark is none either', async (t) => {
  const table = reading(
    ...caption,
    '规章 |',
    '/ |',
    '|',
    '2 |',
    '行政规范性文件 |',
    '5 |',
    '1 |',
    '12 |',
    requests,
    end,
  );
  t.same(row(table, 'disclosure', 'regulations'), [null, null, 2]);
  t.equal(table.provenance['disclosure.regulations.issued']?.state, 'blank');
  t.equal(table.provenance['disclosure.regulations.repealed']?.state, 'blank');
  t.same(row(table, 'disclosure', 'normativeDocuments'), [5, 1, 12]);
});

await t.test('a bar on the line below ends a cell; a bar below a bar is a blank cell', async (t) => {
  const cells = (...texts: string[]) => texts.flatMap((text) => (text === '' ? ['|'] : [text, '|']));
  const read = reading(
    '二、主动公开政府信息情况',
    ...cells('第二十条第（一）项', '信息内容', '本年制发件数', '本年废止件数', '现行有效件数'),
    ...cells('规章', '0', '', '6', '行政规范性文件', '3', '1', '2'),
    requests,
    ...cells('一、本年新收政府信息公开申请数量', '4', '1', '0', '0', '0', '0', '5'),
    end,
  );
  t.same(row(read, 'disclosure', 'regulations'), [0, null, 6]);
  t.same(row(read, 'disclosure', 'normativeDocuments'), [3, 1, 2]);
  t.same(row(read, 'requests', 'received'), [4, 1, 0, 0, 0, 0, 5]);
});

await t.test('a remark in brackets behind a label; a row like those of the form is none of it', async (t) => {
  const read = reading(
    ...caption,
    '规章（设区的市提供）\t1\t0\t4',
    '規範性檔案(以正式文號印發的)\t2\t2\t19',
    '其他主动公开档案（可参考目录）\t186\t86\t255',
    end,
  );
  t.same(row(read, 'disclosure', 'regulations'), [1, 0, 4]);
  t.same(row(read, 'disclosure', 'normativeDocuments'), [2, 2, 19]);
  t.match(read.unread, [{ reason: 'ambiguous', text: '186 86 255' }]);
});

await t.test(
  'as many cells as a table has that stands on one line, below the label of another, are not its',
  async (t) => {
    const cells = Array.from({ length: 7 }, () => ['0 |', '|']).flat();
    const read = reading(requests, '一、本年新收政府信息公开申请数量 |', ...cells, '|', end);
    t.same(row(read, 'disputes', 'reconsideration'), [null, null, null, null, null]);
    t.same(row(read, 'disputes', 'directLitigation'), [null, null, null, null, null]);
  },
);

await t.test('text in which a blank in the middle may have been lost', async (t) => {
  const table = reading(...caption, '规章 | 0 | 3 | |', '行政规范性文件 | 4 | | 9 |', requests, end);
  t.same(row(table, 'disclosure', 'regulations'), [null, null, null]);
  t.same(reasons(table, 'disclosure.regulations.issued'), ['ambiguous']);
  t.same(row(table, 'disclosure', 'normativeDocuments'), [4, null, 9]);
});

await t.test('the tables of 2019, whatever the year', async (t) => {
  const table = reading(
    '青山县林业局2022年政府信息公开工作年度报告',
    '二、主动公开政府信息情况',
    '信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量',
    '规章\t0\t0\t0',
    '规范性文件\t2\t3\t15',
    '信息内容\t上一年项目数量\t本年增/减\t处理决定数量',
    '行政许可\t12\t减4\t80',
    end,
  );
  t.equal(table.edition, '2019');
  t.equal(table.year, 2022);
  t.same(row(table, 'disclosure', 'normativeDocuments'), [2, 3, 15]);
  t.same(row(table, 'disclosure', 'licences'), [12, -4, 80]);
});

await t.test('tables in which nothing is stated have an edition all the same', async (t) => {
  const table = reading(
    '2022年度报告',
    '信息内容',
    '上一年项目数量',
    '本年增/减',
    '行政许可',
    '其他对外管理服务事项',
    end,
  );
  t.equal(table.edition, '2019');
  t.same(table.provenance, {});
  t.equal(reading('全年没有收到申请。').edition, undefined);
});

await t.test('one row （六）其他处理 in the tables of 2021 is said to be of 2019', async (t) => {
  const table = reading(
    ...caption,
    '规章\t0\t0\t0',
    requests,
    '5.要求行政机关确认或重新出具已获取信息\t0\t0\t0\t0\t0\t0\t0',
    '（六）其他处理\t3\t0\t0\t0\t0\t0\t3',
    '（七）总计\t3\t0\t0\t0\t0\t0\t3',
    end,
  );
  t.same(row(table, 'requests', 'closedOther'), [3, 0, 0, 0, 0, 0, 3]);
  t.same(row(table, 'requests', 'closedNotCorrected'), Array(7).fill(null));
  t.same(table.otherEditions, { requests: '2019' });
  t.same(reasons(table, 'requests.closedFeeUnpaid.total'), ['other-edition']);
});

await t.test('a printed subtotal is kept as what it is', async (t) => {
  const table = reading(
    requests,
    '（三）不予公开\t4\t0\t0\t0\t0\t0\t4',
    '1.属于国家秘密\t1\t0\t0\t0\t0\t0\t1',
    '（六）其他处理\t2\t0\t0\t0\t0\t0\t2',
    '3.其他\t2\t0\t0\t0\t0\t0\t2',
    end,
  );
  t.match(table.statedSubtotals, { 'requests.refused.natural': 4, 'requests.closed.total': 2 });
  t.same(row(table, 'requests', 'closedOther'), [2, 0, 0, 0, 0, 0, 2]);
  t.same(table.otherEditions, {});
});

await t.test('the same table again says nothing; another like it leaves the cells blank', async (t) => {
  const rows = (figure: number) => [
    `规章\t0\t0\t0`,
    `行政规范性文件\t${figure}\t0\t9`,
    '信息内容\t本年处理决定数量',
    '行政许可\t7',
    '行政处罚\t8',
  ];
  const again = reading(...caption, ...rows(5), ...rows(5), requests, end);
  t.same(row(again, 'disclosure', 'normativeDocuments'), [5, 0, 9]);
  const other = reading(...caption, ...rows(5), ...rows(6), requests, end);
  t.same(row(other, 'disclosure', 'normativeDocuments'), [null, 0, 9]);
  t.same(reasons(other, 'disclosure.normativeDocuments.issued'), ['conflict']);
});

await t.test('a document that breaks off gives no figure for what may have been cut', async (t) => {
  const table = reading(
    requests,
    '一、本年新收政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t1',
    '二、上年结转政府信息公开申请数量\t0\t0\t0',
  );
  t.same(row(table, 'requests', 'received'), [1, 0, 0, 0, 0, 0, 1]);
  t.same(row(table, 'requests', 'carriedIn'), Array(7).fill(null));
  t.same(reasons(table, 'requests.granted.natural'), ['not-found']);
});

await t.test('a row cut off behind rows that are whole begins as they do; its last figure may be cut', async (t) => {
  const whole = [requests, '一、本年新收政府信息公开申请数量\t4\t0\t0\t0\t0\t0\t4', ...filled.slice(0, 2)];
  const cut = reading(...whole, '3.危及“三安全一稳定”\t2\t0\t1\t1');
  t.same(row(cut, 'requests', 'refusedSecurity'), [2, 0, 1, null, null, null, null]);
  t.same(reasons(cut, 'requests.refusedSecurity.welfare'), ['ambiguous']);
  t.equal(cut.provenance['requests.refusedSecurity.natural']?.state, 'inferred');
  const nought = reading(...whole, '3.危及“三安全一稳定”\t2\t0');
  t.same(row(nought, 'requests', 'refusedSecurity'), [2, 0, null, null, null, null, null]);
});

await t.test('the last figure of a text may have lost digits, unless a bar closes it or it is a nought', async (t) => {
  const open = reading(...caption, '规章 | 0 | 0 | 0', '行政规范性文件 | 3 | 0 | 12');
  t.same(row(open, 'disclosure', 'normativeDocuments'), [3, 0, null]);
  t.same(reasons(open, 'disclosure.normativeDocuments.inForce'), ['ambiguous']);
  const closed = reading(...caption, '规章 | 0 | 0 | 0 |', '行政规范性文件 | 3 | 0 | 12 |');
  t.same(row(closed, 'disclosure', 'normativeDocuments'), [3, 0, 12]);
  const nought = reading(...caption, '规章 | 0 | 0 | 0', '行政规范性文件 | 3 | 0 | 0');
  t.same(row(nought, 'disclosure', 'normativeDocuments'), [3, 0, 0]);
});

await t.test('a row cut off where cells are left blank has no reading', async (t) => {
  const blanks = [requests, '1.属于国家秘密\t\t\t\t\t\t\t0', ...filled.slice(1, 3)];
  const cut = reading(...blanks, '5.属于三类内部事务信息\t0\t0');
  t.same(row(cut, 'requests', 'refusedInternal'), Array(7).fill(null));
  const listed = reading(...caption, '规章\t0\t0\t0', requests, '一、本年新收政府信息公开申请数量', '0');
  t.same(row(listed, 'requests', 'received'), Array(7).fill(null));
});

await t.test('sentences between heading and table are kept apart and told', async (t) => {
  const table = reading(
    ...caption.slice(0, 1),
    '全年共办理行政许可12件，行政处罚34件，没有行政强制。',
    ...caption.slice(1),
    '规章\t0\t0\t0',
    '信息内容\t本年处理决定数量',
    '行政许可\t12',
    requests,
    end,
    '问题不少。',
    '六、其他需要报告的事项',
    '无。',
    '打印本页 关闭窗口',
  );
  t.same(row(table, 'disclosure', 'licences'), [12]);
  t.same(row(table, 'disclosure', 'penalties'), [null]);
  const outside = table.unread.filter(({ reason }) => reason === 'outside').map(({ text }) => text);
  t.same(outside, ['全年共办理行政许可12件，行政处罚34件，没有行政强制。', '打印本页 关闭窗口']);
  t.same(table.sections['improvements'], { text: '问题不少。' });
  t.same(table.sections['other'], { text: '无。' });
});

await t.test('provenance says where and what', async (t) => {
  const table = reading(...caption, '规章\t0\t0\t0', '行政规范性文件\t22（其中修订16件）\t0\t9', requests, end);
  t.same(table.provenance['disclosure.normativeDocuments.issued'], {
    state: 'printed',
    where: { line: 5, column: 2 },
    text: '22（其中修订16件）',
    confidence: 1,
  });
  t.same(table.notes, { 'disclosure.normativeDocuments.issued': '其中修订16件' });
});

await t.test('any one figure lost: the others are read where they stand, or not at all', async (t) => {
  const figures = [72, 64, 178, 37, 351, 13, 4, 8, 1, 26, 12, 1, 1, 6, 20];
  const heads = '结果维持 结果纠正 其他结果 尚未审结 总计';
  const rows = ['一、本年新收政府信息公开申请数量 30 5 0 0 6 1 42', '二、上年结转政府信息公开申请数量 3 0 0 0 0 0 3'];
  for (const lost of figures.keys()) {
    const left = figures.filter((_, index) => index !== lost).join(' ');
    const table = reading(
      requests,
      ...rows,
      '四、政府信息公开行政复议、行政诉讼情况',
      '行政复议 行政诉讼',
      heads,
      left,
      end,
    );
    const read = ['reconsideration', 'directLitigation', 'litigationAfterReconsideration'].flatMap((key) =>
      row(table, 'disputes', key),
    );
    t.same(
      read.filter((figure, index) => figure !== null && figure !== figures[index]),
      [],
      `without ${figures[lost]}`,
    );
  }
});

await t.test('two reports in one document: nobody knows whose the figures are', async (t) => {
  const report = (agency: string, figure: number) => [
    `${agency}2022年政府信息公开工作年度报告`,
    ...caption,
    `规章\t0\t0\t${figure}`,
    `行政规范性文件\t${figure}\t0\t9`,
    '信息内容\t本年处理决定数量',
    '行政许可\t7',
    `行政处罚\t${figure}`,
    '行政强制\t0',
    end,
    '六、其他需要报告的事项',
    '无。',
  ];
  const table = reading(...report('青山县林业局', 3), ...report('青山县水利局', 4));
  t.equal(table.agencyName, undefined);
  t.equal(table.year, undefined);
  t.same(row(table, 'disclosure', 'penalties'), [null]);
  t.same(reasons(table, 'disclosure.penalties.decisions'), ['conflict']);
});
