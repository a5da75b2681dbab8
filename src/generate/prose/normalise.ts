/** One reading of a text for every check of it: letters that look alike, split and spaced words read as what they say. */

/** What nobody sees: joiners, fillers, tags, selectors. Words could hide in it, and names be cut by it. */
export const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu
/** Chinese is written without spaces: a word could be cut by one. */
const HAN_GAP = /(?<=\p{Script=Han})[ ·.*_-](?=\p{Script=Han})/gu
/** Lines through a letter; accents that languages write are one letter with it by now. */
const STROKES = /(?<=\p{Script=Latin})\p{M}{1,8}/gu
/** Latin letters with accents that no language of ours has: `ṃ`. */
const ODD_ACCENTS = /[\u01cd-\u024f\u1e00-\u1eff]/g
/** Accents that a word of English can be given without looking like another one; an umlaut makes another one. */
const ACCENTS = /[àáâèéêìíîòóôùúû]/giu
const CUT_WORD = /(?<=\p{L})(?:[-\u2010-\u2015_·.*'’]|- )(?=\p{L})/gu
const SPELLED_WORD = /(?<!\p{L})(?:\p{L}[ .·_*-]){2,40}\p{L}(?!\p{L})/gu
const DIGIT_IN_WORD = /(?<=\p{L})[013457@$]|[013457@$](?=\p{L})/gu
const LETTER_OF: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's' }

/** NFKC, without what is not seen, one space between words and none between characters of Chinese. */
export function normalised(text: string): string {
  return text.normalize('NFKC').replace(UNSEEN, '').replace(/\s+/g, ' ').replace(HAN_GAP, '')
}

/** All that a text may be read as: as it is, with split words joined, spelled words written together, digits as letters. */
export function readingsOf(text: string): string[] {
  const plain = normalised(text)
    .replace(ODD_ACCENTS, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))
    .replace(STROKES, '')
  const joined = plain.replace(CUT_WORD, '')
  const spelled = plain.replace(SPELLED_WORD, (letters) => letters.replace(/[ .·_*-]/g, ''))
  const lettered = plain.replace(DIGIT_IN_WORD, (sign) => LETTER_OF[sign] ?? sign)
  const withL = plain.replace(DIGIT_IN_WORD, (sign) => (sign === '1' ? 'l' : (LETTER_OF[sign] ?? sign)))
  const bare = plain.replace(ACCENTS, (letter) => letter.normalize('NFD').charAt(0)).replaceAll('vv', 'w')
  return [...new Set([plain, bare, joined, spelled, lettered, withL, lettered.replace(CUT_WORD, '')])]
}

const WORD = /[\p{L}\p{M}]{2,}/gu
/** Scripts that are written beside Latin words without a space. */
const JOINS_LATIN =
  /[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Common}\p{Script=Inherited}]/gu
/** Letters of phonetics, and small capitals: they look like others and are none of a language. */
const PHONETIC = /[\u0250-\u02af\u1d00-\u1dbf\ua730-\ua7ff]/u
/** `µs`, `Δt`: a sign before a unit or a name, which looks like no Latin letter. */
const GREEK_SIGN = /^[δΔλΛμπΠΣσφΦψΨΩωθΘ](?=\p{Script=Latin})/u

/** @returns A word of letters of several scripts that only look alike, if the text has one. */
export function mixedWordIn(text: string): string | undefined {
  for (const [word] of text.normalize('NFKC').replace(UNSEEN, '').matchAll(WORD)) {
    if (PHONETIC.test(word)) return word
    if (/\p{Script=Latin}/u.test(word) && word.replace(GREEK_SIGN, '').replace(JOINS_LATIN, '') !== '') return word
  }
  return undefined
}
