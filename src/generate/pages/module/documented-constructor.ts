/** Finds the constructor whose comment describes its class. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { docSentence } from '#generate/pages/writing.ts'
import { paragraph, plainText } from '#markdown/build.ts'

const CONSTRUCTOR = /^(?:constructor|initialize|__construct|__init__)$/
/** Words that the comment of every constructor may have. */
const EMPTY =
  /^(?:an?|and|by|class|constructors?|constructs?|creates?|default|for|from|given|initiali[sz]ers?|initiali[sz]es?|instances?|instantiates?|makes?|new|object|of|our|passed|provided|returns?|self|sets?|specified|supplied|the|this|to|up|using|with)$/i
/** Matches what only the call does or takes: `Takes an array of plans`, `Constructs a plan node`. */
const OF_CALL =
  /^(?:accepts?|assigns?|calls?|constructs?|copy\b|creates?|expects?|initiali[sz]es?|receives?|requires?|saves?|sets?|stores?|takes?)\b/i
/** Minimum number of words that say something. */
const MIN_WORDS = 2

/** `undefined` if it has no comment, one about the call alone, `Creates a new plan.`, or about one of several constructors. */
export function documentedConstructor({ members }: RepoIndex, { id, kind, name }: Component): Component | undefined {
  if (kind !== 'class') return undefined
  const found = (members.get(id) ?? []).find((one) => CONSTRUCTOR.test(one.name) && one.doc !== null)
  // In Kotlin it is one of several: the first constructor has no comment of its own.
  if (found?.file.endsWith('.kt') === true) return undefined
  const sentence = found === undefined ? null : docSentence(found.doc)
  if (sentence === null) return undefined
  const text = plainText(paragraph(...sentence))
  if (OF_CALL.test(text)) return undefined
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? []
  const saying = words.filter((word) => !EMPTY.test(word) && word.toLowerCase() !== name.toLowerCase())
  return saying.length >= MIN_WORDS ? found : undefined
}
