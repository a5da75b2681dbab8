/** Reads the recipes of justfiles. */

import { PUBLISHES, SENDS } from './make-targets.ts'

const MAX_TEXT = 200_000
const RESERVED = new Set(['alias', 'set', 'export', 'import', 'mod'])
/** A recipe; a parameter may have a default: `watch +args='test':`. */
const RECIPE = /^@?([a-z][\w-]{0,60})(?: [+*$]?\w[^:]{0,200})?:(?!=)(.{0,400})$/i

/** A public recipe, with its comment and the only command that it runs; both may be empty. */
export interface Recipe {
  name: string
  words: string
  runs: string
}

/** In the order of the file. */
export function readRecipes(text: string): Recipe[] {
  const found = new Map<string, Recipe>()
  const bodies = new Map<string, string[]>()
  let isPrivate = false
  let comment = ''
  let body: string[] = []
  for (const line of text.slice(0, MAX_TEXT).split(/\r?\n/)) {
    if (/^\s/.test(line)) {
      if (line.trim() !== '') body.push(line.trim().replace(/^[@-]{1,2}/, ''))
      continue
    }
    if (line.startsWith('#')) comment = wordsOf(line)
    else if (line.startsWith('[')) isPrivate ||= /^\[[^\]]{0,80}\bprivate\b/.test(line)
    else {
      const [, name = '', rest = ''] = RECIPE.exec(line) ?? []
      body = []
      if (name !== '' && !isPrivate && !PUBLISHES.test(name) && !RESERVED.has(name) && !found.has(name)) {
        const own = rest.includes('#') ? wordsOf(rest.slice(rest.indexOf('#'))) : ''
        found.set(name, { name, words: own === '' ? comment : own, runs: '' })
        bodies.set(name, body)
      }
      isPrivate = false
      comment = ''
    }
  }
  return [...found.values()]
    .filter(({ name }) => !(bodies.get(name) ?? []).some((line) => SENDS.test(line)))
    .map((recipe) => ({ ...recipe, runs: onlyCommand(bodies.get(recipe.name) ?? []) }))
    .filter(({ runs }) => !/^just (?:--list|-l)\b/.test(runs))
}

/** The text of a comment: `## Draws it`. */
const wordsOf = (comment: string): string => comment.replace(/^[#!\s]+/, '').trim()

/** Empty if there is more than one, or if it depends on variables. */
function onlyCommand([first = '', ...more]: readonly string[]): string {
  return more.length > 0 || first.includes('{{') || first.startsWith('#!') || first.endsWith('\\') ? '' : first
}
