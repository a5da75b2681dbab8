/** Whether a text is in the language that was asked for. */

import { francAll } from 'franc-min'

/** By BCP-47 tag: the code that the detector uses (ISO 639-3). */
const CODES: Readonly<Record<string, string>> = {
  en: 'eng',
  de: 'deu',
  fr: 'fra',
  es: 'spa',
  it: 'ita',
  pt: 'por',
  nl: 'nld',
  pl: 'pol',
  ru: 'rus',
  zh: 'cmn',
  ja: 'jpn',
  ko: 'kor',
}
/** Characters of which something can be said: fewer where each is a word or a syllable. */
const MIN_CHARS = 100
const MIN_CHARS_WIDE = 25
/** Of the best language's score; below, it is another one. Neighbours such as Spanish and Portuguese are that close. */
const CLOSE = 0.85

/** @returns True also for a text that is too short to tell, and for a language that the detector does not know. */
export function isIn(language: string, text: string): boolean {
  const code = CODES[language]
  const isWide = /^(?:zh|ja|ko)$/.test(language) || /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(text)
  if (code === undefined || text.length < (isWide ? MIN_CHARS_WIDE : MIN_CHARS)) return true
  const scores = francAll(text.slice(0, 4_000), { only: Object.values(CODES), minLength: 10 })
  const own = scores.find(([each]) => each === code)?.[1] ?? 0
  return own >= CLOSE
}
