/** Writes the section of the overview on the programs that users start, by the names under which they are installed. */

import type { RootContent } from 'mdast'
import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { programsOf } from '#generate/pages/commands/find-programs.ts'
import { routesFacts } from '#generate/pages/module/routes.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { ownPackages } from '#generate/pages/public-api/own-packages.ts'
import { introduction } from '#generate/pages/readme/readme.ts'
import { isCode, isMain } from '#generate/pages/repo-index.ts'
import { resolvePath } from '#generate/pages/repository-path.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import { toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { folderOf } from '#generate/paths.ts'
import { code, heading, type Inline, join, list, paragraph, plainText } from '#markdown/build.ts'
import { isIntroduction } from './introduce.ts'

const MAX_PROGRAMS = 20
const MODULE = /^(?:src\/|lib\/)?([\w/]{1,200})\/__main__\.py$/
/** Matches the comment on a program of Go, in any file of its folder. */
const OF_PROGRAM = /^(?:Package|Command|Program) /
const ROUTES_OF_RAILS = 'config/routes.rb'

interface Installed {
  readonly name: string
  /** Where it begins. */
  readonly place: Inline[]
  readonly path: string
  readonly main?: Component | undefined
}

/** Programs and routes; those of which nothing says what they do stand in one line. Empty if there are none. */
export function whereItStarts(writing: Writing): RootContent[] {
  const { texts, repo } = writing
  const told: Inline[][] = []
  const bare: Inline[][] = []
  // Beside a library, a program is a tool, or told of in the section on the command line.
  const programs = importedSurfaces(writing).length > 0 ? [] : installedPrograms(writing)
  for (const program of programs.slice(0, MAX_PROGRAMS)) {
    // A generated file starts a third-party tool.
    if (repo.files.get(program.path)?.generated === true) continue
    const words = sentenceOn(writing, program)
    const name: Inline[] = [
      { ...code(program.name), data: { isQuoted: true } },
      ...(program.place.length > 0 ? [' (', ...program.place, ')'] : []),
    ]
    if (words === null) bare.push(name)
    else told.push([...name, texts.colon, ...words])
  }
  const routes = routesFacts(writing)
  if (routes.length > 0) told.push(texts.launch.routed(routes))
  else if (repo.files.has(ROUTES_OF_RAILS)) told.push(texts.launch.routed(pathOrCode(writing, ROUTES_OF_RAILS)))
  if (told.length + bare.length === 0) return []
  return [
    heading(2, texts.launch.title),
    ...(told.length > 0 ? [list(told)] : []),
    ...(bare.length > 0 ? [paragraph(...join(bare, texts.comma))] : []),
  ]
}

/** The programs of manifests, those that build files name, and modules that Python runs. */
function installedPrograms(writing: Writing): Installed[] {
  const { analysis, repo } = writing
  const own = ownPackages(writing)
  const blobOf = (runs: string): string => repo.files.get(resolvePath('', runs) ?? '')?.blob ?? runs
  const scripts = new Map<string, string[]>()
  for (const { manifest, programs } of own) for (const { runs } of programs) push(scripts, blobOf(runs), manifest)
  const found = new Map<string, Installed>()
  const files = new Set<string>()
  for (const { ecosystem, programs } of own)
    for (const { name, runs } of programs) {
      // A script that several packages have word for word is made by a tool.
      if (new Set(scripts.get(blobOf(runs))).size > 1 || found.has(name)) continue
      const main = ecosystem === 'pypi' ? functionAt(writing, runs) : undefined
      const path = main?.file ?? resolvePath('', runs) ?? runs
      if (ecosystem !== 'npm' && ecosystem !== 'pypi' && !isCode(repo.files.get(path))) continue
      files.add(path)
      found.set(name, { name, place: main === undefined ? pathOrCode(writing, runs) : toEntry(main), path, main })
    }
  const artifacts = new Map(analysis.artifacts.nodes.map((node) => [node.id, node]))
  for (const { from, to, kind } of analysis.artifacts.edges) {
    const artifact = artifacts.get(from)
    const path = repo.components.get(to)?.file ?? to
    if (artifact === undefined || kind !== 'runs' || files.has(path) || found.has(artifact.name)) continue
    const isProgram = artifact.kind === 'package' || artifact.id.startsWith(`${artifact.file}#bin.`)
    if (isProgram && isMain(path, repo) && isCode(repo.files.get(path)))
      found.set(artifact.name, { name: artifact.name, place: pathOrCode(writing, path), path })
  }
  if (found.size > 0) return [...found.values()]
  return [...repo.leaves.keys()].flatMap((path): Installed[] => {
    const module = MODULE.exec(path)?.[1]?.replaceAll('/', '.')
    return module === undefined || !isMain(path, repo)
      ? []
      : [{ name: `python -m ${module}`, place: pathOrCode(writing, path), path }]
  })
}

/** What its parser, its function, its file, or the README of its folder says of it; `null` for what opens the page. */
function sentenceOn(writing: Writing, { name, path, main }: Installed): Inline[] | null {
  const { repo } = writing
  const parsed = programsOf(writing).find((one) => one.name === name)?.line.text
  const folder = folderOf(path)
  const readme = folder === '' ? undefined : repo.files.get(`${folder}/README.md`)
  const beside = introduction(readme?.text ?? '', readme?.path ?? '', name)?.words
  const inFolder = (repo.folders.get(folder) ?? []).flatMap((file) => repo.fileDocs.get(file.path) ?? [])
  for (const text of [
    parsed,
    main?.doc,
    repo.fileDocs.get(path),
    ...inFolder.filter((doc) => path.endsWith('.go') && OF_PROGRAM.test(doc)),
    beside,
  ]) {
    const words = tellingSentence(text, name)
    if (words !== null) return isIntroduction(writing, plainText(paragraph(...words))) ? null : words
  }
  return null
}

/** A path in a manifest, linked if the repository contains it; built files are not in the repository. */
function pathOrCode(writing: Writing, target: string): Inline[] {
  const path = resolvePath('', target)
  if (path === null || !writing.repo.files.has(path)) return [code(target)]
  return writing.repo.leaves.has(path) ? toFile(path, target) : writing.sources.file(path, target)
}

/** `flask.cli:main` → the function, if the repository contains it. */
function functionAt({ repo, analysis }: Writing, target: string): Component | undefined {
  const own = target.split(':')[1]?.split('[')[0]?.trim() ?? ''
  const module = (target.split(':')[0] ?? '').replaceAll('.', '/')
  const files = [`${module}.py`, `${module}/__init__.py`].flatMap((file) => [file, `src/${file}`])
  for (const path of files.filter((file) => repo.leaves.has(file))) {
    // The module may re-export a function that is defined elsewhere.
    const given = analysis.exports[path]?.find((one) => one.name === own)?.to ?? `${path}#${own}`
    const found = repo.components.get(given)
    if (found !== undefined) return found
  }
  return undefined
}
