import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import type { Actor } from '../domain/event.ts';
import { languages, type Language } from '../domain/language.ts';
import { Problem, problemInWords } from '../domain/problem.ts';
import { documentPool } from '../documents/pool.ts';
import {
  importDocuments,
  type ImportOptions,
  type ImportOutcome,
  type ReadDocument,
} from '../operations/import-documents.ts';
import { buildService, type Rulebook } from '../operations/service.ts';
import { components } from '../schemas/components.ts';
import { contentFaults } from '../schemas/import.ts';
import { buildValidators } from '../schemas/validation.ts';
import { openStore } from '../sqlite/store.ts';
import { filesIn, openFiles } from './import-files.ts';
import { asTable, summaryOf, type ImportSummary } from './import-summary.ts';
import { showProgress } from './progress.ts';
import { usage } from './usage.ts';

interface Options extends ImportOptions {
  readonly paths: readonly string[];
  readonly language: Language;
  readonly format: string;
}

/** Whoever imports from the command line has the file itself and no key: what the revisions are put down to. */
const by: Actor = { keyId: 'cli', role: 'admin' };

/**
 * The `import` command: the same as POST /v1/imports on files and folders. Agencies and years are those of the database
 * where there is one. Exit status 1 where a report has errors, a figure could not be read or a document was left, 2
 * where one could not be read at all.
 */
export async function runImport(rulebook: Rulebook, config: Config, args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (!options) return;
  const files = await filesIn(options.paths, options.language);
  if (files.length !== 1 && (options.agencyId ?? options.year) !== undefined) return usage(false);
  const store = openStore(options.commit || existsSync(config.NIANBAO_DB) ? config.NIANBAO_DB : ':memory:');
  const pool = documentPool();
  try {
    const faultsOf = contentFaults(buildValidators(components([...rulebook.forms.values()])));
    // Folders are no part of a document's title.
    const read: ReadDocument = (file) => pool.read({ ...file, name: basename(file.name) });
    const importing = { ...options, read, ahead: pool.threads, faultsOf, by };
    const service = buildService(rulebook, store, () => new Date());
    const opened = openFiles(files, config.IMPORT_LIMIT, options.language);
    await tell(importDocuments(service, importing, opened), files.length, options);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`nianbao: ${problemInWords(error, options.language).detail}\n`);
    process.exitCode = 2;
  } finally {
    await pool.close();
    await store.close();
  }
}

/** What was asked for; `undefined` where that cannot be understood, which has been said. */
function readOptions(args: readonly string[]): Options | undefined {
  try {
    const { positionals: paths, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        commit: { type: 'boolean', default: false },
        'blanks-are-zero': { type: 'boolean', default: false },
        agency: { type: 'string' },
        year: { type: 'string' },
        format: { type: 'string', default: 'text' },
        language: { type: 'string', default: languages[0] },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { agency, year, format, commit } = values;
    const language = languages.find((known) => known === values.language);
    const understood = ['text', 'json'].includes(format) && /^\d{4}$/.test(year ?? '2000');
    if (!values.help && paths.length > 0 && language && understood) {
      const said = {
        ...(agency !== undefined && { agencyId: agency }),
        ...(year !== undefined && { year: Number(year) }),
      };
      return { paths, commit, blanksAreZero: values['blanks-are-zero'], ...said, format, language };
    }
    usage(values.help);
  } catch {
    usage(false);
  }
  return undefined;
}

/** Tells of the documents: each as it comes as JSON, else all in a table. */
async function tell(
  outcomes: AsyncIterable<ImportOutcome>,
  count: number,
  { format, language }: Options,
): Promise<void> {
  const progress = showProgress(process.stderr, count);
  const summaries: ImportSummary[] = [];
  for await (const outcome of outcomes) {
    progress.step();
    if (format === 'json') console.log(JSON.stringify(asJson(outcome, language)));
    summaries.push(summaryOf(outcome, language));
  }
  progress.end();
  if (format === 'text' && summaries.length > 0) for (const line of asTable(summaries, language)) console.log(line);
  process.exitCode = Math.max(Number(process.exitCode ?? 0), ...summaries.map(({ status }) => status));
}

function asJson(outcome: ImportOutcome, language: Language): unknown {
  if (!('problem' in outcome)) return outcome;
  const { problem, reason, ...rest } = outcome;
  return {
    ...rest,
    problem: { code: problem.code, ...problemInWords(problem, language), ...(reason !== undefined && { reason }) },
  };
}
