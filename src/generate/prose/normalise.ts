/** Normalises text for all checks: look-alike letters, split words and spaced words are read as people read them. */

import { normalise } from '#base/unicode-forms.ts'

/** Invisible characters: joiners, fillers, tags, selectors. They could hide words or split names. */
export const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu
/** Chinese has no spaces, so one could split a word. */
const HAN_GAP = /(?<=\p{Script=Han})[ ·.*_-](?=\p{Script=Han})/gu
/** Combining marks; after NFKC the accents that languages use are part of the letter. */
const STROKES = /(?<=\p{Script=Latin})\p{M}{1,8}/gu
/** Accented Latin letters that no supported language uses: `ṃ`. */
const ODD_ACCENTS = /[\u01cd-\u024f\u1e00-\u1eff]/g
/** Accents that leave an English word readable; an umlaut does not. */
const ACCENTS = /[àáâèéêìíîòóôùúû]/giu
const CUT_WORD = /(?<=\p{L})(?:[-\u2010-\u2015_·.*'’]|- )(?=\p{L})/gu
const SPELLED_WORD = /(?<!\p{L})(?:\p{L}[ .·_*-]){2,40}\p{L}(?!\p{L})/gu
const DIGIT_IN_WORD = /(?<=\p{L})[013457@$]|[013457@$](?=\p{L})/gu
const LETTER_OF: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's' }

/** NFKC without invisible characters, with single spaces between words and none between Chinese characters. */
export function normalised(text: string): string {
  return normalise(text, 'NFKC').replace(UNSEEN, '').replace(/\s+/g, ' ').replace(HAN_GAP, '')
}

/** All possible readings: as written, with split words joined, spaced words closed up, digits as letters. */
export function readingsOf(text: string): string[] {
  const plain = normalised(text)
    .replace(ODD_ACCENTS, (letter) => normalise(letter, 'NFD').replace(/\p{M}/gu, ''))
    .replace(STROKES, '')
  const joined = plain.replace(CUT_WORD, '')
  const spelled = plain.replace(SPELLED_WORD, (letters) => letters.replace(/[ .·_*-]/g, ''))
  const lettered = plain.replace(DIGIT_IN_WORD, (character) => LETTER_OF[character] ?? character)
  const withL = plain.replace(DIGIT_IN_WORD, (one) => (one === '1' ? 'l' : (LETTER_OF[one] ?? one)))
  const bare = plain.replace(ACCENTS, (letter) => normalise(letter, 'NFD').charAt(0)).replaceAll('vv', 'w')
  return [...new Set([plain, bare, joined, spelled, lettered, withL, lettered.replace(CUT_WORD, '')])]
}

const WORD = /[\p{L}\p{M}]{2,}/gu
/** Scripts that are written next to Latin words without a space. */
const JOINS_LATIN =
  /[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Common}\p{Script=Inherited}]/gu
/** Phonetic letters and small capitals: they look like others and belong to no language. */
const PHONETIC = /[\u0250-\u02af\u1d00-\u1dbf\ua730-\ua7ff]/u
/** `µs`, `Δt`: a Greek symbol before a unit or a name, which does not resemble a Latin letter. */
const GREEK_SIGN = /^[δΔλΛμπΠΣσφΦψΨΩωθΘ](?=\p{Script=Latin})/u

/** @returns A word that mixes letters of scripts that look alike, if there is one. */
export function mixedWordIn(text: string): string | undefined {
  for (const [word] of normalise(text, 'NFKC').replace(UNSEEN, '').matchAll(WORD)) {
    if (PHONETIC.test(word)) return word
    if (/\p{Script=Latin}/u.test(word) && word.replace(GREEK_SIGN, '').replace(JOINS_LATIN, '') !== '') return word
  }
  return undefined
}
