/** Builds the content of `api.json`: the public names, and their definitions with members and bases. */

import { createHash } from 'node:crypto'
import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import {
  type Analysis,
  type Component,
  compareText,
  INHERITANCES,
  type Inventory,
  type Module,
  modulesOf,
  type Package,
  type SourceFile,
  type Surface,
  type SurfacePath,
} from '#generate/model.ts'
import type {
  ApiCommand,
  ApiDefinition,
  ApiModule,
  ApiPackage,
  ApiPath,
  ApiSetting,
  PublicApi,
} from '#store/public-api.ts'
import { inferredTypes, typesNamedBy } from './typescript-types.ts'

export interface PublicApiInput {
  surfaces: readonly Surface[]
  analysis: Analysis
  packages: readonly Package[]
  inventory: Inventory
  root: Module
}

/** Number of hash digits, enough to distinguish the files and bodies of one repository. */
const HASH_DIGITS = 12
/** Minimum number of lines of a hashed definition; shorter ones may be equal by chance. */
const MIN_BODY_LINES = 4
/** Maximum number of lines above a definition that are searched for its attributes. */
const MAX_ATTRIBUTES = 12
const IS_TYPE = new Set<Component['kind']>(['class', 'struct', 'interface', 'trait', 'enum', 'namespace'])
/** Languages in which a class without a constructor has a public one. */
const DEFAULT_CONSTRUCTOR = new Set(['java', 'csharp'])
/** Languages whose analysis does not list constructors among the members. */
const IS_SCRIPT = /^(?:typescript|tsx|javascript|jsx)$/
const DEPRECATED = /@deprecated|\[Obsolete|#\[deprecated/i

export function publicApiOf(input: PublicApiInput): PublicApi {
  const { surfaces, inventory, analysis, root } = input
  const isAnyPublic = surfaces.some(({ isPrivate }) => !isPrivate)
  const shown = surfaces.filter(({ isPrivate }) => !isPrivate || !isAnyPublic)
  const files = new Map(inventory.files.map((file) => [file.path, file]))
  const { definitions, numbers } = definitionsOf(shown, analysis, files)
  return {
    version: 1,
    commit: inventory.commit,
    packages: shown.map((surface) => packageOf(surface, input.packages, numbers)),
    definitions,
    settings: settingsOf(analysis, files),
    commands: commandsOf(analysis, files),
    modules: modulesOf(root)
      .filter((module) => module.files.length > 0)
      .map((module) => moduleOf(module, files)),
  }
}

/** @param numbers - Indexes of definitions, keyed by component id. */
function packageOf(surface: Surface, packages: readonly Package[], numbers: ReadonlyMap<string, number>): ApiPackage {
  const { ecosystem, package: name, folder, paths, also } = surface
  const about = packages.find((one) => one.ecosystem === ecosystem && one.name === name && one.folder === folder)
  return {
    ecosystem,
    name,
    folder,
    version: about?.version ?? null,
    manifest: about?.manifest ?? null,
    dependencies: (about?.dependencies ?? [])
      .filter(({ kind }) => kind !== 'development' && kind !== 'build')
      .sort((a, b) => compareText(a.name, b.name)),
    programs: (about?.programs ?? []).map((program) => program.name).sort(compareText),
    paths: paths.map((one) => pathOf(one, numbers)),
    ...(also !== undefined && { also: also.map((one) => pathOf(one, numbers)) }),
  }
}

const pathOf = ({ path, language, names }: SurfacePath, numbers: ReadonlyMap<string, number>): ApiPath => ({
  path,
  language,
  names: names.map(({ name, to }) => [name, numbers.get(to ?? '') ?? null]),
})

interface Definitions {
  definitions: ApiDefinition[]
  numbers: Map<string, number>
}

/** The definitions of the names, their visible members, and their bases with members; sorted by id. */
function definitionsOf(
  surfaces: readonly Surface[],
  { components, edges }: Analysis,
  files: ReadonlyMap<string, SourceFile>,
): Definitions {
  const byId = new Map(components.map((component) => [component.id, component]))
  const members = new Map<string, Component[]>()
  for (const component of components) if (component.parent !== null) push(members, component.parent, component)
  const bases = new Map<string, string[]>()
  for (const { from, to, kind, origin } of edges)
    if ((INHERITANCES as readonly string[]).includes(kind) && origin !== 'unique-name') push(bases, from, to)
  const taken = new Set<string>()
  const take = (pending: string[]): void => {
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const component = byId.get(next)
      if (component === undefined || taken.has(next)) continue
      taken.add(next)
      if (!IS_TYPE.has(component.kind)) continue
      append(pending, [...(members.get(next) ?? []).filter(isVisible).map(({ id }) => id), ...(bases.get(next) ?? [])])
    }
  }
  take(surfaces.flatMap(({ paths }) => paths.flatMap(({ names }) => names.flatMap(({ to }) => to ?? []))))
  const shown = new Set(taken)
  const named = typesNamedBy(edges, byId, files)
  // The loop also visits the definitions that it adds to the set.
  for (const id of taken) take(named.get(id) ?? [])
  const ids = [...taken].sort(compareText)
  const numbers = new Map(ids.map((id, number) => [id, number]))
  const linesOf = createLinesOf(files)
  const typed = inferredTypes(components, files)
  return {
    numbers,
    definitions: ids.map((id) => {
      const component = byId.get(id) as Component
      const own = members.get(id) ?? []
      const over = (bases.get(id) ?? []).flatMap((base) => numbers.get(base) ?? [])
      const parent = numbers.get(component.parent ?? '')
      const language = files.get(component.file)?.language ?? ''
      return {
        kind: component.kind,
        name: component.name,
        file: component.file,
        line: component.startLine,
        end: component.endLine,
        signature: typed.get(id) ?? component.signature,
        ...(component.overloads !== undefined && { overloads: component.overloads }),
        visibility: component.visibility,
        ...(!shown.has(id) && { inner: true as const }),
        ...(parent !== undefined && { parent }),
        ...(over.length > 0 && { bases: over.sort((a, b) => a - b) }),
        ...(component.doc !== null && { documented: true as const }),
        ...deprecationOf(component),
        ...traitsOf(component, {
          own,
          language,
          parent: byId.get(component.parent ?? ''),
          lines: linesOf(component.file),
        }),
      }
    }),
  }
}

const isVisible = ({ visibility }: Component): boolean => visibility === 'public' || visibility === 'protected'

function deprecationOf({ details, decorators, signature }: Component): { deprecated?: string } {
  if (details?.deprecated !== undefined) return { deprecated: details.deprecated }
  const isMarked = DEPRECATED.test(signature) || decorators?.some((one) => /deprecated/i.test(one)) === true
  return isMarked ? { deprecated: '' } : {}
}

interface Surroundings {
  own: readonly Component[]
  language: string
  parent: Component | undefined
  /** The lines of its file. */
  lines: readonly string[]
}

function traitsOf(component: Component, { own, language, parent, lines }: Surroundings): Partial<ApiDefinition> {
  const { startLine, endLine, kind, name } = component
  const text = lines.slice(startLine - 1, endLine)
  const hides =
    (kind === 'struct' && own.some((member) => member.kind === 'field' && !isVisible(member))) ||
    (kind === 'interface' && language === 'go' && own.some((member) => !isVisible(member))) ||
    (language === 'rust' && attributesOf(lines, startLine).some((line) => line.includes('non_exhaustive')))
  const hasConstructor = own.some((member) => member.kind === 'method' && member.name === name)
  const given =
    kind === 'class' &&
    (DEFAULT_CONSTRUCTOR.has(language)
      ? !hasConstructor
      : IS_SCRIPT.test(language) && !text.some((line) => line.includes('constructor')))
  return {
    ...(isRequired(component, parent, language, text) && { required: true as const }),
    ...(hides && { open: true as const }),
    ...(given && { constructible: true as const }),
    ...(text.length >= MIN_BODY_LINES && {
      body: hashOf(text.map((line) => line.trim().split(name).join('')).join('\n')),
    }),
  }
}

/** Whether implementations of the type must define this member. */
function isRequired(
  { kind, signature, name, decorators }: Component,
  parent: Component | undefined,
  language: string,
  text: readonly string[],
): boolean {
  if (parent === undefined) return false
  const isContract = parent.kind === 'interface' || parent.kind === 'trait'
  if (language === 'python') return decorators?.some((one) => /\babstract\w*$/.test(one)) === true
  if (/\babstract\b/.test(signature)) return true
  if (!isContract || IS_TYPE.has(kind)) return false
  if (language === 'typescript') return !signature.includes(`${name}?`)
  if (language === 'go') return true
  if (kind !== 'method' || /\b(?:default|static|private)\b/.test(signature)) return false
  if (language === 'java') return true
  const body = text.join('\n')
  return !body.includes('{') && !body.includes('=>') && (language === 'rust' || !body.includes('='))
}

/** Attributes and comments directly above a line, and those at the start of the definition. */
function attributesOf(lines: readonly string[], startLine: number): string[] {
  const isAttribute = (line: string): boolean => /^\s*(?:#!?\[|\/\/)/.test(line)
  const above = lines.slice(Math.max(0, startLine - 1 - MAX_ATTRIBUTES), startLine - 1).reverse()
  const end = above.findIndex((line) => !isAttribute(line))
  const own = lines.slice(startLine - 1, startLine - 1 + MAX_ATTRIBUTES)
  const head = own.findIndex((line) => !isAttribute(line))
  return [...above.slice(0, end < 0 ? above.length : end), ...own.slice(0, head < 0 ? own.length : head)]
}

/** The lines of a file; those of the last file are cached. */
function createLinesOf(files: ReadonlyMap<string, SourceFile>): (path: string) => readonly string[] {
  let last = ''
  let lines: readonly string[] = []
  return (path) => {
    if (path !== last) [last, lines] = [path, (files.get(path)?.text ?? '').split('\n')]
    return lines
  }
}

/** Settings that the program reads, each at its first occurrence. */
function settingsOf({ reads }: Analysis, files: ReadonlyMap<string, SourceFile>): ApiSetting[] {
  const settings = new Map<string, ApiSetting>()
  for (const { kind, name, default: value, file, line } of reads) {
    if (!isProgram(files.get(file))) continue
    const key = `${kind} ${name}`
    const known = settings.get(key)
    if (known === undefined) settings.set(key, { kind, name, default: value, file, line })
    else if (known.default === null && value !== null) known.default = value
  }
  return [...settings].sort(([a], [b]) => compareText(a, b)).map(([, setting]) => setting)
}

function commandsOf({ commandLines }: Analysis, files: ReadonlyMap<string, SourceFile>): ApiCommand[] {
  const names: string[] = []
  for (const { name, parent } of commandLines) names.push([names[parent] ?? '', name].join(' ').trim())
  return commandLines
    .map(({ file, line, isWhole, options }, index) => ({
      name: names[index] ?? '',
      file,
      line,
      isWhole,
      options: options.map((one) => ({
        names: one.names,
        isArgument: one.isArgument,
        value: one.value,
        default: one.default,
        file: one.file,
        line: one.line,
      })),
    }))
    .filter(({ file }) => isProgram(files.get(file)))
}

const isProgram = (file: SourceFile | undefined): boolean =>
  file !== undefined && file.role === 'code' && !file.vendored && !file.generated

function moduleOf({ id, title, slug, files }: Module, byPath: ReadonlyMap<string, SourceFile>): ApiModule {
  return {
    ...{ id, title, page: `${slug}.md` },
    files: files.map((path) => [path, (byPath.get(path)?.blob ?? '').slice(0, HASH_DIGITS)]),
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS)
