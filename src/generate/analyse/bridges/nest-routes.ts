/**
 * Finds Nest routes: methods decorated with `@Get()` and similar in classes decorated with `@Controller()`. Paths are
 * string literals, lists of them, or the `path` of an object; decorators may be imported under another name. Versions and
 * the prefix of `app.setGlobalPrefix()` are not part of the paths, and routes with computed paths are left out.
 */

import type { MaskedCode, Span } from '#generate/formats/masked-code.ts'
import { annotationsOf, declaredAfter } from './annotations.ts'
import { addRoute, joinRoute, type Source, type World } from './bridge.ts'
import type { ImportedName } from './javascript-imports.ts'

const DECORATOR = /@([\w$]+)[ \t]*(?=\()/g
/** HTTP methods by decorator; server-sent events are requested with GET. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ...['Get', 'Post', 'Put', 'Delete', 'Patch', 'Options', 'Head', 'Search'].map((name): [string, string] => [
    name,
    name.toUpperCase(),
  ]),
  ['All', 'ANY'],
  ['Sse', 'GET'],
])
/** A class without a name is named after its export. */
const CLASS =
  /^\s*(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+(?!extends\b)([\w$]+)|^\s*export\s+(default)\s+class\b/
const MEMBER = /^\s*(?:(?:public|private|protected|static|override|async)\s+){0,5}([\w$]+)\s*[(<]/

export function nestRoutes(names: ReadonlyMap<string, ImportedName>, source: Source, world: World): void {
  const nestName = (local: string): string | undefined => {
    const { module, name } = names.get(local) ?? {}
    return module === '@nestjs/common' ? name : undefined
  }
  if (![...names.keys()].some((local) => nestName(local) === 'Controller')) return
  const { masked, path: file } = source
  const prefixes = new Map<string, readonly string[]>()
  const decorators = annotationsOf(masked, DECORATOR)
  for (const { name, end, list } of decorators) {
    if (nestName(name) !== 'Controller') continue
    const found = declaredAfter(masked, end, CLASS)
    const paths = pathsOf(masked, list[0])
    if (found !== undefined && paths !== undefined) prefixes.set(found.name, paths)
  }
  for (const { name, start, end, list } of decorators) {
    const method = METHODS.get(nestName(name) ?? '')
    const paths = method === undefined ? undefined : pathsOf(masked, list[0])
    const found = paths === undefined ? undefined : declaredAfter(masked, end, MEMBER)
    if (method === undefined || paths === undefined || found === undefined) continue
    const endLine = masked.lineAt(found.at)
    const handler = world.code.enclosingNamed(file, found.name, endLine)
    if (handler === undefined) continue
    for (const prefix of prefixes.get(handler.qualifiedName.split('.')[0] ?? '') ?? []) {
      for (const path of paths) {
        addRoute(source, {
          method,
          path: joinRoute('', joinRoute(prefix, path)),
          framework: 'Nest',
          startLine: masked.lineAt(start),
          endLine,
          handler: handler.id,
        })
      }
    }
  }
}

/** @returns The paths that an argument names, `['']` if there is no argument; `undefined` if they are not literals. */
function pathsOf(masked: MaskedCode, argument: Span | undefined): readonly string[] | undefined {
  if (argument === undefined) return ['']
  const literal = masked.literalOf(argument)
  if (literal !== undefined) return [literal]
  const open = masked.code[argument.start]
  if (open !== '[' && open !== '{') return undefined
  const list = masked.argumentsAt(argument.start)?.list ?? []
  if (open === '[') {
    const paths = list.map((one) => masked.literalOf(one))
    return paths.every((path) => path !== undefined) ? paths : undefined
  }
  for (const property of list) {
    const key = /^(?:path|"~{4}")\s*:\s*/.exec(masked.codeOf(property))?.[0]
    const isPath = key?.startsWith('p') === true || masked.literals.get(property.start) === 'path'
    if (key !== undefined && isPath) return pathsOf(masked, { start: property.start + key.length, end: property.end })
    if (/^(?:path$|\.{3})/.test(masked.codeOf(property))) return undefined
  }
  return ['']
}
