/**
 * Reads `.gitattributes` to find generated, vendored, documentation and unpublished files. Supports the patterns of
 * gitattributes(5).
 */

import { createMatcher, type PatternWork, segmentsOf } from './glob.ts'

/** The attributes of one path; `undefined` if not set. */
export interface LinguistAttributes {
  generated?: boolean
  vendored?: boolean
  documentation?: boolean
  /** Left out of archives, and so of packages that are made from them. */
  unpublished?: boolean
}

export interface AttributeRule {
  /** Folder of the `.gitattributes` file with a trailing `/`, '' for the root. */
  folder: string
  /** Segments of the pattern; `**` matches any number of folders. */
  pattern: readonly string[]
  /** `undefined` cancels what earlier rules set. */
  set: ReadonlyMap<keyof LinguistAttributes, boolean | undefined>
}

/** Limit on rules, more than any repository needs; a hostile file may contain millions. */
const MAX_RULES = 500
/** Limit on the segments of a pattern, for the same reason. */
const MAX_SEGMENTS = 50

const NAMES = new Map<string, keyof LinguistAttributes>([
  ['linguist-generated', 'generated'],
  ['linguist-vendored', 'vendored'],
  ['linguist-documentation', 'documentation'],
  ['export-ignore', 'unpublished'],
])

/**
 * The rules of one `.gitattributes` that set a known attribute.
 *
 * @param path - Path of the file.
 */
export function parseAttributes(path: string, text: string): AttributeRule[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const rules: AttributeRule[] = []
  for (const line of text.split('\n')) {
    if (rules.length === MAX_RULES) break
    const { glob, words } = partsOf(line.trim())
    if (glob === '' || glob.startsWith('#') || glob.length > 500) continue
    const set = attributesOf(words)
    const pattern = segmentsOf(glob)
    if (set.size > 0 && pattern.length <= MAX_SEGMENTS) rules.push({ folder, pattern, set })
  }
  return rules
}

/**
 * Finds the attributes of paths; later rules win.
 *
 * @param rules - Ordered by their files, the root's first.
 */
export function createAttributes(
  rules: readonly AttributeRule[],
  work?: PatternWork,
): (path: string) => LinguistAttributes {
  const folders = [...new Set(rules.map(({ folder }) => folder))].map((folder) => {
    const own = rules.filter((rule) => rule.folder === folder)
    const patterns = own.map(({ pattern }) => pattern)
    return { folder, own, match: createMatcher(patterns, work, `${folder}.gitattributes`) }
  })
  return (path) => {
    const found = new Map<keyof LinguistAttributes, boolean>()
    for (const { folder, own, match } of folders) {
      if (!path.startsWith(folder)) continue
      for (const number of match(path.slice(folder.length))) {
        for (const [name, value] of own[number]?.set ?? []) {
          if (value === undefined) found.delete(name)
          else found.set(name, value)
        }
      }
    }
    return Object.fromEntries(found)
  }
}

/** A pattern with spaces is in quotes. */
function partsOf(line: string): { glob: string; words: string[] } {
  const [quoted, inside] = /^"((?:[^"\\]|\\.)*)"(?=\s)/.exec(line) ?? []
  const [first = '', ...words] = line.slice(quoted?.length ?? 0).split(/\s+/)
  return { glob: inside?.replace(/\\(["\\])/g, '$1') ?? first, words }
}

/** `-name` and `name=false` unset an attribute, `!name` leaves it unspecified. */
function attributesOf(words: readonly string[]): AttributeRule['set'] {
  const set = new Map<keyof LinguistAttributes, boolean | undefined>()
  for (const word of words) {
    const sign = /^[-!]?/.exec(word)?.[0] ?? ''
    const [name = '', value] = word.slice(sign.length).split('=', 2)
    const key = NAMES.get(name)
    if (key !== undefined) set.set(key, sign === '!' ? undefined : sign === '' && value !== 'false')
  }
  return set
}
