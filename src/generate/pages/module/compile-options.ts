/** Lists C and C++ macros with a default inside their own `#ifndef`, which can be set when compiling. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import type { Draft } from '#generate/pages/draft.ts'
import { placeMembers } from '#generate/pages/entry/place-members.ts'
import { quoted } from '#generate/pages/quoted.ts'
import { docSentence, type Writing } from '#generate/pages/writing.ts'
import { code, heading, type Inline, table } from '#markdown/build.ts'

/** A single option has an ordinary entry. */
const MIN_OPTIONS = 2
const MAX_OPTIONS = 200

/** The options among the top-level definitions of a file, with their defaults; empty if there are too few for a table. */
export function compileOptions(tops: readonly Component[]): ReadonlyMap<Component, string> {
  const found = new Map<Component, string>()
  for (const component of tops) {
    const value = component.default
    if (value !== undefined && found.size < MAX_OPTIONS) found.set(component, value)
  }
  return found.size < MIN_OPTIONS ? new Map() : found
}

export function writeCompileOptions(
  writing: Writing,
  draft: Draft,
  options: ReadonlyMap<Component, string>,
  depth: 2 | 3,
): void {
  if (options.size === 0) return
  const { sources, texts } = writing
  const home = heading(depth, texts.file.compileOptions)
  const rows = [...options].map(([component, value]): Inline[][] => [
    sources.definition(component, code(component.name)),
    [quoted(value)],
    docSentence(component.doc, true) ?? [],
  ])
  const hasWords = rows.some(([, , words]) => (words?.length ?? 0) > 0)
  const heads = texts.file.optionHeads
  const blocks: RootContent[] = [
    home,
    table(hasWords ? [...heads] : heads.slice(0, 2), hasWords ? rows : rows.map((row) => row.slice(0, 2))),
  ]
  append(draft.blocks, blocks)
  for (const component of options.keys()) placeMembers(writing, draft, component, home)
}
