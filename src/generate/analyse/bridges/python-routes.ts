/**
 * Routes of Flask, Quart, FastAPI, Starlette and Sanic: decorated functions, and calls with the function as an
 * argument.
 */

import { capital } from '#base/capital.ts'
import { PYTHON } from '#generate/formats/lexical-rules.ts'
import { MaskedCode, type Span } from '#generate/formats/masked-code.ts'
import type { SourceFile } from '#generate/model.ts'
import { addRoute, type BridgeReader, joinRoute, keyword, type World } from './bridge.ts'
import { handlerOf } from './handlers.ts'
import { linkTemplate } from './templates.ts'

const FRAMEWORK = /\b(?:flask|quart|fastapi|starlette|sanic)\b/
const MAKER =
  /(?<![\w.])(\w+)[ \t]*(?::[ \t]*[\w.]+[ \t]*)?=[ \t]*(?:[\w.]+\.)?(Flask|Quart|Blueprint|FastAPI|APIRouter|Starlette|Router|Sanic)[ \t]*\(/g
/** A parameter that has one of these types. */
const TYPED =
  /[(,][ \t\n]{0,200}(\w+)[ \t]*:[ \t]*(?:\w+\.)?(Flask|Quart|Blueprint|FastAPI|APIRouter|Starlette)[ \t]*(?=[,)=\n])/g
const DECORATOR =
  /^[ \t]*@(\w+)\.(route|get|post|put|delete|patch|options|head|trace|websocket|websocket_route|api_route)[ \t]*(?=\()/gm
const CALL = /(?<![\w.])(\w+)\.(add_url_rule|add_api_route|add_route)[ \t]*(?=\()/g
/** Calls that add a router to an application or to another router, possibly with a prefix. */
const MOUNT = /(?<![\w.])(\w+)\.(include_router|register_blueprint)[ \t]*(?=\()/g
const RENDER = /(?<![\w])(render_template|TemplateResponse|stream_template)[ \t]*(?=\()/g
const TEMPLATES = { folder: 'templates', endings: [''], anywhere: false }
/** Classes whose prefix is the argument `url_prefix`. */
const FLASK = new Set(['Flask', 'Quart', 'Blueprint', 'Sanic'])
const MAX_DECORATORS = 50
/** Limit on routers that are mounted in each other. */
const MAX_MOUNTS = 10
/** Characters at the start of a file that are searched for imports. */
const MAX_IMPORTS = 50_000
const masks = new WeakMap<SourceFile, MaskedCode>()
const routersByFile = new WeakMap<MaskedCode, Map<string, Router>>()

/** An application or a router. */
interface Router {
  framework: string
  prefix: string
}

export const pythonRoutes: BridgeReader = {
  languages: ['python'],
  lexicalRules: PYTHON,
  mayContain: (head, { text }) =>
    FRAMEWORK.test(head) || /^[ \t]*@\w+\.(?:route|get|post|put|delete|patch)\(/m.test(text.slice(0, 100_000)),
  read: (source, world) => {
    const { masked, path } = source
    const routers = new Map<string, Router | undefined>(routersIn(masked))
    let imported: ReadonlyMap<string, string> | undefined
    const routerOf = (name: string): Router | undefined => {
      imported ??= importedNames(masked.code.slice(0, MAX_IMPORTS))
      if (!routers.has(name)) routers.set(name, importedRouter(imported.get(name), path, world))
      return routers.get(name)
    }
    for (const match of masked.code.matchAll(DECORATOR)) {
      const [all, name = '', verb = ''] = match
      const router = routerOf(name)
      const call = router === undefined ? undefined : masked.argumentsAt(match.index + all.length)
      const written =
        call === undefined ? undefined : (masked.literalOf(call.list[0]) ?? keywordLiteral(call.list, 'path', masked))
      if (router === undefined || call === undefined || written === undefined) continue
      const found = decorated(masked, call.end)
      const line = masked.lineAt(match.index + all.length)
      const handler = found === undefined ? undefined : world.code.enclosingNamed(path, found.name, found.line)
      const endLine = found?.line ?? masked.lineAt(call.end)
      for (const method of methodsOf(verb, call.list, masked)) {
        const { framework, prefix } = router
        addRoute(source, {
          method,
          path: joinRoute(prefix, written),
          framework,
          startLine: line,
          endLine,
          handler: handler?.id,
        })
      }
    }
    for (const match of masked.code.matchAll(CALL)) {
      const [all, name = '', verb = ''] = match
      const router = routerOf(name)
      const call = router === undefined ? undefined : masked.argumentsAt(match.index + all.length)
      const written = call === undefined ? undefined : masked.literalOf(call.list[0])
      if (router === undefined || call === undefined || written === undefined) continue
      const view = verb === 'add_url_rule' ? (keyword(call.list, 'view_func', masked) ?? call.list[2]) : call.list[1]
      const code = masked.codeOf(view).replace(/\.as_view\(.*$/s, '')
      const handler = handlerOf(code, source, world)
      const [startLine, endLine] = [masked.lineAt(match.index), masked.lineAt(call.end)]
      for (const method of methodsOf('route', call.list, masked)) {
        const { framework, prefix } = router
        addRoute(source, { method, path: joinRoute(prefix, written), framework, startLine, endLine, handler })
      }
    }
    for (const match of masked.code.matchAll(RENDER)) {
      const call = masked.argumentsAt(match.index + match[0].length)
      const [first, second] = call?.list ?? []
      const name =
        masked.literalOf(first) ??
        (match[1] === 'TemplateResponse'
          ? (masked.literalOf(second) ?? keywordLiteral(call?.list ?? [], 'name', masked))
          : undefined)
      linkTemplate(name, match.index, TEMPLATES, source, world)
    }
  },
}

/**
 * The applications and routers of a file that imports one of the frameworks, keyed by variable. Those with a computed
 * prefix are left out.
 */
function routersIn(masked: MaskedCode): Map<string, Router> {
  const known = routersByFile.get(masked)
  if (known !== undefined) return known
  const found = new Map<string, Router>()
  routersByFile.set(masked, found)
  const framework = FRAMEWORK.exec(masked.code.slice(0, 20_000))?.[0]
  if (framework === undefined) return found
  for (const [, name = '', maker = ''] of masked.code.matchAll(TYPED)) {
    found.set(name, { framework: frameworkOf(maker, framework), prefix: '' })
  }
  for (const match of masked.code.matchAll(MAKER)) {
    const [all, name = '', maker = ''] = match
    const call = masked.argumentsAt(match.index + all.length - 1)
    const written = keyword(call?.list ?? [], FLASK.has(maker) ? 'url_prefix' : 'prefix', masked)
    const prefix = written === undefined ? '' : masked.literalOf(written)
    if (prefix === undefined) found.delete(name)
    else found.set(name, { framework: frameworkOf(maker, framework), prefix })
  }
  mountRouters(masked, found)
  return found
}

/** Adds the prefixes of the calls that mount routers; routers with computed or several prefixes are removed. */
function mountRouters(masked: MaskedCode, routers: Map<string, Router>): void {
  /** `null` for computed and for several prefixes. */
  const mounts = new Map<string, { prefix: string; parent: string; replaces: boolean } | null>()
  for (const match of masked.code.matchAll(MOUNT)) {
    const [all, parent = '', verb = ''] = match
    const list = masked.argumentsAt(match.index + all.length)?.list ?? []
    const name = masked.codeOf(list[0])
    if (!routers.has(name)) continue
    const isFlask = verb === 'register_blueprint'
    const written = keyword(list, isFlask ? 'url_prefix' : 'prefix', masked)
    const prefix = masked.literalOf(written)
    const isUnknown = mounts.has(name) || (written !== undefined && prefix === undefined)
    const mount = { prefix: prefix ?? '', parent, replaces: isFlask && prefix !== undefined }
    mounts.set(name, isUnknown ? null : mount)
  }
  const prefixOf = (name: string, depth = 0): string | undefined => {
    const own = routers.get(name)?.prefix ?? ''
    const mount = mounts.get(name)
    if (mount === undefined) return own
    const outer = mount === null || depth > MAX_MOUNTS ? undefined : prefixOf(mount.parent, depth + 1)
    if (outer === undefined || mount === null) return undefined
    return joinRoute(outer, mount.replaces ? mount.prefix : joinRoute(mount.prefix, own))
  }
  const prefixes = [...mounts.keys()].map((name) => [name, prefixOf(name)] as const)
  for (const [name, prefix] of prefixes) {
    const router = routers.get(name)
    if (prefix === undefined) routers.delete(name)
    else if (router !== undefined) routers.set(name, { ...router, prefix })
  }
}

function frameworkOf(maker: string, imported: string): string {
  if (maker === 'Flask' || maker === 'Blueprint')
    return imported === 'quart' || imported === 'sanic' ? capital(imported) : 'Flask'
  if (maker === 'FastAPI' || maker === 'APIRouter') return 'FastAPI'
  return maker === 'Router' ? 'Starlette' : maker
}

/** The application or router of this name, if exactly one of the files that a file imports creates it. */
function importedRouter(name: string | undefined, path: string, { code, repository }: World): Router | undefined {
  if (name === undefined) return undefined
  const found = [...code.importsOf(path)].flatMap((one) => {
    const masked = maskedFile(repository.file(one))
    return (masked === undefined ? undefined : routersIn(masked).get(name)) ?? []
  })
  return found.length === 1 ? found[0] : undefined
}

/** Masks an imported file, once; `undefined` when it is too long. */
function maskedFile(file: SourceFile | undefined): MaskedCode | undefined {
  if (file === undefined || file.text === null) return undefined
  const masked = masks.get(file) ?? MaskedCode.of(file.text, PYTHON)
  if (masked !== undefined) masks.set(file, masked)
  return masked
}

/** The original names in `from … import …`, keyed by local name. */
function importedNames(code: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const [, list = ''] of code.matchAll(/^[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]+(\([^()]*\)|.*)/gm)) {
    for (const part of list.replace(/[()]/g, ' ').split(',')) {
      const [original = '', local = original] = part.trim().split(/(?<!\s)\s+as\s+/)
      if (!names.has(local) && /^\w+$/.test(original)) names.set(local, original)
    }
  }
  return names
}

/** The function or class below decorators. */
function decorated(masked: MaskedCode, from: number): { name: string; line: number } | undefined {
  const next = /\s*(?:@[\w.]+[ \t]*|(?:async\s+)?(?:def|class)\s+(\w+))/y
  for (let at = from, count = 0; count < MAX_DECORATORS; count++) {
    next.lastIndex = at
    const match = next.exec(masked.code)
    if (match === null) return undefined
    if (match[1] !== undefined) return { name: match[1], line: masked.lineAt(next.lastIndex - 1) }
    const end = masked.code[next.lastIndex] === '(' ? masked.argumentsAt(next.lastIndex)?.end : next.lastIndex
    if (end === undefined) return undefined
    at = end
  }
  return undefined
}

function methodsOf(verb: string, list: readonly Span[], masked: MaskedCode): string[] {
  if (verb.startsWith('websocket')) return ['websocket']
  if (verb !== 'route' && verb !== 'api_route') return [verb.toUpperCase()]
  const value = keyword(list, 'methods', masked)
  if (value === undefined) return ['GET']
  const inside = /^[[({]/.test(masked.codeOf(value)) ? masked.argumentsAt(value.start)?.list : undefined
  const methods = (inside ?? []).map((one) => masked.literalOf(one)?.toUpperCase())
  return methods.length > 0 && methods.every((one) => one !== undefined && /^[A-Z]+$/.test(one))
    ? [...new Set(methods as string[])]
    : ['ANY']
}

function keywordLiteral(list: readonly Span[], name: string, masked: MaskedCode): string | undefined {
  return masked.literalOf(keyword(list, name, masked))
}
