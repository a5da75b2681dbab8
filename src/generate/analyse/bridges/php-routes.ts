/** Routes of Laravel and Slim, and the views of Laravel. */

import { PHP } from '#generate/formats/lexical-rules.ts'
import type { MaskedCode, Span } from '#generate/formats/masked-code.ts'
import { addRoute, type BridgeReader, joinRoute, type Source, type World } from './bridge.ts'
import { linkTemplate } from './templates.ts'

const LARAVEL = /\bRoute::(?:\w+\([^()\n]*\)[ \t\n]*->)*(get|post|put|patch|delete|options|any|match|view)[ \t]*(?=\()/g
const LARAVEL_GROUP = /\bRoute::((?:\w+\([^()\n]*\)[ \t\n]*->[ \t\n]*)*)group[ \t]*(?=\()/g
const SLIM = /(\$\w+)->(get|post|put|patch|delete|options|any|map)[ \t]*(?=\()/g
const SLIM_GROUP = /(\$\w+)->(group)[ \t]*(?=\()/g
const SLIM_ROUTER =
  /(?:\b(?:App|RouteCollectorProxy|RouteCollectorProxyInterface|Group)[ \t]+(\$\w+)\b|(\$\w+)[ \t]*=[ \t]*(?:AppFactory::create\w*|new[ \t]+(?:\\?Slim\\)?App)\b)/g
const VIEW = /(?<![\w$>:\\])view[ \t]*(?=\()/g
const VIEWS = { folder: 'views', endings: ['.blade.php', '.php'], anywhere: false }

interface Group {
  start: number
  end: number
  prefix: string
}

export const phpRoutes: BridgeReader = {
  languages: ['php'],
  lexicalRules: PHP,
  mayMatter: (head, { path }) =>
    head.includes('Facades\\Route') ||
    /\bSlim\\/.test(head) ||
    (/(?:^|\/)routes\//.test(path) && head.includes('Route::')) ||
    head.includes(' view('),
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
  const groups = groupsOf(masked, LARAVEL_GROUP, (match, list) => {
    const chain = match[1] ?? ''
    const at = /\bprefix[ \t]*\([ \t]*(?=")/.exec(chain)
    if (at !== null) return masked.literals.get(match.index + match[0].indexOf(chain) + at.index + at[0].length)
    if (/\bprefix\b/.test(chain)) return undefined
    const options = masked.codeOf(list[0])
    const old = /^\[.*?"~*"/s.test(options) ? prefixOption(masked, list[0]) : ''
    return old
  })
  for (const match of masked.code.matchAll(LARAVEL)) {
    const [all, verb = ''] = match
    const open = match.index + all.length
    const call = masked.argumentsAt(open)
    const list = call?.list.slice(verb === 'match' ? 1 : 0) ?? []
    const written = masked.literalOf(list[0])
    const prefix = prefixAt(match.index, groups)
    if (call === undefined || written === undefined || prefix === undefined || list.length < 2) continue
    const [startLine, endLine] = [masked.lineAt(match.index), masked.lineAt(call.end - 1)]
    const method = verb === 'view' ? 'GET' : verb === 'any' || verb === 'match' ? 'ANY' : verb.toUpperCase()
    const own = /\bprefix[ \t]*\([ \t]*(?=")/.exec(all)
    const before = own === null ? '' : (masked.literals.get(match.index + own.index + own[0].length) ?? '')
    const path = joinRoute('', joinRoute(joinRoute(prefix, before), written))
    const handler = verb === 'view' ? undefined : actionOf(list[1], source, world)
    const id = addRoute(source, { method, path, framework: 'Laravel', startLine, endLine, handler })
    if (verb === 'view' && id !== undefined) {
      linkTemplate(masked.literalOf(list[1])?.replaceAll('.', '/'), match.index, VIEWS, source, world)
    }
  }
}

function readSlim(source: Source, world: World): void {
  const { masked } = source
  const routers = new Set([...masked.code.matchAll(SLIM_ROUTER)].map((match) => match[1] ?? match[2] ?? ''))
  const groups = groupsOf(masked, SLIM_GROUP, (match, list) =>
    routers.has(match[1] ?? '') ? masked.literalOf(list[0]) : '',
  )
  for (const match of masked.code.matchAll(SLIM)) {
    const [all, receiver = '', verb = ''] = match
    const call = routers.has(receiver) ? masked.argumentsAt(match.index + all.length) : undefined
    const list = call?.list.slice(verb === 'map' ? 1 : 0) ?? []
    const written = masked.literalOf(list[0])
    const prefix = prefixAt(match.index, groups)
    if (call === undefined || written === undefined || prefix === undefined || list.length < 2) continue
    const [startLine, endLine] = [masked.lineAt(match.index), masked.lineAt(call.end - 1)]
    const method = verb === 'any' || verb === 'map' ? 'ANY' : verb.toUpperCase()
    const handler = actionOf(list[1], source, world)
    addRoute(source, { method, path: joinRoute(prefix, written), framework: 'Slim', startLine, endLine, handler })
  }
}

function groupsOf(
  masked: MaskedCode,
  pattern: RegExp,
  prefixOf: (match: RegExpExecArray, list: readonly Span[]) => string | undefined,
): (Group | { start: number; end: number; prefix: undefined })[] {
  return [...masked.code.matchAll(pattern)].flatMap((match) => {
    const call = masked.argumentsAt(match.index + match[0].length)
    return call === undefined ? [] : [{ start: match.index, end: call.end, prefix: prefixOf(match, call.list) }]
  })
}

/** The combined prefix of the groups around an offset; `undefined` when one of them is unknown. */
function prefixAt(
  at: number,
  groups: readonly { start: number; end: number; prefix: string | undefined }[],
): string | undefined {
  let whole = ''
  for (const { start, end, prefix } of groups) {
    if (start >= at || end <= at) continue
    if (prefix === undefined) return undefined
    whole = joinRoute(whole, prefix)
  }
  return whole
}

/** `['prefix' => 'x', …]` */
function prefixOption(masked: MaskedCode, options: Span | undefined): string | undefined {
  if (options === undefined) return ''
  for (const one of masked.argumentsAt(options.start)?.list ?? []) {
    const arrow = /^"~*"\s*=>\s*/.exec(masked.codeOf(one))
    if (arrow === null || masked.literals.get(one.start) !== 'prefix') continue
    return masked.literalOf({ start: one.start + arrow[0].length, end: one.end })
  }
  return ''
}

/** `[X::class, 'm']`, `X::class`, `X::class . ':m'`, `'X@m'` */
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
