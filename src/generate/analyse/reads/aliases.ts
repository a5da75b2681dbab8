/** Aliases of reading functions in a file, from imports and plain assignments. */

import { PYTHON_ROOTS } from './python-forms.ts'
import { endOf, type ReadTree, Shape, startOf } from './read-tree.ts'

/** Languages in which imports and assignments may rename a reading function. */
const HAS_ALIASES = new Set(['python', 'rust'])
const MODULES = /\b(?:os|decouple|environ|environs|starlette\.config|urllib)\b/

/** The aliases of one file, noted in document order. */
export class Aliases {
  readonly meanings = new Map<string, string>()
  readonly #tree: ReadTree
  readonly #language: string

  constructor(tree: ReadTree, language: string) {
    this.#tree = tree
    this.#language = language
  }

  /**
   * @param node - An import or an assignment, according to its shape.
   * @returns Whether it has added aliases.
   */
  note(node: number, shape: number): boolean {
    if (!HAS_ALIASES.has(this.#language)) return false
    const start = startOf(this.#tree, node)
    const most = start + (shape === Shape.assignment ? 200 : 2_000)
    const statement = this.#tree.text.slice(start, Math.min(endOf(this.#tree, node), most))
    if (shape === Shape.assignment && !statement.includes('nv') && !statement.includes('onfig')) return false
    const found = aliasesOf(this.#language, statement, this.meanings)
    for (const [name, meaning] of found) this.meanings.set(name, meaning)
    return found.length > 0
  }

  /** The callee with the alias at its start resolved. */
  expanded(callee: string): string {
    if (this.meanings.size === 0) return callee
    const head = /^[A-Za-z_]\w*/.exec(callee)?.[0]
    const meaning = head === undefined ? undefined : this.meanings.get(head)
    return head === undefined || meaning === undefined ? callee : meaning + callee.slice(head.length)
  }
}

/**
 * @param text - An import or an assignment.
 * @param known - Aliases so far.
 */
function aliasesOf(
  language: string,
  text: string,
  known: ReadonlyMap<string, string>,
): readonly (readonly [name: string, meaning: string])[] {
  if (language === 'rust') return rustAliases(text)
  if (text.startsWith('import') || text.startsWith('from')) return MODULES.test(text) ? imported(text) : []
  return assigned(text, known)
}

function imported(text: string): (readonly [string, string])[] {
  const [, module, names] = /^(?:from\s+([\w.]+)\s+)?import\s([^;]+)$/.exec(text.trim()) ?? []
  return (names ?? '')
    .replace(/[()\\]/g, ' ')
    .split(',')
    .flatMap((part) => {
      const [name, as, alias] = part.replace(/#.*/, '').trim().split(/\s+/)
      if (name === undefined || name === '' || name === '*') return []
      const meaning = module === undefined ? name : `${module}.${name}`
      if (module === undefined && as !== 'as') return []
      return [[as === 'as' && alias !== undefined ? alias : name, meaning] as const]
    })
}

/** `env = os.environ`, `env = environ.Env(…)`. */
function assigned(text: string, known: ReadonlyMap<string, string>): (readonly [string, string])[] {
  const found = /^(\w{1,60})\s*(?::[^=]{1,40})?=\s*([\w.]{1,80})\s*(\()?/.exec(text.slice(0, 200))
  if (found === null) return []
  const [whole, name = '', value = '', call] = found
  // Without a call, nothing may follow the value.
  if (call === undefined && text.length > whole.length) return []
  const head = value.split('.', 1)[0] ?? ''
  const meaning = (known.get(head) ?? head) + value.slice(head.length) + (call === undefined ? '' : '()')
  return PYTHON_ROOTS.has(meaning) ? [[name, meaning]] : []
}

/** `use std::env::var;`, `use std::env as e;` */
function rustAliases(text: string): (readonly [string, string])[] {
  const [, inner] = /^(?:pub\s+)?use\s+(?:::)?std::env\b([^;]*)/.exec(text) ?? []
  if (inner === undefined) return []
  const module = /^\s*as\s+(\w+)/.exec(inner)?.[1]
  const functions = [...inner.matchAll(/\b(var|var_os)\b(?:\s+as\s+(\w+))?/g)]
  return [
    ...(module === undefined ? [] : [[module, 'std::env'] as const]),
    ...functions.map(([, name = '', alias = name]) => [alias, `std::env::${name}`] as const),
  ]
}
