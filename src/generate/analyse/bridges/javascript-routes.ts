/** Routes of Express, Hono, Koa's router, Fastify and Nest, and views that Express renders. */

import { JAVASCRIPT } from '#generate/formats/lexical-rules.ts'
import { textAt } from '#generate/formats/located.ts'
import type { MaskedCode, Span } from '#generate/formats/masked-code.ts'
import { folderOf } from '#generate/paths.ts'
import { addRoute, type BridgeReader, joinRoute, type Source, type World } from './bridge.ts'
import { handlerOf } from './handlers.ts'
import { type ImportedName, importedNames } from './javascript-imports.ts'
import { nestRoutes } from './nest-routes.ts'
import { linkTemplate } from './templates.ts'

const FRAMEWORK = /\b(?:express|hono|koa|fastify|nestjs)\b/i
const FRAMEWORKS = new Map([
  ['express', 'Express'],
  ['hono', 'Hono'],
  ['@hono/zod-openapi', 'Hono'],
  ['koa-router', 'Koa'],
  ['@koa/router', 'Koa'],
  ['fastify', 'Fastify'],
])
const METHOD = /^(?:get|post|put|delete|patch|options|head|all|del)$/
/** `x = maker(`, possibly with `new`, a type and one member access. */
const MAKER =
  /(?:(?<![\w$.])([\w$]+)[ \t]*(?::[^=\n()]{1,200})?=[ \t]*(?:(?:module\.)?exports[ \t]*=[ \t]*){0,2}|\b(?:export[ \t]+default|return)[ \t]+)(?:new[ \t]+)?([\w$]+)(\.[\w$]+|[ \t]*\([ \t]*"~*"[ \t]*\)(?:\.[\w$]+)?)?(?:[ \t]*<[^=;()]{0,300}>)?[ \t]*(?=\()/g
/** A parameter whose type is an application or router. */
const TYPED =
  /(?<![\w$.])([\w$]+)[ \t]*:[ \t]*(?:[\w$]+\.)?(Express|Application|Router|IRouter|Hono|OpenAPIHono|FastifyInstance)\b/g
const CALL =
  /(?<![\w$.])([\w$]+)[ \t]*(?:\n[ \t]*)?\.[ \t]*(get|post|put|delete|patch|options|head|all|del|route)(?:[ \t]*<[^=;()]{0,100}>)?[ \t]*(?=\()/g
const CHAINED = /\s*\.[ \t]*([\w$]+)(?:[ \t]*<[^=;()]{0,300}>)?[ \t]*(?=\()/y
/** `router.prefix('/users')` of Koa. */
const PREFIX = /(?<![\w$.])([\w$]+)[ \t]*\.[ \t]*prefix[ \t]*(?=\()/g
/** A name or an expression for a path, not for a middleware. */
const COMPUTED_PATH =
  /^(?:["`/]|\[\s*["`/]|process\.env\b|[\w$.]+\s*\+|(?:[\w$]+\.)*[A-Z][A-Z0-9_]*$|[\w$.]*(?:[pP]ath|[pP]refix|[uU]rl)$)/
/** `app.use('/api', router)` of Express, `app.route('/api', router)` of Hono. */
const MOUNT = /(?<![\w$.])([\w$]+)[ \t]*\.[ \t]*(?:use|route)[ \t]*(?=\()/g
/** Limit on routers that are mounted in each other. */
const MAX_MOUNTS = 10
const RENDER = /(?<![\w$.])(?:res|response|reply)\.render[ \t]*(?=\()/g
const VIEWS = {
  folder: 'views',
  endings: [
    '',
    '.ejs',
    '.pug',
    '.jade',
    '.hbs',
    '.handlebars',
    '.mustache',
    '.njk',
    '.html',
    '.twig',
    '.liquid',
    '.eta',
  ],
  anywhere: false,
}

interface Router {
  framework: string
  prefix: string
}

export const javascriptRoutes: BridgeReader = {
  languages: ['javascript', 'typescript', 'tsx', 'jsx'],
  lexicalRules: JAVASCRIPT,
  mayContain: (head) => FRAMEWORK.test(head) || head.includes('.render('),
  read: (source, world) => {
    const { masked } = source
    const names = importedNames(masked)
    for (const name of names.values()) name.module = packageAt(name.module, source, world)
    const routers = new Map<string, Router>()
    const prefixOf = mountsIn(masked)
    for (const match of masked.code.matchAll(MAKER)) {
      const open = match.index + match[0].length
      const framework = makes(match, masked, names)
      if (framework === undefined) continue
      const call = masked.argumentsAt(open)
      const own = framework === 'Koa' ? koaPrefix(match[1], call?.list[0], masked) : ''
      const outer = match[1] === undefined ? '' : prefixOf(match[1])
      if (outer === undefined || own === undefined) continue
      const prefix = own === '' ? outer : joinRoute(outer, own)
      const router = readChain({ framework, prefix }, call?.end, undefined, source, world)
      if (match[1] !== undefined && router !== undefined) routers.set(match[1], router)
    }
    for (const [, name = '', type = ''] of masked.code.matchAll(TYPED)) {
      const framework = frameworkOf(names.get(type)?.module ?? (names.has('express') ? 'express' : ''))
      const prefix = prefixOf(name)
      if (framework !== undefined && prefix !== undefined && !routers.has(name))
        routers.set(name, { framework, prefix })
    }
    for (const match of masked.code.matchAll(CALL)) {
      const router = routers.get(match[1] ?? '')
      if (router !== undefined)
        readCall(
          router,
          { verb: match[2] ?? '', start: match.index, open: match.index + match[0].length },
          source,
          world,
        )
    }
    for (const match of masked.code.matchAll(RENDER)) {
      const name = masked.literalOf(masked.argumentsAt(match.index + match[0].length)?.list[0])
      linkTemplate(name, match.index, VIEWS, source, world)
    }
    nestRoutes(names, source, world)
  },
}

/** @param module - `hono/tiny` is Hono, too. */
const frameworkOf = (module: string): string | undefined => FRAMEWORKS.get(module.replace(/^hono\/.*/, 'hono'))

/**
 * The prefix of a router of Koa: `new Router({ prefix: '/users' })` or `router.prefix('/users')`.
 *
 * @returns '' if it has none, `undefined` if it is computed or set more than once.
 */
function koaPrefix(name: string | undefined, options: Span | undefined, masked: MaskedCode): string | undefined {
  const given: (string | undefined)[] = []
  const code = masked.codeOf(options)
  const written = /^\{(?:[^{}]*,)?\s*prefix\s*(?::\s*)?/.exec(code)?.[0]
  if (options !== undefined && written !== undefined) given.push(masked.literals.get(options.start + written.length))
  else if (options !== undefined && !code.startsWith('{')) given.push(undefined)
  for (const match of masked.code.matchAll(PREFIX))
    if (match[1] === name) given.push(masked.literalOf(masked.argumentsAt(match.index + match[0].length)?.list[0]))
  return given.length > 1 ? undefined : given.length === 0 ? '' : given[0]
}

/** The name of the package at a relative path to a package root, as used by examples in a framework's own repository. */
function packageAt(module: string, { path }: Source, { repository }: World): string {
  if (!/^\.\.?(?:\/\.\.)*\/?$/.test(module)) return module
  const manifest = repository.fileAt(folderOf(path), `${module}/package.json`)
  return (manifest === undefined ? undefined : textAt(repository.values(manifest), 'name')) ?? module
}

/**
 * Returns a function that gives the prefix of the router in a variable: the path at which the file mounts it, '' if it
 * does not, and `undefined` for several paths or a computed one.
 */
function mountsIn(masked: MaskedCode): (name: string) => string | undefined {
  const mounts = new Map<string, { parent: string; path: string } | null>()
  for (const match of masked.code.matchAll(MOUNT)) {
    const list = masked.argumentsAt(match.index + match[0].length)?.list ?? []
    const path = masked.literalOf(list[0])
    const [, name] = /^([\w$]+)(?:\.routes\(\))?$/.exec(masked.codeOf(list.at(-1))) ?? []
    if (list.length < 2 || name === undefined) continue
    if (path !== undefined) mounts.set(name, mounts.has(name) ? null : { parent: match[1] ?? '', path })
    else if (COMPUTED_PATH.test(masked.codeOf(list[0]))) mounts.set(name, null)
  }
  const prefixOf = (name: string, depth = 0): string | undefined => {
    const mount = mounts.get(name)
    if (mount === undefined) return ''
    const outer = mount === null || depth > MAX_MOUNTS ? undefined : prefixOf(mount.parent, depth + 1)
    return outer === undefined || mount === null ? undefined : joinRoute(outer, mount.path)
  }
  return prefixOf
}

/** The framework whose application or router a call creates. */
function makes(
  match: RegExpExecArray,
  { literals }: MaskedCode,
  names: ReadonlyMap<string, ImportedName>,
): string | undefined {
  const [, , maker = '', member = ''] = match
  if (maker === 'require') return requiredFramework(match, literals)
  const known = names.get(maker)
  const framework = known === undefined ? undefined : frameworkOf(known.module)
  if (framework === undefined || known === undefined) return undefined
  const whole = known.name === '*' || known.name === 'default'
  if (framework === 'Express')
    return (whole ? member === '' || member === '.Router' : known.name === 'Router' && member === '')
      ? framework
      : undefined
  if (framework === 'Hono') return member === '' && /^(?:Hono|OpenAPIHono)$/.test(known.name) ? framework : undefined
  return member === '' ? framework : undefined
}

/** `require('express')()` and `require('express').Router()`. */
function requiredFramework(match: RegExpExecArray, literals: MaskedCode['literals']): string | undefined {
  const member = match[3] ?? ''
  const at = match.index + match[0].lastIndexOf(member) + member.indexOf('"')
  const framework = member.includes('"') ? FRAMEWORKS.get(literals.get(at) ?? '') : undefined
  const rest = member.slice(member.lastIndexOf(')') + 1)
  return rest === '' || (framework === 'Express' && rest === '.Router') ? framework : undefined
}

/**
 * Follows `.get(…).post(…)` after a router or after `.route(path)`.
 *
 * @param path - Path of a route to which all methods of the chain belong.
 * @returns The router with its prefix; `undefined` if its prefix is computed.
 */
function readChain(
  router: Router,
  from: number | undefined,
  path: string | undefined,
  source: Source,
  world: World,
): Router | undefined {
  const { masked } = source
  let { prefix } = router
  for (let at = from; at !== undefined; ) {
    CHAINED.lastIndex = at
    const match = CHAINED.exec(masked.code)
    if (match === null) break
    const name = match[1] ?? ''
    const open = at + match[0].length
    const call = masked.argumentsAt(open)
    if (call === undefined) break
    if (name === 'basePath' || (name === 'prefix' && path === undefined && router.framework === 'Koa')) {
      const added = masked.literalOf(call.list[0])
      if (added === undefined) return undefined
      prefix = joinRoute(prefix, added)
    } else if (METHOD.test(name))
      addCall({ ...router, prefix }, { ...call, verb: name, start: open - name.length, path }, source, world)
    at = call.end
  }
  return { ...router, prefix }
}

/** @param at - The name of the called method, its offset, and that of its opening bracket. */
function readCall(
  router: Router,
  at: { verb: string; start: number; open: number },
  source: Source,
  world: World,
): void {
  const { verb, start, open } = at
  const { masked } = source
  const call = masked.argumentsAt(open)
  if (call === undefined) return
  if (verb !== 'route') {
    addCall(router, { ...call, verb, start, path: undefined }, source, world)
    // A router's methods return the router, and those of a route of Express return the route.
    readChain(router, call.end, undefined, source, world)
  } else if (router.framework === 'Express' && call.list.length === 1) {
    const path = masked.literalOf(call.list[0])
    if (path !== undefined) readChain(router, call.end, path, source, world)
  }
}

/** A call that may define a route. */
interface RouteCall {
  verb: string
  start: number
  end: number
  list: Span[]
  /** The path of the chain that it belongs to; without one, its first argument is the path. */
  path: string | undefined
}

function addCall({ framework, prefix }: Router, call: RouteCall, source: Source, world: World): void {
  const { verb, start, path: given } = call
  const { masked } = source
  // `app.get('name')` reads a setting; a route has a path and a handler.
  if (call.list.length < (given === undefined ? 2 : 1)) return
  const [first, second] = call.list.map((span) => masked.literalOf(span))
  // Routes of Koa may have a name: `router.get('user', '/users/:id', show)`.
  const isNamed = framework === 'Koa' && second !== undefined && call.list.length > 2
  const path = given ?? (isNamed ? second : first)
  const last = call.list.at(-1)
  if (path === undefined || last === undefined || masked.literalOf(last) !== undefined) return
  const method = verb === 'all' ? 'ANY' : verb === 'del' ? 'DELETE' : verb.toUpperCase()
  const handler = handlerOf(masked.codeOf(last), source, world)
  const [startLine, endLine] = [masked.lineAt(start), masked.lineAt(call.end - 1)]
  addRoute(source, { method, path: joinRoute(prefix, path), framework, startLine, endLine, handler })
}
