/** What readers call a kind of component where its language has a word of its own for it. The graph keeps its plain kinds. */

import type { Component } from '#generate/model.ts'
import type { KindWord } from './texts/texts.ts'

/** `get event(): Event`, `static set size(value)`; in Python `property name: str`. */
const ACCESSOR = /^(?:(?:static|abstract|private|protected|readonly) )*(get|set|property) [\p{L}_$#[]/u

/** `getter`, `setter`, `property`, else the kind itself. */
export function kindWord({ kind, signature }: Pick<Component, 'kind' | 'signature'>): KindWord {
  if (kind !== 'field' && kind !== 'method') return kind
  const word = ACCESSOR.exec(signature)?.[1]
  return word === 'get' ? 'getter' : word === 'set' ? 'setter' : word === 'property' ? word : kind
}
