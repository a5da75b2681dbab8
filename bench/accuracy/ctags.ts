/** Universal-ctags as an oracle of definitions, for every language that it parses well: JavaScript and TypeScript are not. */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { refusalOf } from './ctags/confirm.ts'
import type { Definition, Oracle } from './oracle.ts'

/** Kinds, by the name of the language in ctags, that have to be components. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  C: ['function', 'struct', 'enum', 'union', 'macro', 'typedef'],
  'C++': ['function', 'class', 'struct', 'enum', 'union', 'typedef', 'namespace'],
  'C#': ['class', 'interface', 'struct', 'enum', 'method', 'property'],
  Go: ['func', 'struct', 'interface', 'type', 'methodSpec'],
  Java: ['class', 'interface', 'enum', 'method', 'annotation'],
  Kotlin: ['class', 'interface', 'method', 'object'],
  PHP: ['class', 'interface', 'trait', 'function'],
  Ruby: ['class', 'module', 'method', 'singletonMethod'],
  Rust: ['function', 'struct', 'enum', 'interface', 'method', 'macro', 'module'],
  Sh: ['function'],
  Python: ['class', 'function', 'member'],
}

export const ctagsOracle: Oracle = {
  name: 'ctags',
  languages: ['bash', 'c', 'cpp', 'csharp', 'go', 'java', 'kotlin', 'php', 'python', 'ruby', 'rust'],
  judge: async (checkout, files) => {
    const temporary = mkdtempSync(path.join(tmpdir(), 'accuracy-'))
    try {
      const languages = Object.keys(KINDS).join(',')
      const output = execFileSync(
        'ctags',
        [
          '--output-format=json',
          `--languages=${languages}`,
          '--fields=+nKslSt',
          '--map-Sh=+.bash',
          '-f',
          '-',
          '-L',
          '-',
        ],
        {
          cwd: checkout,
          input: files.join('\n'),
          maxBuffer: 512 * 1_048_576,
          env: { ...process.env, TMPDIR: temporary },
          stdio: ['pipe', 'pipe', 'ignore'],
        },
      )
      const tags = output.toString().split('\n').filter(Boolean).map(readTag)
      const functions = new Set(tags.filter((tag) => CODE.test(tag.kind)).map((tag) => keyOf(tag)))
      const wanted = tags.filter((tag) => isWanted(tag) && !isLocal(tag, functions))
      const lines = linesIn(checkout)
      const refused = new Map<string, number>()
      const definitions: Definition[] = []
      for (const tag of wanted) {
        const refusal = refusalOf(tag, lines(tag.path))
        if (refusal !== undefined) refused.set(refusal, (refused.get(refusal) ?? 0) + 1)
        else {
          const name = nameOf(tag, lines(tag.path)[tag.line - 1] ?? '')
          definitions.push({ file: tag.path, name: name.replace(/\s+/g, ''), line: tag.line })
        }
      }
      const note = [...refused].map(([why, count]) => `${count} ${why}`).sort()
      return {
        files: new Set(files),
        definitions,
        ...(note.length === 0 ? {} : { note: `not asked for: ${note.join(', ')}` }),
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'universal-ctags is not installed'
      throw error
    } finally {
      rmSync(temporary, { recursive: true })
    }
  },
}

interface Tag {
  path: string
  name: string
  line: number
  kind: string
  language: string
  /** What it is in, outermost first, joined by dots. */
  scope?: string
  scopeKind?: string
  signature?: string
  typeref?: string
}

const CODE = /^(?:function|method|member|func|singletonMethod|generator)$/

function readTag(line: string): Tag {
  const tag = JSON.parse(line) as Tag
  return tag.scope === undefined ? tag : { ...tag, scope: tag.scope.replaceAll('::', '.') }
}

const keyOf = (tag: Tag): string => `${tag.path}#${tag.scope === undefined ? '' : `${tag.scope}.`}${tag.name}`

/** The lines of a file, kept for the tags that follow: ctags goes file by file. */
function linesIn(checkout: string): (file: string) => readonly string[] {
  let last: { file: string; lines: string[] } | undefined
  return (file) => {
    if (last?.file !== file) last = { file, lines: readFileSync(path.join(checkout, file), 'utf8').split('\n') }
    return last.lines
  }
}

/** What a macro of C or C++ defines, such as `TEST(suite, name) {…}`, has no type, and is named by its arguments too. */
function nameOf({ name, language, kind, typeref, scope, scopeKind, signature = '' }: Tag, line: string): string {
  // What implements a member of an interface is named by that too, and has its name.
  if (language === 'C#') return name.replace(/^.*\./, '')
  // `class A::B` is called B, and is in no A, but it is in what is around it.
  const written = language === 'Ruby' ? /^\s*(?:class|module)\s+(\w+(?:::\w+)+)/.exec(line)?.[1] : undefined
  if (written?.endsWith(`::${name}`)) {
    const own = written.replaceAll('::', '.')
    const whole = scope === undefined ? name : `${scope}.${name}`
    return whole.endsWith(`.${own}`) ? whole : own
  }
  const isFree = scope === undefined || scopeKind === 'namespace'
  const isMade = (language === 'C++' || language === 'C') && kind === 'function' && isFree && typeref === undefined
  return isMade && /^[A-Z][A-Z0-9_]+$/.test(name) ? name + signature : name
}

/** Has a name of its own, and is of a kind that counts. */
function isWanted(tag: Tag): boolean {
  const isNamed = !/^(?:__anon|anonymous|AnonymousFunction)|[0-9a-f]{8}\d{4}$/.test(tag.name)
  return isNamed && KINDS[tag.language]?.includes(tag.kind) === true
}

/** In a function, at whatever depth. */
function isLocal(tag: Tag, functions: ReadonlySet<string>): boolean {
  let scope = tag.scope ?? ''
  while (scope !== '') {
    if (functions.has(`${tag.path}#${scope}`)) return true
    scope = scope.slice(0, Math.max(0, scope.lastIndexOf('.')))
  }
  return false
}
