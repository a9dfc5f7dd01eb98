import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { languages, type Language } from '../domain/language.ts';

/** The language a request asks for; zh-CN where it asks for none we speak. */
export function languageOf({ headers }: Pick<FastifyRequest, 'headers'>): Language {
  if (headers['accept-language'] === undefined) return languages[0];
  return (new Negotiator({ headers }).language([...languages]) as Language | undefined) ?? languages[0];
}

/** A value as JSON in each language: every text in several languages has become the one. */
export function inLanguages(value: unknown): Readonly<Record<Language, string>> {
  const texts = languages.map((language) => [language, JSON.stringify(inLanguage(value, language))] as const);
  return Object.fromEntries(texts) as Record<Language, string>;
}

function inLanguage(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((item) => inLanguage(item, language));
  if (typeof value !== 'object' || value === null) return value;
  if (languages.every((known) => known in value)) return (value as Record<Language, unknown>)[language];
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, inLanguage(member, language)]));
}
