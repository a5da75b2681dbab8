/** The sections of the overview on where the program starts and how it is built, run and tested. */

import type { RootContent } from 'mdast'
import { type Component, compareText, type Ecosystem, type SourceFile } from '#generate/model.ts'
import { code, heading, type Inline, join, list, refLink } from '#markdown/build.ts'
import { offersOf } from './build-commands.ts'
import { refTo } from './draft.ts'
import { installCommands, ownPackages, publicPackages } from './own-packages.ts'
import { isOf } from './public-api.ts'
import { MAIN_IN_TYPE, minor } from './purpose.ts'
import { resolvePath } from './repository-path.ts'
import { routesFacts } from './routes.ts'
import { declaredIn, isCode, isMain, placesOf } from './survey.ts'
import type { Texts } from './texts/texts.ts'
import { few } from './words.ts'
import { docSentence, toEntry, toFile, type Writing } from './writing.ts'

/** Ecosystems whose installations put commands on the path. */
const CALLED_BY_COMMANDS: ReadonlySet<Ecosystem> = new Set<Ecosystem>(['npm', 'pypi'])
const MAX_ITEMS = 12
const MAX_COMMANDS = 10
const MAX_CENTRAL = 8
/** What fewer places use is central to nothing. */
const MANY = 4
const MAX_PROGRAMS = 6
const MAX_CLASSES = 3
/** Files that programs of a language start with, at the top or one or two folders below. */
const MAIN_FILE =
  /^(?:(?:src|lib|app|cmd|bin|packages)\/)?(?:[^/]+\/){0,2}(?:__main__\.py|main\.(?:py|go|rs|c|cc|cpp|ts|js|java|kt)|manage\.py|wsgi\.py|asgi\.py|Program\.cs)$/
/** Files that a server of Python loads, where they have what it calls. */
const SERVED_FILE = /(?:^|\/)[aw]sgi\.py$/
const SERVED_NAME = /^application\s*=/m
/** Commands, programs, routes; what is most used where no package shows anything. Nothing when none is found. */
export function whereItStarts(writing: Writing): RootContent[] {
  const { texts } = writing
  const words = texts.launch
  const items: Inline[][] = []
  const packages = ownPackages(writing)
  const commands = packages.flatMap(({ ecosystem, manifest, programs }) =>
    CALLED_BY_COMMANDS.has(ecosystem) ? programs.map((program) => ({ ...program, manifest, ecosystem })) : [],
  )
  for (const { name, runs, manifest, ecosystem } of commands.slice(0, MAX_ITEMS)) {
    const target = ecosystem === 'pypi' ? pythonTarget(writing, runs) : pathOrCode(writing, runs)
    items.push(words.command([code(name)], file(writing, manifest), target))
  }
  items.push(...programs(writing))
  const routes = routesFacts(writing)
  if (routes.length > 0) items.push(words.routed(routes))
  const used = writing.surfaces.some(({ isPrivate }) => !isPrivate) ? [] : mostUsedOfFirst(writing)
  if (used.length > 0) items.push(used)
  return items.length === 0 ? [] : [heading(2, words.title), list(items)]
}

/** Programs: those that manifests name, files that are called as programs are, and `main` in a class. */
function programs(writing: Writing): Inline[][] {
  const { analysis, inventory, survey, texts } = writing
  const named = new Map<string, string>()
  const own = ownPackages(writing)
  // These are told of by their commands.
  const commanded = new Set(own.flatMap((one) => (CALLED_BY_COMMANDS.has(one.ecosystem) ? [one.manifest] : [])))
  for (const { ecosystem, programs } of own) {
    if (CALLED_BY_COMMANDS.has(ecosystem)) continue
    for (const { name, runs } of programs) {
      // What is called as its file or folder is needs no other name.
      const isOwnName = runs
        .split('/')
        .slice(-2)
        .some((part) => part.replace(/\.\w+$/, '') === name)
      if (isCode(survey.files.get(runs)) && !isOwnName) named.set(runs, name)
    }
  }
  const byId = new Map(analysis.artifacts.nodes.map((node) => [node.id, node]))
  for (const { from, to, kind } of analysis.artifacts.edges) {
    const artifact = byId.get(from)
    if (artifact === undefined || kind !== 'runs' || commanded.has(artifact.file)) continue
    const isProgram = artifact.kind === 'package' || artifact.id.startsWith(`${artifact.file}#bin.`)
    const path = survey.components.get(to)?.file ?? to
    // What the manifest at the top runs is no tool, wherever it stands.
    const isOwn = !artifact.file.includes('/') && isCode(survey.files.get(path))
    if (isProgram && (isOwn || isMain(path, survey))) named.set(path, artifact.name)
  }
  const isCalled = ({ path, text }: SourceFile): boolean =>
    MAIN_FILE.test(path) && isMain(path, survey) && (!SERVED_FILE.test(path) || SERVED_NAME.test(text ?? ''))
  const mains = inventory.files.filter((one) => named.has(one.path) || isCalled(one))
  const inFiles = new Set(mains.map(({ path }) => path))
  const classes = [...survey.components.values()].filter(
    ({ name: own, parent, kind, file }) =>
      /^main$/i.test(own) &&
      parent !== null &&
      kind === 'method' &&
      isMain(file, survey) &&
      !inFiles.has(file) &&
      MAIN_IN_TYPE.has(survey.files.get(file)?.language ?? ''),
  )
  return [
    ...mains.map(({ path }): Inline[] => {
      const name = named.get(path)
      const sentence = docSentence(survey.fileDocs.get(path))
      return texts.launch.program(toFile(path), name === undefined ? null : [code(name)], sentence)
    }),
    // With many, they are beside what the repository is about.
    ...(classes.length > MAX_CLASSES ? [] : classes).map((main) =>
      texts.launch.mainIn(toEntry(main), toFile(main.file)),
    ),
  ].slice(0, MAX_PROGRAMS)
}

/** The first of some components by the places that use them, which are told. */
function mostUsedOf({ survey, texts }: Writing, components: readonly Component[]): Inline[] {
  const items = components
    .map((component) => ({ component, places: placesOf(component, survey).length }))
    .sort((a, b) => b.places - a.places || compareText(a.component.id, b.component.id))
    .slice(0, MAX_CENTRAL)
    .map(({ component, places }): Inline[] => [
      ...toEntry(component),
      ...(places === 0 ? [] : [` (${texts.places(places)})`]),
    ])
  return join(items, texts.comma)
}

/** What most places use of the first module that holds such, where no file says what it shows. */
function mostUsedOfFirst(writing: Writing): Inline[] {
  const { root, survey, texts } = writing
  for (const module of root.children.filter(({ isBeside }) => isBeside !== true)) {
    const found = (survey.codeIn.get(module) ?? [])
      .flatMap((path) => declaredIn(path, survey))
      .filter((component) => component.exported && minor(component) === 0 && placesOf(component, survey).length >= MANY)
    // Of several with one name a reader could not tell which is meant.
    const names = new Map(found.map((component) => [component.qualifiedName, component]))
    if (names.size < 2) continue
    return texts.launch.mostUsedOf(
      [refLink(refTo.module(module.id), module.title)],
      mostUsedOf(writing, [...names.values()]),
    )
  }
  return []
}

/** Commands, tools, workflows and images, each with the file that says so. */
export function howToBuild(writing: Writing): RootContent[] {
  const { inventory, texts, packages, surfaces } = writing
  // *Public API* says how the others are installed.
  const installed = publicPackages(writing)
    .filter((one) => !surfaces.some((surface) => isOf(surface, one)))
    .flatMap(installCommands)
  const items = offersOf(writing).map(({ path, commands }): Inline[] => {
    const shown = commands.map(({ line, runs = '', words = '' }): Inline[] => [
      code(line),
      ...(runs === '' ? [] : [' (', code(shorten(runs)), ')']),
      ...(words === '' ? [] : [` (${words})`]),
    ])
    const isUsual = commands.every((command) => command.isUsual)
    const note = isUsual ? texts.launch.usual : ''
    return [...file(writing, path), note, texts.colon, ...few(shown, MAX_COMMANDS, texts)]
  })
  const python = packages.find(({ ecosystem, folder }) => ecosystem === 'pypi' && folder === '')
  if (python !== undefined && python.tools.length > 0) {
    const tools = few(
      python.tools.map((name) => [code(name)]),
      MAX_COMMANDS,
      texts,
    )
    items.push(texts.launch.configures(file(writing, 'pyproject.toml'), tools))
  }
  if (installed.length > 0) {
    const lines = installed.map((line): Inline[] => [code(line)])
    items.unshift([texts.launch.install, texts.colon, ...few(lines, MAX_COMMANDS, texts)])
  }
  const ci = inventory.files.filter(({ path, role }) => role === 'ci' && /(?:\.ya?ml|\/?Jenkinsfile)$/.test(path))
  if (ci.length > 0)
    items.push([
      refLink(refTo.page('continuous-integration.md'), texts.ci.title),
      texts.colon,
      ...few(
        ci.map((next) => [...file(writing, next.path), ...workflowName(next)]),
        8,
        texts,
      ),
    ])
  const images = inventory.files.filter(({ path, role }) => role === 'container' && !path.endsWith('.dockerignore'))
  if (images.length > 0)
    items.push([
      refLink(refTo.page('images-and-services.md'), texts.artifacts.families['images-and-services'][0]),
      texts.colon,
      ...few(
        images.map((next) => [...file(writing, next.path), ...imageFacts(texts, next)]),
        8,
        texts,
      ),
    ])
  return items.length === 0 ? [] : [heading(2, texts.launch.build), list(items)]
}

function shorten(command: string): string {
  return command.length > 60 ? `${command.slice(0, 59)}…` : command
}

function file({ sources }: Writing, path: string): Inline[] {
  return sources.file(path)
}

/** A path of a manifest: a link when the repository holds it (a built file is not there). */
function pathOrCode(writing: Writing, target: string): Inline[] {
  const path = resolvePath('', target)
  if (path === null || !writing.survey.files.has(path)) return [code(target)]
  return writing.survey.leaves.has(path) ? toFile(path, target) : writing.sources.file(path, target)
}

/** `flask.cli:main` → the function, where the repository holds it. */
function pythonTarget(writing: Writing, target: string): Inline[] {
  const [module = '', name = ''] = target.split(':')
  const tails = [`${module.replaceAll('.', '/')}.py`, `${module.replaceAll('.', '/')}/__init__.py`]
  for (const path of writing.survey.leaves.keys()) {
    if (!tails.some((tail) => path === tail || path === `src/${tail}`)) continue
    const own = name.split('[')[0]?.trim() ?? ''
    // What the module gives under that name may be defined elsewhere.
    const given = writing.analysis.exports[path]?.find((one) => one.name === own)?.to ?? `${path}#${own}`
    const found = writing.survey.components.get(given)
    if (found !== undefined) return writing.texts.launch.functionIn(toEntry(found), toFile(found.file))
  }
  return [code(target)]
}

function workflowName({ text }: SourceFile): Inline[] {
  const name = /^name: *(?! )(["']?)([^\n"']{1,80})\1 *$/m.exec(text?.slice(0, 4_000) ?? '')?.[2]?.trim()
  return name === undefined || name === '' ? [] : [` (${name})`]
}

function imageFacts(texts: Texts, { text }: SourceFile): Inline[] {
  const head = text?.slice(0, 20_000) ?? ''
  const from = /^FROM +(?:--\S+ +)?([^\s@]{1,120})/im.exec(head)?.[1]
  const ports = [...head.matchAll(/^EXPOSE +(?! )([\d/a-z ]{1,60}) *$/gim)].map((match) => match[1]?.trim() ?? '')
  const facts: Inline[][] = []
  if (from !== undefined) facts.push(texts.launch.imageFrom([code(from)]))
  if (ports.length > 0) facts.push([texts.launch.ports(ports.slice(0, 4).join(texts.comma))])
  return facts.length === 0 ? [] : [' (', ...join(facts, texts.comma), ')']
}
