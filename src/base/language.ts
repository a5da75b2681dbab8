/** The languages in which documents can be written, as BCP 47 tags. */

export const Languages = ['en', 'de', 'fr', 'es', 'zh', 'ja', 'pt', 'it', 'nl', 'pl', 'ru', 'ko'] as const
export type Language = (typeof Languages)[number]

export const DEFAULT_LANGUAGE: Language = 'en'

/** Languages that the fixed texts of pages are translated to; in all other languages, these texts are English. */
const WITH_TEXTS: ReadonlySet<string> = new Set<Language>([DEFAULT_LANGUAGE, 'de', 'fr', 'es', 'zh'])

/** Whether the fixed texts of pages are translated to this language. */
export function hasTexts(tag: string): boolean {
  return WITH_TEXTS.has(tag)
}
