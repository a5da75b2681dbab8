/**
 * Determines whether uses of a definition may be unknown: files in languages that are not analysed, such as templates, name
 * it, or a property has its name.
 */

import type { Component } from '#generate/model.ts'
import { isCode, isExample, type RepoIndex } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** The languages that can use the definitions of a language. */
const USERS: Readonly<Record<string, readonly string[]>> = {
  c: ['cuda', 'cython', 'objective-c', 'objective-cpp', 'zig'],
  cpp: ['cuda', 'cython', 'objective-cpp'],
  csharp: ['fsharp', 'powershell', 'razor', 'visual-basic'],
  go: ['html'],
  java: ['clojure', 'groovy', 'jsp'],
  javascript: ['astro', 'coffeescript', 'ejs', 'livescript', 'marko'],
  kotlin: ['clojure', 'groovy'],
  php: ['blade', 'twig'],
  python: ['cython', 'html', 'jinja'],
  ruby: ['erb', 'haml', 'slim'],
  scala: ['clojure', 'groovy'],
  swift: ['objective-c', 'objective-cpp'],
  typescript: ['astro', 'coffeescript', 'ejs', 'livescript', 'marko'],
}
/** Brackets around the code of templates; everything else is text. Razor, Haml and Slim have none. */
const ERB = [['<%', '%>']] as const
const JINJA = [
  ['{{', '}}'],
  ['{%', '%}'],
] as const
const CODE_OF_TEMPLATES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  blade: [['{{', '}}'], ['{!!', '!!}'], ['@', '\n'], ...ERB],
  ejs: ERB,
  erb: ERB,
  html: JINJA,
  jinja: JINJA,
  jsp: [
    ['<%', '%>'],
    ['${', '}'],
  ],
  twig: JINJA,
}
/** Limits on the characters of one file, and of all files. */
const MAX_FILE = 200_000
const MAX_ALL = 4_000_000
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu

interface Words {
  code: Set<string>
  examples: Set<string>
}

const known = new WeakMap<Writing, ReadonlyMap<string, Words>>()

/** Whether code or examples in a language that is not analysed contain its name. */
export function isNamedUnread(writing: Writing, { name, file }: Component, where: keyof Words): boolean {
  const { language = '' } = writing.repo.files.get(file) ?? {}
  // As an attribute, `UsageAttribute` may be shortened to `Usage`.
  const names = language === 'csharp' ? [name, name.replace(/(?<=\w)Attribute$/, '')] : [name]
  return (USERS[language ?? ''] ?? []).some((user) => {
    const words = wordsIn(writing).get(user)?.[where]
    return words !== undefined && names.some((one) => words.has(one))
  })
}

/** The words of files in languages that are not analysed, keyed by language. */
function wordsIn(writing: Writing): ReadonlyMap<string, Words> {
  const found = known.get(writing)
  if (found !== undefined) return found
  const { analysis, inventory, repo } = writing
  const read = new Set(analysis.reports.filter(({ engine }) => engine !== 'listed').map(({ language }) => language))
  const unread = new Set(
    Object.values(USERS)
      .flat()
      .filter((language) => !read.has(language)),
  )
  const all = new Map<string, Words>()
  let left = MAX_ALL
  for (const file of inventory.files) {
    const { path, text, vendored } = file
    const language = path.endsWith('.blade.php') ? 'blade' : file.language
    if (left <= 0) break
    if (language === null || !unread.has(language) || text === null || vendored) continue
    const isShown = isExample(path, repo)
    if (!isShown && !isCode(file)) continue
    const words = all.get(language) ?? { code: new Set(), examples: new Set() }
    all.set(language, words)
    const part = text.slice(0, Math.min(MAX_FILE, left))
    left -= part.length
    for (const { 0: word } of codeIn(part, language).matchAll(WORD)) (isShown ? words.examples : words.code).add(word)
  }
  known.set(writing, all)
  return all
}

/** The code of a template; other text is all code. */
function codeIn(text: string, language: string): string {
  const brackets = CODE_OF_TEMPLATES[language]
  if (brackets === undefined) return text
  const parts: string[] = []
  for (const [open, close] of brackets)
    for (let start = text.indexOf(open); start >= 0; ) {
      const end = text.indexOf(close, start + open.length)
      if (end < 0) break
      parts.push(text.slice(start + open.length, end))
      start = text.indexOf(open, end + close.length)
    }
  return parts.join('\n')
}

const properties = new WeakMap<RepoIndex, ReadonlySet<string>>()

/** Whether a C# type has the name of a property, so that `Sentence.Create()` may be a call on the property's value. */
export function isNamedLikeProperty(repo: RepoIndex, { kind, name, file }: Component): boolean {
  if (!file.endsWith('.cs') || !TYPES.has(kind)) return false
  let names = properties.get(repo)
  if (names === undefined) {
    names = new Set(
      [...repo.components.values()].flatMap((one) =>
        one.kind === 'field' && one.file.endsWith('.cs') ? one.name : [],
      ),
    )
    properties.set(repo, names)
  }
  return names.has(name)
}
