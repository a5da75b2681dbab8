/** Reads the commands in the documents of a repository, without outdated ones. */

import { hasText } from '#base/find-text.ts'
import type { Package, SourceFile } from '#generate/model.ts'
import { isDocument } from '#generate/pages/readme/documents.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { foldersAbove, nameOf, README } from '#generate/paths.ts'
import {
  type DocumentedBlock,
  type DocumentedCommands,
  documentedCommands,
  isOnInstallation,
} from './commands-of-documents.ts'
import { definedCommands, hasPackageFor, installsOwn, orderInstalls, ownNames } from './own-commands.ts'

/** Limit on the sections of one document. */
const MAX_BLOCKS = 6
/** Limit on the commands of sections that are joined. */
const MAX_COMMANDS = 10

const documentsKnown = new WeakMap<Writing, DocumentedCommands[]>()

export function documentsOf(writing: Writing): DocumentedCommands[] {
  const known = documentsKnown.get(writing) ?? readDocuments(writing)
  documentsKnown.set(writing, known)
  return known
}

/** Instructions for contributors come first. A block with a script that no manifest has is outdated. */
function readDocuments(writing: Writing): DocumentedCommands[] {
  const { inventory, repo } = writing
  const names = ownNames(writing)
  const isDefined = definedCommands(writing)
  const hasFile = (form: RegExp): boolean => inventory.files.some(({ path }) => form.test(path))
  const folders = new Set(
    inventory.files.flatMap(({ path }) => foldersAbove(path).map((one) => one.replace(/\/$/, ''))),
  )
  const named = namedByReadme(writing)
  // Compose files without a build only start services, such as databases for tests.
  const isBuiltInDocker = inventory.files.some(
    ({ path, text }) => COMPOSE.test(path) && /^\s{1,20}build:/m.test(text ?? ''),
  )
  const prepares = (run: string): boolean =>
    run === '' || PREPARES.test(run) || (!isBuiltInDocker && STARTS_SERVICES.test(run))
  const rank = ({ path }: DocumentedCommands): number => (README.test(path) ? 2 : isOnInstallation(path) ? 1 : 0)
  const found = inventory.files
    .flatMap((one) => {
      const about = { name: writing.subject.name, isNamed: named.has(one.path) }
      return documentedCommands(one, (path) => repo.files.has(path) || folders.has(path), about) ?? []
    })
    .sort((a, b) => rank(a) - rank(b))
  /** The document of each command. */
  const seen = new Map<string, string>()
  return found.map((one) => {
    const isUsers = rank(one) > 0
    const broken = new Set<number>()
    const fresh = new Set<number>()
    const usable = one.work.filter(({ section, lines }) => {
      // Skips how users install it into their own projects.
      if (lines.every(({ run }) => run === '' || installsOwn(run, names))) return false
      if (!lines.every((line) => isDefined(line, isUsers))) broken.add(section)
      // Later blocks may depend on the outdated one.
      if (broken.has(section)) return false
      if (lines.some(({ run, folder }) => run !== '' && !isKnown(seen, one.path, folder, run))) fresh.add(section)
      for (const { run, folder } of lines) seen.set(`${folder} ${run}`, seen.get(`${folder} ${run}`) ?? one.path)
      return true
    })
    const work: DocumentedBlock[] = []
    let shown = new Map<string, string>()
    let inside = -1
    for (const block of usable) {
      const { section, lines, start } = block
      if (section !== inside) [inside, shown] = [section, new Map()]
      // A section with a new command is shown whole, without variants of its own commands.
      const isRepeated = lines.every(
        ({ run, folder }) => run === '' || isKnown(shown, one.path, folder, run) || isVariant(shown, folder, run),
      )
      if (!fresh.has(section) || isRepeated) continue
      for (const { run, folder } of lines) shown.set(`${folder} ${run}`, one.path)
      const last = work.at(-1)
      const moves = start === '' ? [] : [{ text: `cd ${start}`, run: '', folder: '' }]
      if (last?.section === section && last.end === start && last.lines.length + lines.length <= MAX_COMMANDS)
        work[work.length - 1] = { ...last, lines: [...last.lines, ...lines], end: block.end }
      else work.push({ ...block, lines: [...moves, ...lines] })
    }
    return {
      ...one,
      install: orderInstalls(
        one.install.filter(
          (line) => installsOwn(line, names) && !isOldGo(line, writing) && hasPackageFor(line, hasFile),
        ),
      ),
      // Configuring, formatters, tools of the system and services alone build nothing.
      work: work
        .filter(({ lines }) => !lines.every(({ run }) => run.split(' && ').every(prepares)))
        .slice(0, MAX_BLOCKS),
    }
  })
}

const PREPARES =
  /^(?:brew|(?:\.\/)?configure|(?:pipx|uv tool) (?:inject|install)|rustup component add)(?: |$)|^cmake (?!-[EP] |--(?:build|install|workflow)\b)|^meson setup\b|^(?:\S{1,60} ){0,3}(?:fmt|format)(?![\w./-])|^(?:python3? -m |uv )?(?:virtual)?venv\b|\/bin\/activate$|^(?:python3? -m )?pip3? install (?!-[er]|["'.])/
const STARTS_SERVICES = /^docker(?: |-)compose .{0,80}\b(?:down|pull|start|stop|up)\b/
const COMPOSE = /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/
const MAX_README = 200_000
const LINK = /\[([^\][]{1,100})\]\((?:[^()\s#]{0,200}\/)?([\w-]{3,80})(?:\.\w{1,5}|\/)?(?:#[^()\s]{0,100})?\)/g

/** The documents to which the README links for how it is built, also on a website: `[Building it](https://orbit.dev/start/#build)`. */
function namedByReadme({ inventory }: Writing): ReadonlySet<string> {
  const readme = inventory.files.find(({ path }) => README.test(path))?.text?.slice(0, MAX_README) ?? ''
  const links = [...readme.matchAll(LINK)].filter(([, words = '']) => /\b(?:build|compil|develop|hack)/i.test(words))
  const names = new Set(links.map(([, , name = '']) => name.toLowerCase()))
  const isNamed = ({ path }: SourceFile): boolean =>
    names.has(
      nameOf(path)
        .replace(/\.\w{1,5}$/, '')
        .toLowerCase(),
    )
  return new Set(inventory.files.flatMap((one) => (isDocument(one) && isNamed(one) ? one.path : [])))
}

/** Whether a command was listed before, also of CMake with fewer settings, or is in another document with fewer arguments: `scripts/test` before `scripts/test a.py`. */
function isKnown(seen: ReadonlyMap<string, string>, path: string, folder: string, run: string): boolean {
  if (seen.has(`${folder} ${run.replace(/ -D\S{1,80}/g, '')}`)) return true
  const words = run.split(' ')
  const least = words[0]?.includes('/') === true ? 1 : 2
  return words.some((_, at) => {
    const earlier = seen.get(`${folder} ${words.slice(0, at + 1).join(' ')}`)
    return at + 1 >= least && earlier !== undefined && earlier !== path
  })
}

/** Whether a command was listed before with fewer options and settings: `rails db:migrate` before `rails db:migrate RAILS_ENV=test`. */
function isVariant(seen: ReadonlyMap<string, string>, folder: string, run: string): boolean {
  const words = run.split(' ')
  const added = words.findLastIndex((word) => !/^-|=/.test(word)) + 1
  return words.some(
    (_, at) => at + 1 >= Math.max(added, 2) && seen.has(`${folder} ${words.slice(0, at + 1).join(' ')}`),
  )
}

/**
 * Whether a command gets `example.org/orbit` although the module is `example.org/orbit/v3`, or gets only a program, which
 * `go install` does.
 */
function isOldGo(line: string, { packages, inventory }: Writing): boolean {
  const modules = packages.filter(({ ecosystem, name }) => ecosystem === 'go' && name !== null)
  const [, verb] = /^go (get|install)\b/.exec(line) ?? []
  if (modules.length === 0 || verb === undefined) return false
  const paths = line.split(/\s+/).map((word) => word.split('@')[0] ?? '')
  const own = modules.filter(({ name }) => paths.some((path) => path === name || path.startsWith(`${name}/`)))
  const isImported = (name: string | null): boolean =>
    inventory.files.some((one) => isDocument(one) && hasText(one.text ?? '', `"${name}/`))
  const isProgram = ({ name, entries, programs }: Package): boolean =>
    programs.length > 0 && entries.length === 0 && paths.some((path) => path === name) && !isImported(name)
  return own.every((one) => verb === 'get' && isProgram(one))
}
