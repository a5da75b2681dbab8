/**
 * The patterns that the code constructs: it is run while `RegExp` notes what it is given and by which line. Functions
 * that put a name into a pattern are called for all they are made for, or with a name of the kind they are given.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Pattern } from './collect.ts'

/** Patterns with a name in them, by their files: the name is a word, and nothing in the pattern repeats it. */
const WITH_NAMES: Record<string, Pattern[]> = {
  'src/http/api/curl-command.ts': [{ source: String.raw`:job_id(\{[^/]*\})?`, flags: '' }],
  'src/generate/analyse/embedded/markup.ts': [{ source: String.raw`</script\s*>`, flags: 'gi' }],
  'src/generate/analyse/languages/rust/crates.ts': [
    { source: String.raw`^[ \t]*name[ \t]*=[ \t]*["']([^"'\n]+)["']`, flags: 'm' },
    { source: String.raw`^[ \t]*autobins[ \t]*=[ \t]*false`, flags: 'm' },
  ],
  'src/cross-search/correct-spelling.ts': [{ source: '(?<![a-z0-9])orbit(?![a-z0-9])', flags: '' }],
  'src/generate/pages/public-api/object-properties.ts': [
    { source: String.raw`[{,:]\s{0,40}plan\s{0,40}(?=[,}])`, flags: 'u' },
  ],
  'src/generate/pages/stale-versions.ts': [
    {
      source: String.raw`(?:^|["'\s])orbit(?:\[[\w,. -]{0,60}\])?["']? {0,4}[:=,]? {0,4}["']?(?:>=|==|~=|~>|\^|~|=)? {0,4}(\d{1,9}(?:\.\d{1,9}){0,4})`,
      flags: 'gim',
    },
  ],
  // Of queries, which `collect.ts` reads itself.
  'src/generate/analyse/query/compile.ts': [],
  // Runs in browsers.
  'templates/assets/search.js': [{ source: '(reader|pars\\.)', flags: 'gi' }],
  // Alternatives of escaped words, as above.
  'templates/cross-search.tsx': [{ source: '(reader|pars\\.)', flags: 'giu' }],
}

export interface Constructed {
  /** `src/a.ts`, and the pattern. */
  path: string
  pattern: Pattern
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const CONSTRUCTS = /\bRegExp\(/

/** @param paths - Of the code, from the root. */
export async function constructedBy(paths: readonly string[]): Promise<Constructed[]> {
  const found: Constructed[] = []
  const files = paths.filter((path) => /\.tsx?$/.test(path) && CONSTRUCTS.test(readFileSync(root + path, 'utf8')))
  const own = globalThis.RegExp
  globalThis.RegExp = new Proxy(own, {
    construct(target, args, self) {
      const made: RegExp = Reflect.construct(target, args, self)
      const path = callerOf(new Error().stack ?? '')
      if (path !== undefined) found.push({ path, pattern: { source: made.source, flags: made.flags } })
      return made
    },
  })
  try {
    for (const path of files) await import(`${root}${path}`)
    await callAll()
  } finally {
    globalThis.RegExp = own
  }
  for (const [path, patterns] of Object.entries(WITH_NAMES))
    for (const pattern of patterns) found.push({ path, pattern })
  return found
}

/** @returns The files whose constructions are covered. */
export const coveredBy = (found: readonly Constructed[]): Set<string> =>
  new Set([...found.map(({ path }) => path), ...Object.keys(WITH_NAMES)])

function callerOf(stack: string): string | undefined {
  return /(?:src|queue|templates)\/[\w./-]+(?=:\d+:\d+\)?$)/m.exec(stack.replaceAll(root, ''))?.[0]
}

async function callAll(): Promise<void> {
  const [{ tokens }, { MaskedCode }, lexes] = await Promise.all([
    import('#base/token-forms.ts'),
    import('#generate/formats/masked-code.ts'),
    import('#generate/formats/lexical-rules.ts'),
  ])
  tokens()
  tokens(8)
  for (const lexicalRules of Object.values(lexes))
    if (typeof lexicalRules === 'object') MaskedCode.of('a', lexicalRules)
}
