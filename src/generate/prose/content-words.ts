/** Finds the content words of a sentence, to compare it with code. Pure, for any language. */

import { LRUCache } from 'lru-cache'

/** Stop words of three letters and more, one language per line; the first line has the three-letter words of all languages. */
const STOP_WORDS = new Set(
  [
    'and the for use not all its are can you our via new any per one two but und der die das mit von für les des aux una los las del por con',
    'that this these those with from into onto have been being were which when where what will would more also than then them they their there here each every other others only such some does done used uses using because between before after about must should could cannot both same very much many most just like over under while without within whether since itself your make makes made gives take takes well still thing things instead rather',
    'dies diese dieser dieses diesem diesen wird werden wurde haben sein sind eine einer eines einem einen oder aber auch nicht noch schon wenn dann dass damit durch über unter nach zwischen alle alles jede jeder jedes kann können muss müssen soll sollte mehr sehr sich ihre ihrer seine seiner welche welcher dabei dafür hier dort ohne gegen beim',
    'cette dans pour avec sans sont être avoir plus elle elles leur leurs mais comme quand dont aussi tout toute tous toutes entre après avant chaque peut peuvent doit doivent fait cela cette même ainsi vers chez',
    'esta este estos estas para como pero más cuando donde también todo toda todos todas entre desde hasta cada puede pueden debe deben tiene tienen sobre otro otra otros otras mismo misma porque sino',
    'questo questa questi queste della delle degli dello dalla nella nelle sono essere avere anche quando dove ogni tutto tutti tutte tutta come però dopo prima può possono deve devono altro altra altri altre',
    'isto esse essa pelo pela pelos pelas quando onde também todo toda todos todas entre desde cada pode podem deve devem outro outra outros outras mesmo mesma porque',
    'deze door voor naar over onder tussen zijn worden werd heeft hebben maar ook niet alle elke iedere wordt kunnen moet moeten andere omdat zodat waar wanneer',
  ].flatMap((words) => words.split(' ')),
)
const WORD = /[\p{L}\p{M}]+/gu
/** Scripts without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const MIN_LETTERS = 4
/** Limit on the letters of a stem, so that the forms of long words share one. */
const STEM_LETTERS = 6
/** Endings of verbs and nouns, after a final `s`: `copied`, `routing`, `router`. What remains has at least three letters. */
const ENDING = /(?<=.{3})(?:ied|ie|ing|er|ed|en|e|y)$/
/** Longer words are cut before their endings are removed. */
const MAX_WORD_LETTERS = 40
/** So a sentence with a single content word is never supported by its words alone. */
const MIN_SHARED = 2
/** Minimum share of a sentence's words that must occur in the lines. */
const MIN_SHARE = 1 / 2

const SEGMENTS = new Intl.Segmenter('zh', { granularity: 'word' })
/** Limit on the letters of such scripts that are segmented in one text, which takes ten microseconds each. */
const MAX_SEGMENTED = 4_000
/** Stems keyed by text, cached because the same lines are cited repeatedly. */
const known = new LRUCache<string, ReadonlySet<string>>({ max: 64 })
/** Limit on the characters of a cached text. */
const MAX_KEPT = 20_000

/**
 * The stems of content words, without duplicates.
 *
 * @param minLetters - Minimum length of a content word.
 */
export function contentStems(text: string, minLetters = MIN_LETTERS): ReadonlySet<string> {
  if (text.length > MAX_KEPT) return stemsOf(text, minLetters)
  const key = `${minLetters} ${text}`
  const found = known.get(key) ?? stemsOf(text, minLetters)
  known.set(key, found)
  return found
}

function stemsOf(text: string, minLetters: number): ReadonlySet<string> {
  const stems = new Set<string>()
  let room = MAX_SEGMENTED
  // Splits `searchTree` and `parseJSONFile`; `SEARCH_TREE` is split by `_`.
  for (const [word] of text.replace(/(\p{Ll})(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1$2 ').matchAll(WORD)) {
    if (UNSPACED.test(word)) {
      for (const { segment, isWordLike } of SEGMENTS.segment(word.slice(0, room)))
        if (isWordLike && segment.length > 1) stems.add(segment)
      room = Math.max(0, room - word.length)
      continue
    }
    const lower = word.toLowerCase()
    if (lower.length >= minLetters && !STOP_WORDS.has(lower)) stems.add(stemOf(lower))
  }
  return stems
}

/** The part that forms of a word share: `send` and `sends`, `copy` and `copies`, `stop` and `stopped`, `filter` and `filtering`. */
function stemOf(word: string): string {
  let stem = word.slice(0, MAX_WORD_LETTERS).replace(/(?<=[^s])s$/, '')
  for (let shorter = stem.replace(ENDING, ''); shorter !== stem; shorter = stem.replace(ENDING, '')) stem = shorter
  return stem.replace(/([b-df-hj-np-tv-z])\1$/, '$1').slice(0, STEM_LETTERS)
}

/** Whether at least two words, and at least half of all, occur in these lines. */
export function sharesWords(sentence: ReadonlySet<string>, lines: ReadonlySet<string>): boolean {
  const shared = [...sentence].filter((stem) => lines.has(stem)).length
  return shared >= MIN_SHARED && shared >= sentence.size * MIN_SHARE
}
