import type { Printed } from '../printed/printed.ts';
import { simplified } from './normal-form.ts';

/** Whose report a document is, and of which year, as far as it says. */
export interface Title {
  readonly agencyName?: string;
  readonly year?: number;
}

const year = '(?<year>20\\d\\d)年?度?';
const name = '(?<name>[\\p{Script=Han}（）()·]{2,40}?)';
const report = '(?:政府|政务)?信息公开(?:工作)?年?度?报告';

/** 舞阳县人民政府办公室2021年政府信息公开工作年度报告, or the year first. */
const titles = [
  new RegExp(`${name}(?:关于)?${year}(?:的)?${report}`, 'u'),
  new RegExp(`${year}${name}(?:关于)?${report}`, 'u'),
];

const titleWithoutName = new RegExp(`${year}(?:的)?${report}`, 'u');

/** 统计期限自2021年1月1日起至2021年12月31日止. */
const period = /(?<year>20\d\d)年1月1日起?[,，]?[至到—-](?:\k<year>年)?12月31日/u;

/** Words that stand before a name and are none of it. */
const lead = /^.*?(?:现将|现公布|公布|关于|标题[:：]|名称[:：]?|附件\d*[:：]?)/u;

/** What the name of an agency ends with. */
const agencyEnd =
  /(?:政府|办公室|办公厅|委员会|管委会|办事处|街道办|街道|[厅局委办院社会所站]|中心|大队|支队|总队|[乡镇]|开发区|实验区|园区|高新区|新区|示范区|集团|公司|大学|学院|学校|医院)$/u;

/** Where a page says whose it is. */
const publisher =
  /^(?:发布机构|发布单位|发文机关|公开主体|单位|来源|信息来源|制发单位|机构名称|机关名称)[:：|]?(?<name>[\p{Script=Han}（）()]{2,40})$/u;

/** Reads whose report of which year a document is: from its title, its first lines, the period it states, its name. */
export function readTitle({ title, lines }: Printed, fileName: string, before: number): Title {
  const first = lines.slice(0, before).map(({ cells }) => cells.map((cell) => compact(cell.text)).join('|'));
  const joined = first.map((line, index) => line + (first[index + 1] ?? ''));
  const places = [compact(title ?? ''), ...first, ...joined, compact(fileName.replace(/\.[^.]*$/u, ''))];
  const named = places.flatMap((text) => titleIn(text) ?? []);
  const agencyName = named.find((found) => found.agencyName)?.agencyName ?? lineAbove(first) ?? publisherIn(first);
  const stated =
    named.find((found) => found.year)?.year ??
    yearIn(first.join(''), period) ??
    yearIn(places.join('|'), titleWithoutName);
  return { ...(agencyName !== undefined && { agencyName }), ...(stated !== undefined && { year: stated }) };
}

/** Whether a line is nothing but a title. */
export function isTitle(text: string): boolean {
  const line = compact(text);
  return line.length <= 60 && titleWithoutName.test(line) && line.endsWith('报告');
}

/** Without white space, Chinese digits of years as digits. */
function compact(text: string): string {
  const digits = '〇一二三四五六七八九';
  return simplified(text)
    .replace(/\s+/gu, '')
    .replace(/[二][〇○零0Ｏ][〇○零一二三四五六七八九][〇○零一二三四五六七八九]年/gu, (found) =>
      found.replace(/[^年]/gu, (digit) => String(Math.max(0, digits.indexOf(digit)))),
    );
}

function titleIn(text: string): Title | undefined {
  for (const pattern of titles) {
    const found = pattern.exec(text)?.groups;
    const agencyName = found?.['name'] === undefined ? undefined : bareName(found['name']);
    if (found && agencyName !== undefined) return { agencyName, year: Number(found['year']) };
  }
  const found = yearIn(text, titleWithoutName);
  return found === undefined ? undefined : { year: found };
}

function bareName(text: string): string | undefined {
  const bare = text.replace(lead, '').replace(/^[年度的]+/u, '');
  return bare.length >= 2 && !/^(?:政府|本|我)/u.test(bare) ? bare : undefined;
}

function yearIn(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text)?.groups?.['year'];
  return found === undefined ? undefined : Number(found);
}

/** A name on a line of its own, above a title that has none or below it. */
function lineAbove(lines: readonly string[]): string | undefined {
  const at = lines.findIndex((line) => titleWithoutName.test(line));
  const near = at < 0 ? [] : [lines[at - 1], lines[at + 1], lines[at - 2]];
  return near.find(
    (line) =>
      line !== undefined && line.length <= 30 && agencyEnd.test(line) && /^[\p{Script=Han}（）()]+$/u.test(line),
  );
}

function publisherIn(lines: readonly string[]): string | undefined {
  const parts = lines.flatMap((line) => {
    const cells = line.split('|');
    return [line, ...cells, ...cells.map((cell, index) => `${cell}${cells[index + 1] ?? ''}`)];
  });
  return parts
    .map((part) => publisher.exec(part)?.groups?.['name'])
    .find((found) => found !== undefined && agencyEnd.test(found));
}
