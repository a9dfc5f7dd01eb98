/** The languages the service answers in; zh-CN is the default, en by `Accept-Language`. */
export const languages = ['zh-CN', 'en'] as const;

export type Language = (typeof languages)[number];

/** A text in every language the service speaks. */
export type Words = Readonly<Record<Language, string>>;

/** What a template's `{name}` placeholders are filled with; `Words` follow the language asked for. */
export type Params = Readonly<Record<string, string | number | Words>>;

/** Fills the `{name}` placeholders of a template; a name that is not given stays as it is, so that a slip shows. */
export function fill(template: Words, language: Language, params: Params = {}): string {
  return template[language].replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = params[name];
    if (value === undefined) return placeholder;
    return typeof value === 'object' ? value[language] : String(value);
  });
}

/** Joins names the way each language does. */
function listed(names: readonly string[], language: Language): string {
  return names.join(language === 'zh-CN' ? '、' : ', ');
}

/** Names one after the other, the way each language does. */
export function enumerated(names: readonly Words[]): Words {
  const inLanguage = (language: Language) =>
    listed(
      names.map((name) => name[language]),
      language,
    );
  return { 'zh-CN': inLanguage('zh-CN') || '无', en: inLanguage('en') || 'nothing' };
}

/** How many names a sentence lists before it only counts the rest. */
const namesInSentence = 3;

/** Names as a sentence lists them: the first few, then how many there are. */
export function someOf(names: readonly string[], language: Language): string {
  const shown = listed(names.slice(0, namesInSentence), language);
  if (names.length <= namesInSentence) return shown;
  return language === 'zh-CN' ? `${shown}等` : `${shown} and ${names.length - namesInSentence} more`;
}
