import type { Printed, PrintedLine } from '../printed/printed.ts';
import { simplified, withoutGlosses } from './normal-form.ts';

/** Whose report a document is, and of which year, as far as it says. */
export interface Title {
  readonly agencyName?: string;
  readonly year?: number;
}

const year = '(?<year>20\\d\\d)年?度?';
const name = '(?<name>[\\p{Script=Han}（）()·]{2,60}?)';
const disclosure = '(?:政府|政务)?信息公开';
const report = `${disclosure}(?:工作|情况)?的?年?度?报告`;
/** A notice speaks of the reports it asks for. */
const ends = '(?!的?(?:编制|编报|编写|报送|发布|有关|相关|格式|通知|等|工作))';

/** 舞阳县人民政府办公室2021年政府信息公开工作年度报告, or the year first, or last. */
const titles = [
  `${name}(?:关于)?${year}的?${report}${ends}`,
  `${year}${name}(?:关于)?${report}${ends}`,
  `${name}${disclosure}(?:工作)?${year}(?:工作)?报告${ends}`,
  `${name}${report}\\(${year}\\)`,
].map((pattern) => new RegExp(pattern, 'gu'));

const titleWithoutName = new RegExp(`${year}(?:的)?${report}`, 'u');

/** A line that is a title and has no year. */
const titleWithoutYear = new RegExp(`^${name}${report}$`, 'u');

/** 统计期限自2021年1月1日起至2021年12月31日止. */
const period = /(?<year>20\d\d)年1月1日[起始]?[,，]?[至到~—–-](?:\k<year>年)?12月31日?/u;

/** Words that stand before a name and are none of it. */
const lead =
  /^.*?(?:现将|现公布|现发布|现公开|社会(?:主动)?(?:公布|公开|发布)|公布|关于|(?:编制|形成|制作)了|标题[:：]|名称[:：]?|附件\d*[:：]?)/u;

/** 现公布 …, 特向社会公布 …. */
const presenting = /[现特]向?社?会?(?:主动)?(?:公布|公开|发布)/gu;

/** No sentence that presents a report names it further on. */
const longestPresenting = 100;

/** What stands on a page before its title, where lines have been joined: no agency is called so. */
const menu = /^.*(?:信息公开(?!办|工作)|年报|报告|首页|专栏|正文|打印|阅读)/u;

/** What is said of a name, not part of it. */
const aside = /[（(](?:以下)?简称[^）)]*[）)]?/gu;

/** What the name of an agency ends with. */
const agencyEnd =
  /(?:政府|办公室|办公厅|委员会|管委会|办事处|街道办|街道|[街省市州盟县区旗部署厅局委办院社会所站]|中心|大队|支队|总队|[乡镇]|开发区|实验区|园区|高新区|新区|示范区|集团|公司|大学|学院|学校|医院)$/u;

/** What stands for a name, or for several agencies. */
const noName = /我|^(?:政府|本[^溪]|由|将|全|各)/u;

/** Where a page says whose it is. */
const publisher =
  /^(?:发布机构|发布单位|发文机关|公开主体|单位|来源|信息来源|制发单位|机构名称|机关名称)[:：|]?(?<name>[\p{Script=Han}（）()]{2,40})$/u;

/** How far into a document its title may stand, in lines and in characters: pages have menus above it. */
const furthest = { line: 200, character: 20_000 };

/**
 * Reads whose report of which year a document is: from its title, its first lines, the words that present it, the
 * period it states, its name.
 *
 * @param before how many lines stand before the first section, and `tables` before the first table
 */
export function readTitle({ title, lines }: Printed, fileName: string, before: number, tables = before): Title {
  const first = beginning(lines.slice(0, before));
  const opening = beginning(lines.slice(0, Math.max(before, tables)));
  const joined = first.map((line, index) => line + (first[index + 1] ?? ''));
  const places = [compact(title ?? ''), ...first, ...joined, compact(fileName.replace(/\.[^.]*$/u, ''))];
  const all = [...places.flatMap(titlesIn), ...opening.flatMap(presentedIn)];
  const headed = lines.slice(0, before).flatMap((line) => (line.kind === 'heading' ? beginning([line]) : []));
  const named = ofOneReport(all, [compact(title ?? ''), ...headed].flatMap(titlesIn));
  if (!named) return {};
  const agencyName = named.find((found) => found.agencyName)?.agencyName ?? lineAbove(first) ?? publisherIn(first);
  const told = named.find((found) => found.year)?.year ?? yearIn(places.join('|'), titleWithoutName);
  const counted = yearIn(opening.join(''), period);
  // Of a sentence that names one year and a period in another, either may be wrong.
  const isDoubtful = told !== undefined && counted !== undefined && told !== counted && !places.some(isTitle);
  const stated = isDoubtful ? undefined : (told ?? counted);
  return { ...(agencyName !== undefined && { agencyName }), ...(stated !== undefined && { year: stated }) };
}

/**
 * The titles, if they are all of one report; where a page has others as well (links to them), those it gives as its own
 * (`<title>`, headings); `undefined` where these differ too, or there are none.
 */
function ofOneReport(all: readonly Title[], own: readonly Title[]): readonly Title[] | undefined {
  if (areOfOne(all)) return all;
  return own.length > 0 && areOfOne(own) ? own : undefined;
}

/** A name that is the end of another is the same, cut off where lines were joined or parted. */
function areOfOne(titles: readonly Title[]): boolean {
  const names = titles.flatMap(({ agencyName }) => agencyName ?? []);
  const longest = names.reduce((long, agencyName) => (agencyName.length > long.length ? agencyName : long), '');
  const years = new Set(titles.flatMap(({ year: stated }) => stated ?? []));
  return years.size <= 1 && names.every((agencyName) => longest.includes(agencyName));
}

/** The text of lines, as far as a title may stand. */
function beginning(lines: readonly PrintedLine[]): string[] {
  let left = furthest.character;
  return lines.slice(0, furthest.line).map(({ cells }) => {
    const text = cells.map((cell) => compact(cell.text.slice(0, left))).join('|');
    left = Math.max(0, left - text.length);
    return text;
  });
}

/** Whether a line is nothing but a title. */
export function isTitle(text: string): boolean {
  const line = compact(text);
  return line.length <= 60 && titleWithoutName.test(line) && line.endsWith('报告');
}

/** Without white space, Chinese digits of years as digits. */
function compact(text: string): string {
  const digits = '〇一二三四五六七八九';
  return simplified(withoutGlosses(text))
    .replace(/\s+/gu, '')
    .replace(/[二][〇○零0Ｏ][〇○零一二三四五六七八九][〇○零一二三四五六七八九]年/gu, (found) =>
      found.replace(/[^年]/gu, (digit) => String(Math.max(0, digits.indexOf(digit)))),
    );
}

/** What the titles in a text say, those with a name first. */
function titlesIn(text: string): Title[] {
  if (!text.includes('信息公开')) return [];
  const bare = text.replace(aside, '');
  const named = titles.flatMap((pattern) => [...bare.matchAll(pattern)].flatMap(({ groups }) => titleOf(groups)));
  const untimed = titleWithoutYear.exec(bare)?.groups;
  return [...named, ...(untimed ? titleOf(untimed) : [])];
}

function titleOf(groups: Readonly<Record<string, string>> | undefined): Title[] {
  const agencyName = (groups?.['name'] ?? '')
    .replace(lead, '')
    .replace(menu, '')
    .replace(/^[年度的]+/u, '');
  const bare = agencyName.replace(/[（(][^（()）]*[）)]$/u, '');
  if (bare.length < 2 || !agencyEnd.test(bare) || noName.test(bare)) return [];
  return [{ agencyName, ...(groups?.['year'] !== undefined && { year: Number(groups['year']) }) }];
}

/** What a sentence says that presents the report; others may speak of other reports. */
function presentedIn(text: string): Title[] {
  return [...text.matchAll(presenting)].flatMap(({ index }) => {
    const words = text.slice(index, index + longestPresenting);
    const found = yearIn(words, titleWithoutName);
    return [...titlesIn(words), ...(found === undefined ? [] : [{ year: found }])];
  });
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
