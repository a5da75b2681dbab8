/**
 * Reads the aliases in a bundler's configuration, which is parsed, not run.
 *
 * Names: `alias: { name: target }`, `alias: [{ find: 'name', replacement: target }]` (Vite, Rollup), `name$` for the name
 * alone (webpack), and SvelteKit's `$lib`, whose folder is `kit.files.lib`. Targets: string literals, `path.resolve` and
 * `path.join` of them, and `new URL('./src', import.meta.url)`, also as arguments of another function. Regular
 * expressions, spreads, conditions and variables are not read.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import type { SourceFile } from '#generate/model.ts'
import { nameOf } from '#generate/paths.ts'

const CONFIG = /(?:^|\/)(?:vite|vitest|svelte|astro|rollup|webpack|vue)\.config\.[cm]?[jt]s$/
const MAX_ALIASES = 100
const MAX_CHARACTERS = 200_000

export interface Alias {
  name: string
  /** Relative to the configuration's folder. */
  target: string
  /** Paths below the name are not aliases. */
  isExact: boolean
}

/** @returns `undefined` for a file that is not a bundler's configuration or defines no aliases. */
export function readAliases(file: SourceFile): Alias[] | undefined {
  if (!CONFIG.test(file.path) || file.text === null || file.text.length > MAX_CHARACTERS) return undefined
  const fileName = nameOf(file.path)
  const isSvelte = fileName.startsWith('svelte.')
  const aliases: Alias[] = []
  let lib = 'src/lib'
  try {
    const pending: ts.Node[] = [ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ESNext)]
    const children: ts.Node[] = []
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      const name = ts.isPropertyAssignment(node) ? keyOf(node) : undefined
      const given = ts.isPropertyAssignment(node) ? node.initializer : undefined
      if (name === 'alias' && given !== undefined && ts.isObjectLiteralExpression(given)) {
        for (const [key, value] of propertiesOf(given)) addAlias(key, value)
      } else if (name === 'alias' && given !== undefined && ts.isArrayLiteralExpression(given)) {
        for (const element of given.elements) {
          const fields = ts.isObjectLiteralExpression(element)
            ? propertiesOf(element)
            : new Map<string, ts.Expression>()
          const find = fields.get('find')
          const replacement = fields.get('replacement')
          if (find !== undefined && replacement !== undefined && ts.isStringLiteralLike(find))
            addAlias(find.text, replacement)
        }
      } else {
        if (isSvelte && name === 'files' && given !== undefined && ts.isObjectLiteralExpression(given)) {
          const own = propertiesOf(given).get('lib')
          lib = (own === undefined ? undefined : folderIn(own)) ?? lib
        }
        ts.forEachChild(node, (child) => void children.push(child))
        while (children.length > 0) pending.push(children.pop() as ts.Node)
      }
    }
  } catch (error) {
    // Code nested too deeply for the parser: the aliases read so far count.
    if (!(error instanceof RangeError)) throw error
  }
  if (isSvelte) aliases.push({ name: '$lib', target: lib, isExact: false })
  return aliases.length === 0 ? undefined : aliases

  function addAlias(key: string, value: ts.Expression): void {
    const isExact = key.endsWith('$') && !fileName.startsWith('vite')
    const name = isExact ? key.slice(0, -1) : key.replace(/\/\*?$/, '')
    const target = folderIn(value)
    if (name !== '' && target !== undefined && aliases.length < MAX_ALIASES) aliases.push({ name, target, isExact })
  }
}

function propertiesOf(object: ts.ObjectLiteralExpression): Map<string, ts.Expression> {
  const properties = new Map<string, ts.Expression>()
  for (const property of object.properties) {
    const key = ts.isPropertyAssignment(property) ? keyOf(property) : undefined
    if (key !== undefined) properties.set(key, (property as ts.PropertyAssignment).initializer)
  }
  return properties
}

function keyOf({ name }: ts.PropertyAssignment): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined
}

const folderIn = (value: ts.Expression): string | undefined => targetOf(value)?.replace(/^\/|\/\*?$/g, '')

/** The path that an expression names, relative to the folder of the configuration. */
function targetOf(value: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(value)) return value.text
  if (ts.isPropertyAccessExpression(value) && value.name.text === 'pathname') return targetOf(value.expression)
  if (!ts.isCallExpression(value) && !ts.isNewExpression(value)) return undefined
  const [first, ...others] = value.arguments ?? []
  if (first === undefined) return undefined
  const { expression } = value
  const called = ts.isPropertyAccessExpression(expression) ? expression.name : expression
  const isJoin = ts.isIdentifier(called) && JOINS.has(called.text)
  if (!isJoin || others.length === 0) return targetOf(first)
  // The first argument is usually the folder of the configuration: `__dirname`.
  const parts = [targetOf(first) ?? '', ...others.map(targetOf)]
  return parts.every((part) => part !== undefined) ? parts.filter((part) => part !== '').join('/') : undefined
}

const JOINS: ReadonlySet<string> = new Set(['resolve', 'join'])
