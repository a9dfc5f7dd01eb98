import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { endInChina } from '../domain/calendar.ts';
import type { Order } from '../domain/event.ts';
import type { KeyInput } from '../domain/key.ts';
import { fill, languages, type Language, type Params, type Words } from '../domain/language.ts';
import { Problem, problemInWords } from '../domain/problem.ts';
import type { IssuedKey } from '../operations/change-key.ts';
import { createKey } from '../operations/create-key.ts';
import { deleteKey } from '../operations/delete-key.ts';
import { rotateKey } from '../operations/rotate-key.ts';
import { buildService, type Rulebook, type Service } from '../operations/service.ts';
import { components } from '../schemas/components.ts';
import { buildValidators, validateBody } from '../schemas/validation.ts';
import { DatabaseRefused } from '../sqlite/open.ts';
import { openStore } from '../sqlite/store.ts';
import { listKeys } from './key-list.ts';
import { usage } from './usage.ts';

/** What was asked for: a key to issue, or something with keys that are there. */
type Asked = { readonly language: Language } & (
  | { readonly act: 'create'; readonly input: unknown }
  | { readonly act: 'list' }
  | { readonly act: 'rotate'; readonly id: string; readonly oldValidUntil?: string }
  | { readonly act: 'revoke'; readonly id: string }
);

/**
 * The `keys` command: the same as /v1/keys, on the database file, also while the service runs. A secret goes to standard
 * output and nothing else does, so that it can be handed on. Exit status 2 where something is refused.
 *
 * @throws DatabaseRefused where there is no database: a key in a new one would open nothing.
 */
export async function runKeys(rulebook: Rulebook, config: Config, args: readonly string[]): Promise<void> {
  const asked = readOptions(args);
  if (!asked) return;
  const file = config.NIANBAO_DB;
  if (!existsSync(file))
    throw new DatabaseRefused(`There is no database ${file}. Set NIANBAO_DB, or start the service once.`);
  const store = openStore(file);
  try {
    await carryOut(
      buildService(rulebook, store, () => new Date()),
      asked,
    );
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    tellProblem(error, asked.language);
    process.exitCode = 2;
  } finally {
    await store.close();
  }
}

/** What was asked for; `undefined` where that cannot be understood, which has been said. */
function readOptions(args: readonly string[]): Asked | undefined {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        role: { type: 'string' },
        agency: { type: 'string' },
        name: { type: 'string' },
        expires: { type: 'string' },
        id: { type: 'string' },
        'old-valid-until': { type: 'string' },
        language: { type: 'string', default: languages[0] },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { language: named, help, ...said } = values;
    const language = languages.find((known) => known === named);
    const asked = help ? undefined : askedFor(positionals, said);
    if (asked && language) return { ...asked, language };
    usage(help);
  } catch {
    usage(false);
  }
  return undefined;
}

type Said = Readonly<Partial<Record<'role' | 'agency' | 'name' | 'expires' | 'id' | 'old-valid-until', string>>>;

function askedFor([act, id, ...more]: readonly string[], said: Said) {
  const { 'old-valid-until': until, ...input } = said;
  const bare = Object.values(input).length === 0;
  if (act === 'create' && id === undefined && until === undefined) return { act, input: inputFrom(input) } as const;
  if (!bare || more.length > 0) return undefined;
  if (act === 'rotate' && id !== undefined)
    return { act, id, ...(until !== undefined && { oldValidUntil: momentOf(until) }) } as const;
  if (until !== undefined) return undefined;
  if (act === 'revoke' && id !== undefined) return { act, id } as const;
  return act === 'list' && id === undefined ? ({ act } as const) : undefined;
}

/** What the API would be sent; a day is that day to its end in China. */
function inputFrom({ agency: agencyId, expires, ...rest }: Omit<Said, 'old-valid-until'>): unknown {
  const expiresAt = expires === undefined ? undefined : momentOf(expires);
  return { ...rest, ...(agencyId !== undefined && { agencyId }), ...(expiresAt !== undefined && { expiresAt }) };
}

/** A time as it is, a day to its end in China. */
function momentOf(said: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(said) ? endInChina(said) : said;
}

/** Whoever has the file itself needs no key. */
function orderTo(act: string): Order {
  return { act, by: { keyId: 'cli', role: 'admin' } };
}

/** @throws Problem `request-invalid`, as the API would be. */
function holdTo({ forms }: Service, component: string, body: unknown): void {
  validateBody(buildValidators(components([...forms.values()])).component(component), body);
}

async function carryOut(service: Service, asked: Asked): Promise<void> {
  const { language } = asked;
  if (asked.act === 'list') return listKeys(service, language);
  if (asked.act === 'create') {
    holdTo(service, 'KeyInput', asked.input);
    return showSecret(await createKey(service, orderTo('createKey'), asked.input as KeyInput), issued, language);
  }
  const write = { id: asked.id, conditions: {} };
  if (asked.act === 'rotate') {
    const { oldValidUntil } = asked;
    const input = oldValidUntil === undefined ? {} : { oldValidUntil };
    holdTo(service, 'KeyRotation', input);
    const { resource } = await rotateKey(service, { ...write, ...orderTo('rotateKey') }, input);
    return showSecret(resource, rotated, language);
  }
  const { outcome } = await deleteKey(service, { ...write, ...orderTo('deleteKey') });
  tell(outcome === 'unchanged' ? wasRevoked : revoked, language, { id: asked.id });
}

function showSecret({ key: secret, id, role, secrets: [, old] }: IssuedKey, words: Words, language: Language): void {
  tell(words, language, { id, role, until: old?.expiresAt ?? '-' });
  process.stdout.write(`${secret}\n`);
}

function tell(words: Words, language: Language, params: Params): void {
  process.stderr.write(`nianbao: ${fill(words, language, params)}\n`);
}

function tellProblem(problem: Problem, language: Language): void {
  const { detail, errors = [], hint } = problemInWords(problem, language);
  process.stderr.write(`nianbao: ${detail}\n`);
  for (const fault of errors) process.stderr.write(`    ${fault.pointer || '/'}: ${fault.detail}\n`);
  if (hint !== undefined) process.stderr.write(`    ${hint}\n`);
}

const issued = {
  'zh-CN': '已发放密钥“{id}”（{role}）；密文只显示这一次，请妥善保存。',
  en: 'Issued the key “{id}” ({role}); the secret is shown this once, keep it safe.',
};
const rotated = {
  'zh-CN': '密钥“{id}”有了新的密文，只显示这一次；原来的有效至 {until}。',
  en: 'The key “{id}” has a new secret, shown this once; the one before works until {until}.',
};
const revoked = { 'zh-CN': '已撤销密钥“{id}”。', en: 'Revoked the key “{id}”.' };
const wasRevoked = { 'zh-CN': '密钥“{id}”先前已撤销。', en: 'The key “{id}” was revoked before.' };
