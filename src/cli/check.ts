import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { isUtf8 } from 'node:buffer';
import { parseArgs, styleText } from 'node:util';
import type { Check } from '../domain/check.ts';
import { fill, languages, type Language, type Words } from '../domain/language.ts';
import { Problem, problemInWords } from '../domain/problem.ts';
import { checkOf } from '../operations/check-unstored.ts';
import type { Rulebook } from '../operations/service.ts';
import { components } from '../schemas/components.ts';
import { readReport } from '../schemas/check-input.ts';
import { whyNotJson, whyNotUtf8 } from '../schemas/json-words.ts';
import { buildValidators } from '../schemas/validation.ts';
import { checkAsLines, type Style } from './findings.ts';
import { usage } from './usage.ts';

/** What one report in a file came to. */
type Outcome = { readonly file: string; readonly line?: number } & (
  { readonly check: Check } | { readonly problem: Pick<ReturnType<typeof problemInWords>, 'detail' | 'errors'> }
);

/**
 * The `check` command: checks reports in files, findings in the manner of a compiler. Exit status 1 where a report has
 * errors, 2 where a file could not be read or is no report.
 */
export async function runCheck(rulebook: Rulebook, args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (!options) return;
  const { files, language, format } = options;
  const judge = judging(rulebook, language);
  const outcomes: Outcome[] = [];
  for (const file of files) outcomes.push(...(await reportsIn(file)).map(judge));
  const print = format === 'json' ? printJson : printText(language);
  for (const outcome of outcomes) print(outcome);
  process.exitCode = exitStatus(outcomes);
}

interface Options {
  readonly files: readonly string[];
  readonly language: Language;
  readonly format: string;
}

/** What was asked for; `undefined` where that cannot be understood, which has been said. */
function readOptions(args: readonly string[]): Options | undefined {
  try {
    const { positionals: files, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        language: { type: 'string', default: languages[0] },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const language = languages.find((known) => known === values.language);
    if (!values.help && files.length > 0 && language && ['text', 'json'].includes(values.format)) {
      return { files, language, format: values.format };
    }
    usage(values.help);
  } catch {
    usage(false);
  }
  return undefined;
}

/** A report as it stands in a file, or why it could not be read. */
type Found = { readonly file: string; readonly line?: number } & (
  { readonly report: unknown } | { readonly unreadable: string | Words }
);

/** The reports in a file: one, or one a line. */
async function reportsIn(file: string): Promise<Found[]> {
  const bytes = await readBytes(file).catch((error: Error) => error);
  if (bytes instanceof Error) return [{ file, unreadable: bytes.message }];
  if (!isUtf8(bytes)) return [{ file, unreadable: whyNotUtf8(bytes) }];
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const whole = parsed(text);
  if ('report' in whole) return [{ file, ...whole }];
  const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 }));
  const filled = lines.filter(({ line }) => line.trim() !== '');
  const [first] = filled;
  // A file whose first line is no JSON by itself was meant to be one document.
  if (!first || !('report' in parsed(first.line))) return [{ file, ...whole }];
  return filled.map(({ line, number }) => ({ file, line: number, ...parsed(line) }));
}

async function readBytes(file: string): Promise<Buffer> {
  return file === '-' ? buffer(process.stdin) : readFile(file);
}

function parsed(text: string): { readonly report: unknown } | { readonly unreadable: Words } {
  try {
    return { report: JSON.parse(text) as unknown };
  } catch {
    return { unreadable: whyNotJson(text) };
  }
}

const cannotBeRead: Words = { 'zh-CN': '无法读取：{reason}', en: 'cannot be read: {reason}' };

function judging(rulebook: Rulebook, language: Language): (found: Found) => Outcome {
  const forms = [...rulebook.forms.values()];
  const validators = buildValidators(components(forms));
  return ({ file, line, ...found }) => {
    const place = { file, ...(line !== undefined && { line }) };
    if ('unreadable' in found) {
      return { ...place, problem: { detail: fill(cannotBeRead, language, { reason: found.unreadable }) } };
    }
    try {
      return { ...place, check: checkOf(rulebook, readReport(forms, validators, found.report), language).answer };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { ...place, problem: problemInWords(error, language) };
    }
  };
}

function printJson(outcome: Outcome): void {
  console.log(JSON.stringify(outcome));
}

/** Colours where somebody looks at them; `styleText` itself asks the terminal. */
function printText(language: Language): (outcome: Outcome) => void {
  const style: Style = (format, text) => styleText(format, text, { stream: process.stdout });
  return (outcome) => {
    const place = outcome.line === undefined ? outcome.file : `${outcome.file}:${outcome.line}`;
    if ('check' in outcome) for (const line of checkAsLines(place, outcome.check, language, style)) console.log(line);
    else {
      const { detail, errors = [] } = outcome.problem;
      console.error(`${place}: ${style('red', detail)}`);
      for (const fault of errors) console.error(`    ${fault.pointer || '/'}: ${fault.detail}`);
    }
  };
}

/** 2 where something was no report, else 1 where a report has errors; a blank is one. */
function exitStatus(outcomes: readonly Outcome[]): number {
  if (outcomes.some((outcome) => 'problem' in outcome)) return 2;
  return outcomes.some((outcome) => 'check' in outcome && outcome.check.verdict !== 'consistent') ? 1 : 0;
}
