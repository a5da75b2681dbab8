/** Extracts the entries of a set for the index over all repositories, from its manifest, `api.json` and `search.json`. Pure. */

import { push } from '#base/multimap.ts'
import type { Row, SearchIndex } from '#search/index-format.ts'
import type { Manifest } from '#store/model.ts'
import type { PublicApi } from '#store/public-api.ts'
import type { CrossEntry, IndexedSet, PackageName } from './contract.ts'

/** Maximum number of entries of one set; the lightest are left out. */
export const MAX_ENTRIES = 50_000
const MAX_PACKAGES = 1_000
const MAX_DEPENDENCIES = 2_000
const MAX_TITLE = 200
const MAX_TEXT = 160
const MAX_PLACE = 1_000
/** Maximum length of the texts of all entries of one set; the lightest are left out. */
export const MAX_CHARS = 16 * 1_048_576
/** Maximum number of names of one title. */
const MAX_NAMES = 16

/** Weights of entries other than definitions, on the scale of `search.json`. */
const REPOSITORY = 8
const MODULE = 3
const GUIDE = 2
const SECTION = 1.5
/** Maximum number of sections of guides. */
const MAX_SECTIONS = 1_000
/** Titles of changelogs, whose sections are of no use in a search over all repositories. */
const CHANGES = /^(?:change ?log|changes|history|news|release notes)\b/i
/** Factor for fields and constants of types, which are seldom searched for. */
const MEMBER = 0.8
const MEMBERS: ReadonlySet<string> = new Set(['field', 'constant', 'variable', 'property', 'getter', 'setter'])
/** Kinds of rows of `search.json` that are not definitions. */
const TEXTS: ReadonlySet<string> = new Set(['page', 'section', 'guide', 'document'])
/** Matches the prefix of the kind of definitions that users should not use. */
export const MARK = /^(?:deprecated|internal) /
/** Factor for definitions of programs, which are not imported by others. */
const INTERNAL = 0.5
/** Maximum number of definitions of a repository without public names. */
const MAX_INTERNAL = 2_000

export interface SetParts {
  jobId: string
  manifest: Manifest
  /** Absent in sets of older versions. */
  api: PublicApi | undefined
  search: SearchIndex | undefined
}

export function entriesOf({ jobId, manifest, api, search }: SetParts): Omit<IndexedSet, 'since'> {
  const named = names(api, search)
  const entries = [...documents(manifest, search), ...(named.length > 0 ? named : internalNames(search))]
  entries.sort((a, b) => b.weight - a.weight)
  const { packages, dependencies } = packagesOf(api)
  return {
    jobId,
    key: manifest.key,
    repoUrl: manifest.repo_url,
    name: manifest.full_name,
    entries: heaviestOf(entries),
    packages,
    dependencies,
  }
}

/** The first entries within the limits of a set. */
function heaviestOf(sorted: readonly CrossEntry[]): CrossEntry[] {
  let chars = 0
  const end = sorted.slice(0, MAX_ENTRIES).findIndex(({ title, page, anchor, address, file, text }) => {
    chars += title.length + page.length + anchor.length + text.length + (address?.length ?? 0) + (file?.length ?? 0)
    return chars > MAX_CHARS
  })
  return sorted.slice(0, end === -1 ? MAX_ENTRIES : end)
}

/** The repository, its modules, its guides and their sections. */
function documents(manifest: Manifest, search: SearchIndex | undefined): CrossEntry[] {
  const modules = new Set(manifest.pages.flatMap(({ file, module }) => (module === null ? [] : [file])))
  const texts = new Map<string, { text: string; isGuide: boolean }>()
  for (const [, kind, page, anchor, , , , text] of search?.rows ?? []) {
    const file = search?.pages[page]?.[0]
    const name = search?.kinds[kind]
    if (anchor === '' && file !== undefined && (name === 'page' || name === 'guide') && !texts.has(file))
      texts.set(file, { text, isGuide: name === 'guide' })
  }
  const entry = (title: string, kind: string, page: string, weight: number): CrossEntry => ({
    title: title.slice(0, MAX_TITLE),
    kind,
    page,
    weight,
    language: null,
    anchor: '',
    address: null,
    file: null,
    line: null,
    text: (texts.get(page)?.text ?? '').slice(0, MAX_TEXT),
  })
  const pages = manifest.pages.flatMap(({ file, title }) => {
    if (file === 'overview.md') return [entry(manifest.full_name, 'repository', file, REPOSITORY)]
    if (texts.get(file)?.isGuide === true) return [entry(title, 'guide', file, GUIDE)]
    return modules.has(file) ? [entry(title, 'module', file, MODULE)] : []
  })
  const guides = new Map(
    pages.flatMap(({ kind, page, title }) => (kind === 'guide' && !CHANGES.test(title) ? [[page, title]] : [])),
  )
  const sections = (search?.rows ?? []).flatMap(([heading, kind, page, anchor, , , , text]) => {
    const file = search?.pages[page]?.[0] ?? ''
    const guide = guides.get(file)
    if (guide === undefined || !anchor || search?.kinds[kind] !== 'guide') return []
    const title = `${guide} › ${heading}`
    return [{ ...entry(title, 'section', file, SECTION), anchor, text: text.slice(0, MAX_TEXT) }]
  })
  return [...pages, ...sections.slice(0, MAX_SECTIONS)]
}

/** Public names, with the locations that the set's own search index has for them. */
function names(api: PublicApi | undefined, search: SearchIndex | undefined): CrossEntry[] {
  if (api === undefined || search === undefined) return []
  const languages = languagesOf(api)
  const rows = rowsByName(search)
  const taken = new Set<Row>()
  return api.definitions.flatMap((definition, index) => {
    if (definition.inner === true || definition.visibility === 'private' || definition.visibility === 'internal')
      return []
    const named = rows.get(placeOf(definition.line, definition.file, definition.name)) ?? []
    let row = named.pop()
    while (row !== undefined && taken.has(row)) row = named.pop()
    if (row === undefined) return []
    taken.add(row)
    const entry = entryOf(row, search)
    return [
      {
        ...entry,
        kind: `${MARK.exec(search.kinds[row[1]] ?? '')?.[0] ?? ''}${definition.kind}`,
        language: languages[index] ?? null,
        file: definition.file,
        line: definition.line,
        weight: entry.weight * (MEMBERS.has(definition.kind) ? MEMBER : 1),
      },
    ]
  })
}

/** The heaviest definitions of a repository that has no public names: a program, or a set of an older version. */
function internalNames(search: SearchIndex | undefined): CrossEntry[] {
  const rows = (search?.rows ?? []).filter(([, kind]) => !TEXTS.has(search?.kinds[kind] ?? ''))
  return rows
    .sort((a, b) => b[6] - a[6])
    .slice(0, MAX_INTERNAL)
    .flatMap((row) => {
      const file = search?.files[row[4]]
      if (search === undefined || file === undefined) return []
      return [{ ...entryOf(row, search), kind: search.kinds[row[1]] ?? '', language: null, file, line: row[5] || null }]
    })
    .map((entry) => ({ ...entry, weight: entry.weight * INTERNAL * (MEMBERS.has(entry.kind) ? MEMBER : 1) }))
}

/** The fields of a definition's entry that come from its row. */
function entryOf(
  [title, , page, anchor, file, , weight, text]: Row,
  search: SearchIndex,
): Pick<CrossEntry, 'title' | 'page' | 'anchor' | 'address' | 'text' | 'weight'> {
  const address = anchor === null ? (search.lines[file] ?? null) : null
  return {
    title: title.slice(0, MAX_TITLE),
    page: search.pages[page]?.[0] ?? 'overview.md',
    anchor: anchor ?? '',
    address: address === null || address.length > MAX_PLACE ? null : address,
    text: text.slice(0, MAX_TEXT),
    weight,
  }
}

/** The rows by line, file and name, the first one last. A row is under each of its names. */
function rowsByName(search: SearchIndex): Map<string, Row[]> {
  const rows = new Map<string, Row[]>()
  for (const row of search.rows.toReversed()) {
    const file = search.files[row[4]]
    if (file === undefined || row[5] === 0) continue
    for (const name of namesOf(row[0])) {
      const place = placeOf(row[5], file, name)
      push(rows, place, row)
    }
  }
  return rows
}

const placeOf = (line: number, file: string, name: string): string => `${line} ${file}\0${name}`

/** `Router.match(Request)` is called `Router.match` and `match`. */
function namesOf(title: string): string[] {
  const plain = title.replace(/\(.*$/s, '')
  const names = [plain]
  for (let at = plain.length - 1; at >= 0 && names.length < MAX_NAMES; at--)
    if (/[.:#/>]/.test(plain.charAt(at))) names.push(plain.slice(at + 1))
  return names
}

/** The language of each definition, by its number; a member has the language of its container. */
function languagesOf(api: PublicApi): (string | undefined)[] {
  const languages: (string | undefined)[] = api.definitions.map(() => undefined)
  for (const { paths } of api.packages)
    for (const { names, language } of paths)
      for (const [, definition] of names) if (definition !== null) languages[definition] ??= language
  const files = new Map<string, string>()
  api.definitions.forEach(({ file }, index) => {
    const language = languages[index]
    if (language !== undefined) files.set(file, language)
  })
  return api.definitions.map(({ file, parent }, index) => {
    const holder = parent === undefined ? undefined : languages[parent]
    return languages[index] ?? holder ?? files.get(file)
  })
}

function packagesOf(api: PublicApi | undefined): Pick<IndexedSet, 'packages' | 'dependencies'> {
  const packages = new Map<string, PackageName>()
  const dependencies = new Map<string, PackageName & { kind: string }>()
  for (const each of api?.packages ?? []) {
    if (each.ecosystem === null) continue
    const own = { ecosystem: each.ecosystem, name: comparableName(each.ecosystem, each.name) }
    if (each.name !== '') packages.set(keyOf(own), own)
    for (const { name, kind } of each.dependencies) {
      const other = { ecosystem: each.ecosystem, name: comparableName(each.ecosystem, name), kind }
      const known = dependencies.get(keyOf(other))
      if (name !== '' && (known === undefined || bindingOf(kind) < bindingOf(known.kind)))
        dependencies.set(keyOf(other), other)
    }
  }
  // Dependencies between packages of one repository are not links.
  for (const key of packages.keys()) dependencies.delete(key)
  return {
    packages: [...packages.values()].slice(0, MAX_PACKAGES),
    dependencies: [...dependencies.values()].slice(0, MAX_DEPENDENCIES),
  }
}

const keyOf = ({ ecosystem, name }: PackageName): string => `${ecosystem} ${name}`

const KINDS = ['runtime', 'peer', 'optional', 'build', 'development']
const bindingOf = (kind: string): number => KINDS.indexOf(kind)

/** The name of a package in the form in which its ecosystem compares names: PEP 503 for Python. */
export function comparableName(ecosystem: string, name: string): string {
  const short = name.trim().slice(0, MAX_TITLE)
  if (ecosystem === 'pypi') return short.toLowerCase().replace(/[-_.]+/g, '-')
  if (ecosystem === 'cargo') return short.toLowerCase().replace(/_/g, '-')
  return ecosystem === 'go' ? short : short.toLowerCase()
}
