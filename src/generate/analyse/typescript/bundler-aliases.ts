/**
 * Reads the `alias` field of a bundler's configuration. The file is parsed, not run: a target is the last string
 * literal in the value, as in `'@': fileURLToPath(new URL('./src', import.meta.url))`. SvelteKit always defines `$lib`.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import type { SourceFile } from '#generate/model.ts'

const CONFIG = /(?:^|\/)(?:vite|vitest|svelte|astro|rollup|webpack|vue)\.config\.[cm]?[jt]s$/
const MAX_ALIASES = 100
const MAX_CHARACTERS = 200_000

export interface Alias {
  name: string
  /** Relative to the configuration's folder. */
  target: string
}

/** @returns `undefined` for a file that is not a bundler's configuration or defines no aliases. */
export function readAliases(file: SourceFile): Alias[] | undefined {
  if (!CONFIG.test(file.path) || file.text === null || file.text.length > MAX_CHARACTERS) return undefined
  const aliases: Alias[] = []
  try {
    const pending: ts.Node[] = [ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ESNext)]
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      const given = ts.isPropertyAssignment(node) && nameOf(node) === 'alias' ? node.initializer : undefined
      if (given !== undefined && ts.isObjectLiteralExpression(given)) addAliases(given, aliases)
      else ts.forEachChild(node, (child) => void pending.push(child))
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  if (file.path.slice(file.path.lastIndexOf('/') + 1).includes('svelte.config.'))
    aliases.push({ name: '$lib', target: 'src/lib' })
  return aliases.length === 0 ? undefined : aliases
}

function addAliases(object: ts.ObjectLiteralExpression, aliases: Alias[]): void {
  for (const property of object.properties) {
    if (!ts.isPropertyAssignment(property) || aliases.length >= MAX_ALIASES) continue
    const name = nameOf(property)?.replace(/\/\*?$/, '')
    const target = lastTextOf(property.initializer)?.replace(/^\/|\/\*?$/g, '')
    if (name !== undefined && name !== '' && target !== undefined) aliases.push({ name, target })
  }
}

function nameOf({ name }: ts.PropertyAssignment): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined
}

/** The value itself if it is a string, or the last string among a call's arguments. */
function lastTextOf(value: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(value)) return value.text
  if (!ts.isCallExpression(value) && !ts.isNewExpression(value)) return undefined
  const found = (value.arguments ?? []).map((one) => lastTextOf(one)).filter((text) => text !== undefined)
  return found.at(-1)
}
