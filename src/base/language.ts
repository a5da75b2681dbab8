/** The languages that documents may be written in, as BCP 47 tags. */

export const Languages = ['en', 'de', 'fr', 'es', 'zh', 'ja', 'pt', 'it', 'nl', 'pl', 'ru', 'ko'] as const
export type Language = (typeof Languages)[number]

/** What is written in unless a job says otherwise. */
export const DEFAULT_LANGUAGE: Language = 'en'

/** Those that the sentences of pages are written in; in the others they are English. */
const WITH_TEXTS: ReadonlySet<string> = new Set<Language>([DEFAULT_LANGUAGE, 'de', 'fr', 'es', 'zh'])

/** Whether what pages say without a model is said in this language, and not in English. */
export function hasTexts(tag: string): boolean {
  return WITH_TEXTS.has(tag)
}
