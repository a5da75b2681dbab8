/** Routes of Laravel and Slim, and the views of Laravel. */

import { PHP } from '#generate/formats/lexical-rules.ts'
import type { MaskedCode, Span } from '#generate/formats/masked-code.ts'
import { addRoute, type BridgeReader, joinRoute, prefixAt, type Source, type World } from './bridge.ts'
import { linkTemplate } from './templates.ts'

const LARAVEL_VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'options', 'any', 'match', 'view'])
/** Limit on the calls of one chain. */
const MAX_CALLS = 40
const SLIM = /(\$\w+)->(get|post|put|patch|delete|options|any|map)[ \t]*(?=\()/g
const SLIM_GROUP = /(\$\w+)->(group)[ \t]*(?=\()/g
const SLIM_ROUTER =
  /(?:\b(?:App|RouteCollectorProxy|RouteCollectorProxyInterface|Group)[ \t]+(\$\w+)\b|(\$\w+)[ \t]*=[ \t]*(?:AppFactory::create\w*|new[ \t]+(?:\\?Slim\\)?App)\b)/g
const VIEW = /(?<![\w$>:\\])view[ \t]*(?=\()/g
const VIEWS = { folder: 'views', endings: ['.blade.php', '.php'], anywhere: false }

/** The code that a prefix applies to. */
interface Group {
  start: number
  end: number
  /** `undefined` if it is computed; then the routes of the group are unknown. */
  prefix: string | undefined
}

/** One call of a chain: `prefix('admin')`. */
interface Call {
  name: string
  list: readonly Span[]
  /** After its closing parenthesis. */
  end: number
}

export const phpRoutes: BridgeReader = {
  languages: ['php'],
  lexicalRules: PHP,
  mayContain: (head, { path }) =>
    head.includes('Facades\\Route') ||
    /\bSlim\\/.test(head) ||
    (/(?:^|\/)routes\//.test(path) && head.includes('Route::')) ||
    /\bview\(/.test(head),
  read: (source, world) => {
    const { file, masked } = source
    const head = file.text.slice(0, 16_000)
    if (head.includes('Route::')) readLaravel(source, world)
    if (/\bSlim\\/.test(head)) readSlim(source, world)
    for (const match of masked.code.matchAll(VIEW)) {
      const name = masked.literalOf(masked.argumentsAt(match.index + match[0].length)?.list[0])
      linkTemplate(name?.replaceAll('.', '/'), match.index, VIEWS, source, world)
    }
  },
}

function readLaravel(source: Source, world: World): void {
  const { masked } = source
  const groups: Group[] = []
  for (const { index, 0: start } of masked.code.matchAll(/\bRoute::(?=\w)/g)) {
    const calls = chainAt(masked, index + start.length)
    const at = calls.findIndex(({ name }) => name === 'group' || LARAVEL_VERBS.has(name))
    const call = calls[at]
    if (call === undefined) continue
    const before =
      at === 0 && call.name === 'group' ? optionsPrefix(masked, call) : chainPrefix(masked, calls.slice(0, at))
    if (call.name === 'group') {
      groups.push({ start: index, end: call.end, prefix: before })
      continue
    }
    const around = prefixAt(index, groups)
    // `prefix` after the verb precedes the whole path.
    const after = chainPrefix(masked, calls.slice(at + 1))
    if (around === undefined || before === undefined || after === undefined) continue
    addLaravelRoute(source, world, call, index, (path) => joinRoute(after, joinRoute(joinRoute(around, before), path)))
  }
}

function addLaravelRoute(
  source: Source,
  world: World,
  call: Call,
  start: number,
  pathOf: (written: string) => string,
): void {
  const { masked } = source
  const { name: verb } = call
  const [written, action] = call.list.slice(verb === 'match' ? 1 : 0)
  const path = masked.literalOf(written)
  if (path === undefined || action === undefined) return
  const [startLine, endLine] = [masked.lineAt(start), masked.lineAt(call.end - 1)]
  const route = { path: joinRoute('', pathOf(path)), framework: 'Laravel', startLine, endLine }
  if (verb === 'view') {
    const id = addRoute(source, { method: 'GET', ...route })
    if (id !== undefined) linkTemplate(masked.literalOf(action)?.replaceAll('.', '/'), start, VIEWS, source, world)
    return
  }
  const handler = actionOf(action, source, world)
  const methods = verb === 'match' ? methodsOf(masked, call.list[0]) : [verb.toUpperCase()]
  for (const method of methods) addRoute(source, { method, ...route, handler })
}

/** The calls of a chain whose first name is at a position: `middleware('auth')->prefix('admin')->group(…)`. */
function chainAt(masked: MaskedCode, start: number): Call[] {
  const calls: Call[] = []
  const next = /(?:\s*->)?\s*(\w+)\s*(?=\()/y
  next.lastIndex = start
  while (calls.length < MAX_CALLS) {
    const match = next.exec(masked.code)
    const call = match === null ? undefined : masked.argumentsAt(next.lastIndex)
    if (call === undefined) break
    calls.push({ name: match?.[1] ?? '', ...call })
    next.lastIndex = call.end
  }
  return calls
}

/** The last prefix that a chain sets, '' if none; `undefined` if it is computed. */
function chainPrefix(masked: MaskedCode, calls: readonly Call[]): string | undefined {
  const call = calls.findLast(({ name }) => name === 'prefix')
  return call === undefined ? '' : masked.literalOf(call.list[0])
}

/** The prefix in the options of `group(['prefix' => 'x'], …)`; '' without options, `undefined` if it may be computed. */
function optionsPrefix(masked: MaskedCode, { list }: Call): string | undefined {
  const [options] = list
  if (options === undefined || list.length < 2) return ''
  const open = openOfArray(masked, options)
  if (open === undefined) return undefined
  let prefix: string | undefined = ''
  for (const one of masked.argumentsAt(open)?.list ?? []) {
    const arrow = /^"~*"\s*=>\s*/.exec(masked.codeOf(one))
    const key = masked.literals.get(one.start)
    if (arrow === null || key === undefined) return undefined
    if (key === 'prefix') prefix = masked.literalOf({ start: one.start + arrow[0].length, end: one.end })
  }
  return prefix
}

/** The methods in `['get', 'post']`; `ANY` alone if they are computed. */
function methodsOf(masked: MaskedCode, span: Span | undefined): string[] {
  const open = span === undefined ? undefined : openOfArray(masked, span)
  const list = open === undefined ? [] : (masked.argumentsAt(open)?.list ?? [])
  const methods = list.map((one) => masked.literalOf(one)?.toUpperCase() ?? '')
  return methods.length > 0 && methods.every((one) => /^[A-Z]{1,10}$/.test(one)) ? [...new Set(methods)] : ['ANY']
}

/** The opening bracket of an array literal, `[…]` or `array(…)`; `undefined` for anything else. */
function openOfArray(masked: MaskedCode, span: Span): number | undefined {
  const head = /^(?:array\s*(?=\()|(?=\[))/i.exec(masked.codeOf(span))
  const open = head === null ? span.end : span.start + head[0].length
  return masked.argumentsAt(open)?.end === span.end ? open : undefined
}

function readSlim(source: Source, world: World): void {
  const { masked } = source
  const routers = new Set([...masked.code.matchAll(SLIM_ROUTER)].map((match) => match[1] ?? match[2] ?? ''))
  const groups = [...masked.code.matchAll(SLIM_GROUP)].flatMap((match): Group[] => {
    const call = routers.has(match[1] ?? '') ? masked.argumentsAt(match.index + match[0].length) : undefined
    return call === undefined ? [] : [{ start: match.index, end: call.end, prefix: masked.literalOf(call.list[0]) }]
  })
  for (const match of masked.code.matchAll(SLIM)) {
    const [all, receiver = '', verb = ''] = match
    const call = routers.has(receiver) ? masked.argumentsAt(match.index + all.length) : undefined
    const list = call?.list.slice(verb === 'map' ? 1 : 0) ?? []
    const written = masked.literalOf(list[0])
    const prefix = prefixAt(match.index, groups)
    if (call === undefined || written === undefined || prefix === undefined || list.length < 2) continue
    const [startLine, endLine] = [masked.lineAt(match.index), masked.lineAt(call.end - 1)]
    const methods = verb === 'map' ? methodsOf(masked, call.list[0]) : [verb.toUpperCase()]
    const route = { path: joinRoute(prefix, written), framework: 'Slim', startLine, endLine }
    const handler = actionOf(list[1], source, world)
    for (const method of methods) addRoute(source, { method, ...route, handler })
  }
}

/** The id of the method or class that an action names: `[X::class, 'm']`, `X::class`, `X::class . ':m'`, `'X@m'`. */
function actionOf(span: Span | undefined, { masked, path }: Source, world: World): string | undefined {
  if (span === undefined) return undefined
  const code = masked.codeOf(span)
  const pair = /^\[\s*\\?([\w\\]+)::class\s*,\s*("~*")\s*(?:,\s*)?\]$/.exec(code)
  const joined = /^\\?([\w\\]+)::class\s*\.\s*("~*")$/.exec(code)
  const alone = /^\\?([\w\\]+)::class$/.exec(code)?.[1]
  const named = pair ?? joined
  const text = masked.literalOf(span)
  const [className, method] =
    named !== null
      ? [named[1], masked.literals.get(span.start + code.indexOf('"'))?.replace(/^:/, '')]
      : alone !== undefined
        ? [alone, '__invoke']
        : (text?.split('@') ?? [])
  if (className === undefined || method === undefined) return undefined
  const classes = world.code
    .usedIn(path, className.slice(className.lastIndexOf('\\') + 1))
    .filter((one) => one.kind === 'class')
  const [only] = classes
  if (only === undefined || classes.length !== 1) return undefined
  const member = world.code.membersOf(only).find((one) => one.name === method)
  return member?.id ?? (alone === undefined ? undefined : only.id)
}
