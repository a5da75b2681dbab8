/** The languages that documents may be written in. */

export interface Language {
  /** BCP 47. */
  tag: string
  /** What its speakers call it. */
  name: string
}

/** The language of documents for which none is asked. */
export const DEFAULT_LANGUAGE = 'en'

export const LANGUAGES: readonly Language[] = [
  { tag: DEFAULT_LANGUAGE, name: 'English' },
  { tag: 'de', name: 'Deutsch' },
  { tag: 'fr', name: 'Français' },
  { tag: 'es', name: 'Español' },
  { tag: 'zh', name: '中文' },
  { tag: 'ja', name: '日本語' },
  { tag: 'pt', name: 'Português' },
  { tag: 'it', name: 'Italiano' },
  { tag: 'nl', name: 'Nederlands' },
  { tag: 'pl', name: 'Polski' },
  { tag: 'ru', name: 'Русский' },
  { tag: 'ko', name: '한국어' },
]

/** Those that the sentences of pages are written in; in the others they are English. */
const WITH_TEXTS: ReadonlySet<string> = new Set([DEFAULT_LANGUAGE, 'de', 'fr', 'es', 'zh'])

/** Whether documents may be written in it. @param tag - As it stands in `LANGUAGES`. */
export function isLanguage(tag: string): boolean {
  return LANGUAGES.some((language) => language.tag === tag)
}

/** Whether what pages say without a model is said in this language, and not in English. */
export function hasTexts(tag: string): boolean {
  return WITH_TEXTS.has(tag)
}
