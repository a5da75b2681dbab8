/** Detects the language of a text, and checks whether it is the requested one. */

import { francAll } from 'franc-min'

/** The detector's codes (ISO 639-3), keyed by BCP-47 tag. */
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
/** Scripts that identify a language without the detector. */
const KANA = /[\u3040-\u30ff]/g
const HAN = /[\u3400-\u9fff]/g
const HANGUL = /[\uac00-\ud7af]/g
const CYRILLIC = /[\u0400-\u04ff]/g
const LATIN = /\p{Script=Latin}/gu
/** Cyrillic letters that Russian does not have; more than this share of them shows another language, less may be a name. */
const NOT_RUSSIAN = /[\u0400\u0402-\u040f\u0450\u0452-\u04ff]/g
const MAX_NOT_RUSSIAN = 0.03
/** Minimum number of letters for a decision; fewer suffice if the script decides. */
const MIN_LETTERS = 100
const MIN_LETTERS_OF_SCRIPT = 6
/** Minimum share of the best language's score. Related languages such as Spanish and Portuguese score almost the same. */
const CLOSE = 0.85

/** @returns True also for text that is too short for a decision, and for unknown languages. */
export function isIn(language: string, text: string): boolean {
  const code = CODES[language]
  if (code === undefined) return true
  const count = (form: RegExp): number => text.match(form)?.length ?? 0
  const [kana, han, hangul, cyrillic, latin] = [KANA, HAN, HANGUL, CYRILLIC, LATIN].map(count) as Counts
  const letters = kana + han + hangul + cyrillic + latin
  if (letters < MIN_LETTERS_OF_SCRIPT) return true
  if (language === 'ja') return kana > letters / 10
  if (language === 'zh') return han > letters / 2 && kana < letters / 20
  if (language === 'ko') return hangul > letters / 3
  if (language === 'ru') return cyrillic > letters / 2 && count(NOT_RUSSIAN) <= cyrillic * MAX_NOT_RUSSIAN
  if (latin < letters / 2) return false
  if (letters < MIN_LETTERS) return true
  const scores = francAll(text.slice(0, 4_000), { only: Object.values(CODES), minLength: 10 })
  const own = scores.find(([each]) => each === code)?.[1] ?? 0
  return own >= CLOSE
}

/** Minimum number of Latin letters for a detection. */
const MIN_LATIN_LETTERS = 40
const LATIN_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl']

/** @returns The language of a text, BCP-47; `undefined` if the text does not show it. */
export function languageOf(text: string): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters < MIN_LETTERS_OF_SCRIPT) return undefined
  const byScript = ['ja', 'zh', 'ko', 'ru'].find((language) => isIn(language, text))
  if (byScript !== undefined || letters < MIN_LATIN_LETTERS) return byScript
  const only = LATIN_LANGUAGES.flatMap((language) => CODES[language] ?? [])
  const [[code = '', best = 0] = [], [, second = 0] = []] = francAll(text.slice(0, 4_000), { only, minLength: 10 })
  return second < best * CLOSE ? LATIN_LANGUAGES.find((language) => CODES[language] === code) : undefined
}

type Counts = [kana: number, han: number, hangul: number, cyrillic: number, latin: number]
