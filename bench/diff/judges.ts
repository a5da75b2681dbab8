/** Tools that find breaking changes in two trees of files, each change with a key of its definition. */

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { typescript } from './typescript-judge.ts'

export interface Judged {
  /** `<place>#<Qualified.name>` in the older version. */
  key: string
  /** What the tool says. */
  text: string
}

export interface Judge {
  compare(before: string, after: string): Judged[]
  /** A key of ours, `<file>#<Qualified.name>`, in the form of this judge. */
  normal(key: string): string
  /** Whether the judge looks at this definition at all. */
  isOurs(key: string): boolean
}

const here = path.dirname(fileURLToPath(import.meta.url))
const MAX_BUFFER = 1 << 28

/**
 * @param what - A Python package, an import path of Go, a folder of Java sources, or the entry of a TypeScript package.
 * @param folder - Of the package below the repository; `.` for the root.
 */
export function judges(name: string, what: string, folder: string, work: string): Judge {
  if (name === 'griffe') return griffe(what, folder)
  if (name === 'apidiff') return apidiff(what, work)
  if (name === 'javap') return javap(what, work)
  if (name === 'typescript') return typescript(what, work)
  throw new Error(`Expected griffe, apidiff, javap or typescript, found ${name}.`)
}

/** Values are a matter of judgement: docspool calls their changes unknown. */
const NOT_JUDGED = new Set(['ATTRIBUTE_CHANGED_VALUE'])

function griffe(what: string, folder: string): Judge {
  return {
    compare(before, after) {
      const args = [path.join(here, 'griffe-judge.py'), what, path.join(before, folder), path.join(after, folder)]
      const found = JSON.parse(execFileSync('/usr/bin/python3', args, { encoding: 'utf8', maxBuffer: MAX_BUFFER })) as {
        kind: string
        file: string | null
        name: string
        text: string
      }[]
      return found
        .filter(({ kind }) => !NOT_JUDGED.has(kind))
        .map(({ kind, file, name, text }) => ({
          key: `${path.join(folder, file ?? '')}#${name}`,
          text: `${kind} ${text}`,
        }))
    },
    normal: (key) => key,
    isOurs: (key) => key.startsWith(folder === '.' ? what : `${folder}/`),
  }
}

function apidiff(what: string, work: string): Judge {
  const binary = path.join(work, 'apidiff-judge')
  execFileSync('go', ['build', '-o', binary, path.join(here, 'apidiff-judge.go')], {
    env: { ...process.env, GO111MODULE: 'off', GOPATH: process.env.BENCH_GOPATH ?? '/usr/share/gocode', GOFLAGS: '' },
  })
  const gopaths = new Map<string, string>()
  const gopathOf = (tree: string): string => {
    const known = gopaths.get(tree)
    if (known !== undefined) return known
    const gopath = mkdtempSync(path.join(work, 'gopath-'))
    cpSync(tree, path.join(gopath, 'src', what), { recursive: true })
    gopaths.set(tree, gopath)
    return gopath
  }
  return {
    compare(before, after) {
      const [old, now] = [gopathOf(before), gopathOf(after)]
      const packages = packagesIn(path.join(old, 'src', what))
      return packages.flatMap((folder) => {
        if (!packagesIn(path.join(now, 'src', what)).includes(folder)) return []
        const at = folder === '' ? what : `${what}/${folder}`
        const env = { ...process.env, GO111MODULE: 'off' }
        const messages = JSON.parse(execFileSync(binary, [at, old, now], { encoding: 'utf8', env })) as string[]
        // A package that it could not check whole.
        return messages
          .filter((text) => !text.includes('invalid type'))
          .map((text) => ({ key: `${folder}#${objectIn(text)}`, text }))
      })
    },
    normal: (key) => {
      const [file = '', name = ''] = key.split('#')
      return `${file.includes('/') ? path.dirname(file) : ''}#${name}`
    },
    isOurs: (key) => key.includes('.go#'),
  }
}

/** `(*Mux).Route`, `Mux.Route`: the object that a message is about. */
const objectIn = (message: string): string =>
  (message.split(':')[0] ?? '')
    .replace(/^\(\*?(\w+)\)/, '$1')
    .replace(/\[.*\]/, '')
    .trim()

/** Folders with code that others may import. */
function packagesIn(root: string, folder = ''): string[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true })
  const own = entries.some(({ name }) => name.endsWith('.go') && !name.endsWith('_test.go')) ? [folder] : []
  const below = entries.filter(
    (entry) => entry.isDirectory() && !/^(?:examples?|internal|testdata|vendor|_.*|\..*)$/.test(entry.name),
  )
  return [...own, ...below.flatMap(({ name }) => packagesIn(root, path.posix.join(folder, name)))]
}

function javap(sources: string, work: string): Judge {
  const known = new Map<string, Map<string, Set<string>>>()
  /** Classes by name, each with its public and protected members as lines. */
  const classesOf = (tree: string): Map<string, Set<string>> => {
    const kept = known.get(tree)
    if (kept !== undefined) return kept
    const out = mkdtempSync(path.join(work, 'classes-'))
    const files = filesIn(path.join(tree, sources)).filter(
      (file) => file.endsWith('.java') && !file.endsWith('module-info.java'),
    )
    const extra = process.env.BENCH_CLASSPATH === undefined ? [] : ['-cp', process.env.BENCH_CLASSPATH]
    execFileSync('javac', ['-nowarn', '-proc:none', '-encoding', 'UTF-8', '-d', out, ...extra, ...files], {
      stdio: 'ignore',
    })
    const compiled = filesIn(out).filter((file) => file.endsWith('.class') && !/\$\d/.test(file))
    const text = execFileSync('javap', ['-protected', ...compiled], { encoding: 'utf8', maxBuffer: MAX_BUFFER })
    const classes = new Map<string, Set<string>>()
    let members = new Set<string>()
    for (const line of text.split('\n')) {
      const head = /\b(?:class|interface) ([\w.$]+)/.exec(line)
      if (head !== null && !line.startsWith('  ')) {
        members = new Set([`head ${line.replace(/\s*\{$/, '')}`])
        if (/^(?:public|protected)\b/.test(line)) classes.set(head[1] ?? '', members)
      } else if (line.startsWith('  ') && !line.includes('static {}')) members.add(line.trim())
    }
    known.set(tree, classes)
    return classes
  }
  mkdirSync(work, { recursive: true })
  return {
    compare(before, after) {
      const [old, now] = [classesOf(before), classesOf(after)]
      return [...old].flatMap(([name, members]) => {
        const others = now.get(name)
        if (others === undefined) return [{ key: `#${plain(name)}`, text: 'class removed' }]
        const inherited = lineOf(name, now).flatMap((one) => [...(now.get(one) ?? [])])
        const gone = [...members]
          .filter((member) => !member.startsWith('head ') && !isThere(member, [...others, ...inherited]))
          .map((member) => ({ key: `#${plain(name)}${memberIn(member, name)}`, text: member }))
        gone.push(...headChanges(name, old, now).map((text) => ({ key: `#${plain(name)}`, text })))
        // Nobody implements an annotation, and what javap prints of its elements does not tell those that have a default.
        const isAnnotation = [...others].some((member) => member.includes(' extends java.lang.annotation.Annotation'))
        const isContract = [...others].some((member) => /^head .*\binterface\b/.test(member))
        const required = [...others].filter(
          (member) =>
            !isAnnotation &&
            !member.startsWith('head ') &&
            !members.has(member) &&
            (/\babstract\b/.test(member) || (isContract && !/\b(?:default|static)\b|^head/.test(member))),
        )
        return [
          ...gone,
          ...required.map((member) => ({
            key: `#${plain(name)}${memberIn(member, name)}`,
            text: `required: ${member}`,
          })),
        ]
      })
    },
    normal: (key) => {
      const [file = '', name = ''] = key.split('#')
      const folder = path.dirname(file).slice(file.indexOf(sources) + sources.length + 1)
      return `#${[...folder.split('/'), name].join('.')}`
    },
    isOurs: (key) => key.startsWith(`${sources}/`),
  }
}

/** The member itself, or one that is easier to use: public instead of protected, with a body instead of abstract, no longer final. */
function isThere(member: string, others: readonly string[]): boolean {
  const isFinal = (text: string): boolean => / final .*\(/.test(text)
  const wider = (text: string): string =>
    text
      .replace('protected ', 'public ')
      .replace(/\b(?:abstract|default|synchronized|native) /g, '')
      .replace(/\bfinal (?=.*\()/, '')
  return others.some(
    (other) =>
      other === member ||
      (wider(member) === wider(other) &&
        !(other.includes('protected ') && member.includes('public ')) &&
        !(isFinal(other) && !isFinal(member)) &&
        !(other.includes('abstract ') && !member.includes('abstract '))),
  )
}

/** A class and its supertypes, as far as they are of the same version. */
function lineOf(name: string, classes: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const line = new Set([name])
  for (const one of line) for (const above of supertypesOf(one, classes)) line.add(above)
  return [...line]
}

function supertypesOf(name: string, classes: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const head = [...(classes.get(name) ?? [])].find((member) => member.startsWith('head ')) ?? ''
  const [, list = ''] = /\b(?:extends|implements)\s+(.*)$/.exec(plainHead(head)) ?? []
  return list
    .split(/,|\bimplements\b|\bextends\b/)
    .map((one) => one.trim())
    .filter(Boolean)
}

/** Without what is in `<…>`. */
function plainHead(head: string): string {
  let [text, before] = [head, '']
  while (text !== before) [before, text] = [text, text.replace(/<[^<>]*>/g, '')]
  return text
}

/** The erasures of the bounds of its type parameters. */
function boundsOf(name: string, classes: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const head = [...(classes.get(name) ?? [])].find((member) => member.startsWith('head ')) ?? ''
  const after = head.slice(head.indexOf(name) + name.length)
  if (!after.startsWith('<')) return []
  let depth = 0
  const end = [...after].findIndex((one) => (one === '<' ? ++depth : one === '>' ? --depth : depth) === 0)
  let list = after.slice(1, end)
  for (let before = ''; list !== before; ) [before, list] = [list, list.replace(/<[^<>]*>/g, '')]
  return list.split(',').map((one) => /extends ([\w.$]+)/.exec(one)?.[1] ?? 'java.lang.Object')
}

/** Modifiers that a class has gained, supertypes that it has lost, and type parameters with another bound or number. */
function headChanges(
  name: string,
  before: ReadonlyMap<string, ReadonlySet<string>>,
  after: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const head = (classes: ReadonlyMap<string, ReadonlySet<string>>): string =>
    [...(classes.get(name) ?? [])].find((member) => member.startsWith('head ')) ?? ''
  const gained = ['final', 'abstract'].filter(
    (word) => head(after).includes(` ${word} `) && !head(before).includes(` ${word} `),
  )
  const still = lineOf(name, after)
  const [old, now] = [boundsOf(name, before), boundsOf(name, after)]
  // A class that had no parameters may be used without arguments still.
  if (old.length > 0 && old.join() !== now.join()) gained.push(`<${old.join()}> → <${now.join()}>`)
  return [...gained, ...supertypesOf(name, before).filter((one) => !still.includes(one))]
}

const plain = (name: string): string => name.replaceAll('$', '.')

/** `.name` of a member; nothing for the class itself. */
function memberIn(line: string, owner: string): string {
  if (line.startsWith('head ')) return ''
  const [before = ''] = line.replace(/;$/, '').split('(')
  const name = before.trim().split(/\s+/).at(-1) ?? ''
  const own = plain(owner)
  return plain(name) === own ? `.${own.split('.').at(-1)}` : `.${name.split(' ').at(-1)}`
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name)
    return entry.isDirectory() ? filesIn(at) : [at]
  })
}
