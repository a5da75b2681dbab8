/** Routes of Gin, Echo, Chi and net/http: methods of a router that the file creates, groups or declares. */

import { hasText } from '#base/find-text.ts'
import { GO } from '#generate/formats/lexical-rules.ts'
import type { MaskedCode } from '#generate/formats/masked-code.ts'
import { addRoute, type BridgeReader, joinRoute, type Source, type World } from './bridge.ts'
import { handlerOf } from './handlers.ts'

const IMPORTED =
  /"(github\.com\/gin-gonic\/gin|github\.com\/labstack\/echo(?:\/v\d+)?|github\.com\/go-chi\/chi(?:\/v\d+)?|net\/http)"/g
const FRAMEWORKS = new Map([
  ['gin', 'Gin'],
  ['echo', 'Echo'],
  ['chi', 'Chi'],
  ['http', 'net/http'],
])
const MADE = String.raw`(?<made>\w+)(?:[ \t]*,[ \t]*\w+)?[ \t]*:?=[ \t]*(?:(?<package>gin|echo|chi|http)\.(?:Default|New|NewRouter|NewServeMux)[ \t]*\(|(?<above>[\w.]+)\.(?:Group|Route)[ \t]*(?=\())`
const TYPED = String.raw`(?<typed>\w+)[ \t]+\*?(?<of>gin|echo|chi|http)\.(?:Engine|Echo|Mux|ServeMux|(?<part>RouterGroup|IRouter|IRoutes|Group|Router))\b`
const CALLED = String.raw`\b(?<receiver>\w+)\.(?:With\([\w.]{1,80}\)\.)?(?<verb>GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|Any|Handle|HandleFunc|Get|Post|Put|Delete|Patch|Head|Options|Method|MethodFunc|Route|Group)[ \t]*(?=\()`
const EVENT = new RegExp(String.raw`^(?<func>func)\b|\b${MADE}|\b${TYPED}|${CALLED}`, 'gm')

interface Router {
  framework: string
  prefix: string
}

/** Routers keyed by name; `undefined` for one whose prefix is computed. */
type Routers = Map<string, Router | undefined>

/** The function in `r.Route("/x", func(r chi.Router) {…})`, whose parameter is a router with the path as its prefix. */
interface NestedRouter {
  readonly name: string
  /** The offset of the parameter. */
  readonly parameter: number
  /** The offset after the call. */
  readonly end: number
  /** The router with this name outside the function. */
  readonly outer: Router | undefined
}

export const goRoutes: BridgeReader = {
  languages: ['go'],
  lexicalRules: GO,
  mayContain: (head) => head.search(IMPORTED) >= 0,
  read: (source, world) => {
    const { masked, file } = source
    const imported = new Set(
      [...file.text.slice(0, 16_000).matchAll(IMPORTED)].map((match) => packageOf(match[1] ?? '')),
    )
    const shared: Routers = new Map()
    if (imported.has('http')) shared.set('http', { framework: 'net/http', prefix: '' })
    let own: Routers = new Map()
    let isInside = false
    /** Innermost last. */
    let nested: NestedRouter[] = []
    for (const match of masked.code.matchAll(EVENT)) {
      for (let last = nested.at(-1); last !== undefined && last.end <= match.index; last = nested.at(-1)) {
        if (last.outer === undefined) own.delete(last.name)
        else own.set(last.name, last.outer)
        nested.pop()
      }
      const { func, made, package: maker, above, typed, of, part, receiver, verb } = match.groups ?? {}
      const open = match.index + match[0].length
      if (func !== undefined) {
        own = new Map()
        nested = []
        isInside = true
      } else if (made !== undefined) {
        const router =
          maker === undefined
            ? routerBelow(routerOf(above?.split('.').at(-1) ?? '', own, shared), open, masked)
            : isReturned(made, maker, masked.code, open)
              ? undefined
              : madeRouter(maker, imported)
        // A name at the start of a line belongs to the package.
        if (router !== undefined) (isInside ? own : shared).set(made, router)
        else own.delete(made)
      } else if (typed !== undefined && of !== undefined) {
        if (nested.at(-1)?.parameter === match.index) continue
        const framework = imported.has(of) ? FRAMEWORKS.get(of) : undefined
        const isField = /(?:^|\n)[ \t]+$/.test(masked.code.slice(Math.max(0, match.index - 40), match.index))
        // Only the code that passes a group of a router knows its prefix.
        const router = framework === undefined || part !== undefined ? undefined : { framework, prefix: '' }
        if (framework !== undefined) (isField ? shared : own).set(typed, router)
      } else if (receiver !== undefined && verb !== undefined) {
        const router = routerOf(receiver, own, shared)
        if (router === undefined) continue
        if (verb !== 'Route' && verb !== 'Group') readCall(router, { verb, start: match.index, open }, source, world)
        else {
          const inner = nestedRouter(router, verb, open, own, masked)
          if (inner !== undefined) nested.push(inner)
        }
      }
    }
  },
}

function routerOf(name: string, own: Routers, shared: Routers): Router | undefined {
  return own.has(name) ? own.get(name) : shared.get(name)
}

/** Declares the parameter of the function in a call of `Route` or `Group` of chi. */
function nestedRouter(
  { framework, prefix }: Router,
  verb: string,
  open: number,
  own: Routers,
  masked: MaskedCode,
): NestedRouter | undefined {
  const call = framework === 'Chi' ? masked.argumentsAt(open) : undefined
  const body = call?.list.at(-1)
  if (call === undefined || body === undefined) return undefined
  const name = /^func\((\w+) /.exec(masked.code.slice(body.start, body.start + 100))?.[1]
  if (name === undefined) return undefined
  const path = verb === 'Group' ? '' : masked.literalOf(call.list[0])
  const outer = own.get(name)
  own.set(name, path === undefined ? undefined : { framework, prefix: joinRoute(prefix, path) })
  return { name, parameter: body.start + 'func('.length, end: call.end, outer }
}

function packageOf(path: string): string {
  return path.replace(/\/v\d+$/, '').replace(/^.*\//, '')
}

/** @param maker - The package whose function creates the router. */
function madeRouter(maker: string, imported: ReadonlySet<string>): Router | undefined {
  const framework = imported.has(maker) ? FRAMEWORKS.get(maker) : undefined
  return framework === undefined ? undefined : { framework, prefix: '' }
}

/** Whether the function returns the router, which the caller may mount below a prefix. Engines of Gin and Echo cannot be mounted. */
function isReturned(name: string, maker: string, code: string, from: number): boolean {
  if (maker !== 'chi' && maker !== 'http') return false
  const body = code.slice(from, code.indexOf('\n}', from) + 1)
  return hasText(body, `return ${name}\n`) || hasText(body, `return ${name},`)
}

/** The router that `parent.Group("/path")` makes. */
function routerBelow(parent: Router | undefined, open: number, masked: MaskedCode): Router | undefined {
  if (parent === undefined) return undefined
  const path = masked.literalOf(masked.argumentsAt(open)?.list[0])
  return path === undefined ? undefined : { ...parent, prefix: joinRoute(parent.prefix, path) }
}

/** @param at - The name of the called method, the start of its receiver, and the offset of its opening bracket. */
function readCall(
  { framework, prefix }: Router,
  at: { verb: string; start: number; open: number },
  source: Source,
  world: World,
): void {
  const { verb, start, open } = at
  const { masked } = source
  const call = masked.argumentsAt(open)
  if (call === undefined) return
  const isNamed = verb.startsWith('Method') || (verb === 'Handle' && framework === 'Gin')
  const [first, second] = call.list
  const [methodSpan, pathSpan] = isNamed ? [first, second] : [undefined, first]
  let written = masked.literalOf(pathSpan)
  let method = isNamed
    ? masked.literalOf(methodSpan)
    : /^(?:Any|Handle|HandleFunc)$/.test(verb)
      ? 'ANY'
      : verb.toUpperCase()
  const last = call.list.at(-1)
  if (written === undefined || method === undefined || last === pathSpan || !fits(framework, verb)) return
  const both = framework === 'net/http' ? /^([A-Z]+) (.*)$/.exec(written) : null
  if (both !== null) [method, written] = [both[1] ?? '', both[2] ?? '']
  const handler = handlerOf(masked.codeOf(last), source, world)
  const [startLine, endLine] = [masked.lineAt(start), masked.lineAt(call.end - 1)]
  addRoute(source, { method, path: joinRoute(prefix, written), framework, startLine, endLine, handler })
}

function fits(framework: string, verb: string): boolean {
  if (framework === 'net/http') return verb === 'Handle' || verb === 'HandleFunc'
  if (framework === 'Chi') return /^(?:[A-Z][a-z]+|HandleFunc|MethodFunc)$/.test(verb) && verb !== 'Any'
  return /^[A-Z]+$/.test(verb) || verb === 'Any' || verb === 'Handle'
}
