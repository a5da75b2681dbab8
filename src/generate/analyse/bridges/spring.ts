/** Spring: controller methods with `@GetMapping` and the like, and the templates that they return. Java and Kotlin. */

import { C_LIKE } from '#generate/formats/lexical-rules.ts'
import type { MaskedCode, Span } from '#generate/formats/masked-code.ts'
import type { Component } from '#generate/model.ts'
import { annotationsOf, declaredAfter } from './annotations.ts'
import { addRoute, type BridgeReader, joinRoute, keyword, type Source, type World } from './bridge.ts'
import { linkTemplate } from './templates.ts'

const MAPPING = /@(Get|Post|Put|Delete|Patch|Request)Mapping\b[ \t]*/g
const CONTROLLER = /@(RestController|Controller)\b[ \t]*/g
const DECLARATION = /^[\s\w<>[\]?,.&@]*?(?:\b(?:class|interface|record|object)\s+(\w+)|\b(?:fun\s+)?(\w+)\s*\()/
const RETURNED = /\breturn[ \t]+(?:(?=")|([A-Z][A-Z0-9_]*)\s*;)/g
const CONSTANT = /\bString[ \t]+([A-Z][A-Z0-9_]*)[ \t]*=[ \t]*(?=")/g
const TEMPLATES = { folder: 'templates', endings: ['.html', '.ftlh', '.ftl', '.mustache'], anywhere: true }

export const spring: BridgeReader = {
  languages: ['java', 'kotlin'],
  lexicalRules: C_LIKE,
  mayContain: (head) => head.includes('org.springframework.'),
  read: (source, world) => {
    const { masked, path } = source
    const controllers = new Map<string, string>()
    for (const { name, end } of annotationsOf(masked, CONTROLLER)) {
      const found = declaredAfter(masked, end, DECLARATION)
      if (found?.isType === true) controllers.set(found.name, name)
    }
    if (controllers.size === 0) return
    const prefixes = new Map<string, string[] | undefined>()
    const methods: { component: Component; verb: string; paths: string[]; start: number; at: number; owner: string }[] =
      []
    for (const { name, start, end, list } of annotationsOf(masked, MAPPING)) {
      const found = declaredAfter(masked, end, DECLARATION)
      if (found === undefined) continue
      const paths = pathsOf(list, masked)
      if (found.isType) {
        prefixes.set(found.name, paths)
        continue
      }
      const component = world.code.enclosingNamed(path, found.name, masked.lineAt(found.at))
      const owner = component?.qualifiedName.split('.').at(-2)
      if (component === undefined || owner === undefined || paths === undefined || !controllers.has(owner)) continue
      const verbs = name === 'Request' ? verbsOf(list, masked) : [name.toUpperCase()]
      for (const verb of verbs) methods.push({ component, verb, paths, start, at: found.at, owner })
    }
    const constants = new Map(
      [...masked.code.matchAll(CONSTANT)].map((one) => [one[1] ?? '', masked.literals.get(one.index + one[0].length)]),
    )
    for (const { component, verb, paths, start, at, owner } of methods) {
      const [startLine, endLine] = [masked.lineAt(start), masked.lineAt(at)]
      const above = prefixes.has(owner) ? prefixes.get(owner) : ['']
      for (const prefix of above ?? []) {
        for (const written of paths) {
          const whole = joinRoute('', joinRoute(prefix, written))
          addRoute(source, {
            method: verb,
            path: whole,
            framework: 'Spring',
            startLine,
            endLine,
            handler: component.id,
          })
        }
      }
      if (controllers.get(owner) === 'Controller') linkViews(component, constants, source, world)
    }
  },
}

/** The paths of a mapping: '' without one, `undefined` when one is computed. */
function pathsOf(list: readonly Span[], masked: MaskedCode): string[] | undefined {
  const plain = list.find((one) => /^[{["]/.test(masked.codeOf(one)))
  const value = keyword(list, 'value', masked) ?? keyword(list, 'path', masked) ?? plain
  if (value === undefined) return list.every((one) => /^\w+\s*=/.test(masked.codeOf(one))) ? [''] : undefined
  const isList = /^[{[]/.test(masked.codeOf(value))
  const values = (isList ? (masked.argumentsAt(value.start)?.list ?? []) : [value]).map((one) => masked.literalOf(one))
  return values.every((one) => one !== undefined) ? (values as string[]) : undefined
}

function verbsOf(list: readonly Span[], masked: MaskedCode): string[] {
  const found = [...masked.codeOf(keyword(list, 'method', masked)).matchAll(/\b(?:RequestMethod\.)?([A-Z]{3,7})\b/g)]
  return found.length === 0 ? ['ANY'] : [...new Set(found.map((match) => match[1] ?? ''))]
}

/** A plain controller's method returns the name of a view, unless it has `@ResponseBody`. */
function linkViews(
  { startLine, endLine, signature }: Component,
  constants: ReadonlyMap<string, string | undefined>,
  source: Source,
  world: World,
): void {
  const { masked } = source
  if (!/\bString\b/.test(signature)) return
  const from = masked.startOfLine(startLine)
  const body = masked.code.slice(from, masked.startOfLine(endLine + 1))
  if (/@ResponseBody\b/.test(body)) return
  for (const match of body.matchAll(RETURNED)) {
    const at = from + match.index
    const name = match[1] === undefined ? masked.literals.get(at + match[0].length) : constants.get(match[1])
    if (name !== undefined && !/^(?:redirect|forward):/.test(name)) linkTemplate(name, at, TEMPLATES, source, world)
  }
}
