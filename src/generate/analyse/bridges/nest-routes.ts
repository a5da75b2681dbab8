/** Nest: methods with `@Get()` and the like in classes with `@Controller()`. */

import { annotationsOf, declaredAfter } from './annotations.ts'
import { addRoute, joinRoute, type Source, type World } from './bridge.ts'
import type { ImportedName } from './javascript-imports.ts'

const CONTROLLER = /@(Controller)[ \t]*(?=\()/g
const METHOD = /@(Get|Post|Put|Delete|Patch|Options|Head|All)[ \t]*(?=\()/g
const CLASS = /^\s*(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+([\w$]+)/
const MEMBER = /^\s*(?:public\s+|private\s+|protected\s+)?(?:static\s+)?(?:async\s+)?([\w$]+)()\s*[(<]/

export function nestRoutes(names: ReadonlyMap<string, ImportedName>, source: Source, world: World): void {
  if (names.get('Controller')?.module !== '@nestjs/common') return
  const { masked, path } = source
  const prefixes = new Map<string, string>()
  for (const { end, list } of annotationsOf(masked, CONTROLLER)) {
    const found = declaredAfter(masked, end, CLASS)
    const prefix = list.length === 0 ? '' : masked.literalOf(list[0])
    if (found !== undefined && prefix !== undefined) prefixes.set(found.name, prefix)
  }
  for (const { name, start, end, list } of annotationsOf(masked, METHOD)) {
    const written = list.length === 0 ? '' : masked.literalOf(list[0])
    const found = names.get(name)?.module === '@nestjs/common' ? declaredAfter(masked, end, MEMBER) : undefined
    if (written === undefined || found === undefined) continue
    const endLine = masked.lineAt(found.at)
    const handler = world.code.named(path, found.name, endLine)
    const prefix = prefixes.get(handler?.qualifiedName.split('.')[0] ?? '')
    if (handler === undefined || prefix === undefined) continue
    addRoute(source, {
      method: name === 'All' ? 'ANY' : name.toUpperCase(),
      path: joinRoute('', joinRoute(prefix, written)),
      framework: 'Nest',
      startLine: masked.lineAt(start),
      endLine,
      handler: handler.id,
    })
  }
}
