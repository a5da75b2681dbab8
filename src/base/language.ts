/** The languages that documents may be written in, as BCP 47 tags. */

export const Languages = ['en', 'de', 'fr', 'es', 'zh', 'ja', 'pt', 'it', 'nl', 'pl', 'ru', 'ko'] as const
export type Language = (typeof Languages)[number]

/** What is written in unless a job says otherwise. */
export const DEFAULT_LANGUAGE: Language = 'en'
