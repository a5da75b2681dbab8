/** The languages in which documents can be written, as BCP 47 tags. */

export const Languages = ['en', 'de', 'fr', 'es', 'zh', 'ja', 'pt', 'it', 'nl', 'pl', 'ru', 'ko'] as const
export type Language = (typeof Languages)[number]

export const DEFAULT_LANGUAGE: Language = 'en'

/** Languages with translated page texts; in all others, these texts are English. */
const WITH_TEXTS: ReadonlySet<string> = new Set<Language>([DEFAULT_LANGUAGE, 'de', 'fr', 'es', 'zh'])

/** Whether page texts are translated to this language. */
export function hasTexts(tag: string): boolean {
  return WITH_TEXTS.has(tag)
}
