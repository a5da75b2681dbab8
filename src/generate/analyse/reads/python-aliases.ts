/** Aliases of reading functions in a file, from imports and plain assignments. */

import { PYTHON_ROOTS } from './python-forms.ts'

const MODULES = /\b(?:os|decouple|environ|environs|starlette\.config)\b/

/**
 * @param text - An import or an assignment.
 * @param known - Aliases so far.
 */
export function aliasesOf(
  language: string,
  text: string,
  known: ReadonlyMap<string, string>,
): readonly (readonly [name: string, meaning: string])[] {
  if (language === 'rust') return rustAliases(text)
  if (language !== 'python') return []
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
